"""The numbers of a server in Prometheus's text format: no name of a customer or person is in it."""

import itertools
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from streamlit import runtime

from tend import tally
from tend.store.upkeep.standing import Copies, Standing

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_PAGE_BYTES = 4096
_BEGUN = time.time()
_QUESTIONS = "tend_question_seconds"
_WHAT = {
    "tend_up": "1 where the workspace answers.",
    "tend_started_seconds": "When the server began, as seconds since 1970.",
    "tend_memory_bytes": "Memory of the server, without the processes that work for it.",
    "tend_sessions": "Browser tabs that are connected, or were a moment ago.",
    "tend_commits": "Changes saved in the workspace since it was made.",
    "tend_imports": "Files taken in, also those taken back since.",
    "tend_rows_accepted": "Rows of files that were accepted.",
    "tend_rows_rejected": "Rows of files that were rejected.",
    "tend_health_behind": "1 where health could not follow the facts.",
    "tend_commit_not_noted": "1 where the last commit could not be noted beside the database.",
    "tend_disk_free_bytes": "Room on the disk of the workspace.",
    "tend_published_age_seconds": "Age of the published copy that other processes read.",
    "tend_copies": "Daily copies that are kept.",
    "tend_copies_bytes": "Bytes of all of them.",
    "tend_copy_age_seconds": "Age of the newest daily copy.",
    "tend_copy_late": "1 where changes of over two days are in no copy.",
    "tend_copy_failed": "1 where the last attempt at a copy failed.",
    "tend_writer_away": "1 where this server only reads, and the one that writes does not answer.",
}


def text(standing: Standing | None, *, is_away: bool | None = None) -> str:
    """Write the numbers; of a workspace that does not answer, those of the server alone.

    Of a server that only reads, whether the one that writes is away; daily copies are that one's.
    """
    found = {**_of_the_server(), "tend_up": float(standing is not None)}
    if standing is not None:
        found |= _of_the_workspace(standing) | {"tend_writer_away": is_away}
        found |= {} if standing.reads_only else _of_copies(standing.copies)
    lines = itertools.chain.from_iterable(_gauge(name, found.get(name)) for name in _WHAT)
    return "\n".join((*lines, *_questions(), ""))


def _of_the_server() -> dict[str, float | None]:
    return {
        "tend_started_seconds": _BEGUN,
        "tend_memory_bytes": memory(),
        "tend_sessions": _sessions(),
    }


def _of_the_workspace(standing: Standing) -> dict[str, float | None]:
    return {
        "tend_commits": standing.commits,
        "tend_imports": standing.imports,
        "tend_rows_accepted": standing.rows_accepted,
        "tend_rows_rejected": standing.rows_rejected,
        "tend_health_behind": standing.is_health_behind,
        "tend_commit_not_noted": not standing.is_recorded,
        "tend_disk_free_bytes": standing.free,
        "tend_published_age_seconds": standing.published_seconds,
    }


def _of_copies(copies: Copies) -> dict[str, float | None]:
    newest, now = copies.newest, datetime.now(UTC)
    return {
        "tend_copies": copies.count,
        "tend_copies_bytes": copies.size,
        "tend_copy_age_seconds": (now - newest.made_at).total_seconds() if newest else None,
        "tend_copy_late": copies.is_late,
        "tend_copy_failed": copies.failed is not None,
    }


def memory() -> float | None:
    """Give the memory that this process takes, in bytes; nothing where the system does not say."""
    if sys.platform != "linux":
        return None
    return float(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_BYTES


def _sessions() -> float | None:
    if not runtime.exists():
        return None
    # Streamlit tells it nowhere else
    return float(runtime.get_instance()._session_mgr.num_active_sessions())


def _gauge(name: str, value: float | None) -> Iterator[str]:
    if value is not None:
        yield f"# HELP {name} {_WHAT[name]}"
        yield f"# TYPE {name} gauge"
        yield f"{name} {float(value)!r}"


def _questions() -> Iterator[str]:
    """Write how long questions took: named queries, and those in SQL of one's own."""
    yield f"# HELP {_QUESTIONS} How long questions to the workspace took."
    yield f"# TYPE {_QUESTIONS} histogram"
    for kind, took in sorted(tally.durations().items()):
        sums = list(itertools.accumulate(took.within))
        for step, count in zip((*map(repr, tally.STEPS), "+Inf"), sums, strict=True):
            yield f'{_QUESTIONS}_bucket{{kind="{kind}",le="{step}"}} {count}'
        yield f'{_QUESTIONS}_sum{{kind="{kind}"}} {took.seconds!r}'
        yield f'{_QUESTIONS}_count{{kind="{kind}"}} {sums[-1]}'

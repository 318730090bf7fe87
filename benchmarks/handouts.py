"""What others notice while a file to hand round is written.

Run `python -m benchmarks.handouts [--seconds 30] [--sessions 12] [FILE...]`. A real server holds
the sample company, and sessions work on it with the pauses of people: first among themselves, then
while each kind of file is written over and over, as a page has it written. An action is held
against the median of its own kind in the quiet time. It prints one JSON, and exits 1 when the
median of these ratios is over 2 for a file, or when anything failed.
"""

import argparse
import json
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.people.sessions import Day, Notes, Session
from benchmarks.soak import prepare
from tend.people.person import LOCAL
from tend.ui.handouts import writer
from tests.kit.companies import UNTIL
from tests.kit.server import serve

AIM = 2.0
SETTLING = 30.0  # seconds until every session has seen its pages once
QUIET, SETTLED = "quiet", ""
# Each file, and what is said with it beside the day.
FILES = {
    "review.html": ("--language", "both"),
    "weekly.xlsx": (),
    "weekly.pptx": (),
    "customer.pptx": ("--customer", "C0003"),
}


class Phases(Notes):
    """Notes by what was going on meanwhile; an action across two phases belongs to none."""

    def __init__(self) -> None:
        super().__init__()
        self.phase = SETTLED
        self.took: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Note how long an action took, and in which phase."""
        phase, start = self.phase, time.perf_counter()
        yield
        if phase == self.phase:
            self.took[phase][name].append(time.perf_counter() - start)


def write(notes: Phases, file: str, workspace: Path, seconds: float) -> list[int]:
    """Have a file written again and again for so long; give the milliseconds each took."""
    words = ("--as-of", UNTIL.isoformat(), *FILES[file])
    took, start = [], time.monotonic()
    notes.phase = file
    while time.monotonic() - start < seconds:
        begun = time.monotonic()
        job = writer.start(LOCAL, file, file, workspace, words)  # its folder is gone when it is
        outcome = job.future.result()
        took.append(round(1000 * (time.monotonic() - begun)))
        if outcome.is_late or outcome.why:
            notes.errors.append(f"{file}: {outcome.why or 'it took too long'}")
            break
    notes.phase = SETTLED
    return took


def report(notes: Phases, written: dict[str, list[int]]) -> dict[str, Any]:
    """Hold what actions took while a file was written against the same in the quiet time."""
    usual = {name: median(found) for name, found in notes.took[QUIET].items()}
    files = {}
    for file, took in written.items():
        found = notes.took[file]
        ratios = [s / usual[name] for name, all_ in found.items() if name in usual for s in all_]
        files[file] = {
            "ratio": round(median(ratios), 2) if ratios else None,
            "actions": len(ratios),
            "median_ms": _milliseconds(found),
            "written": len(took),
            "writing_ms": round(median(took)) if took else None,
        }
    return {
        "aim": AIM,
        "quiet": {
            "actions": sum(map(len, notes.took[QUIET].values())),
            "median_ms": _milliseconds(notes.took[QUIET]),
        },
        "files": files,
        "errors": notes.errors[:20],
    }


def _milliseconds(found: dict[str, list[float]]) -> int | None:
    every = [second for all_ in found.values() for second in all_]
    return round(1000 * median(every)) if every else None


def live(notes: Phases, url: str, place: int, day: Day, over: threading.Event) -> None:
    """Let one session work until all files are written."""
    try:
        session = Session(url, place, day, notes)
        session.work(over.is_set)
        session.reader.close()
    except Exception as error:  # noqa: BLE001 - whatever stops a session is an error found
        notes.errors.append(f"session {place} ended: {type(error).__name__}: {error}")


def main() -> None:
    """Let people work, write files beside them, and say whether they noticed."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("files", nargs="*", metavar="FILE")
    given.add_argument("--seconds", type=float, default=30)
    given.add_argument("--sessions", type=int, default=12)
    asked = given.parse_args()
    if unknown := set(asked.files) - FILES.keys():
        given.error(f"{', '.join(unknown)}: none of {', '.join(FILES)}")
    files, notes = asked.files or list(FILES), Phases()
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name) / "workspace"
        day = prepare(Path(name), asked.sessions)
        with serve(workspace) as server:
            over = threading.Event()
            threads = [
                threading.Thread(target=live, args=(notes, server.url, place, day, over))
                for place in range(asked.sessions)
            ]
            for thread in threads:
                thread.start()
            time.sleep(SETTLING)
            notes.phase = QUIET
            time.sleep(asked.seconds)
            written = {file: write(notes, file, workspace, asked.seconds) for file in files}
            over.set()
            for thread in threads:
                thread.join()
    told = report(notes, written)
    print(json.dumps(told, indent=1))
    slow = [f for f, one in told["files"].items() if one["ratio"] is None or one["ratio"] > AIM]
    sys.exit(bool(slow or notes.errors))


if __name__ == "__main__":
    main()

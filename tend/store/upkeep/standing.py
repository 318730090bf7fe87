"""How the workspace stands, in numbers and codes, for whoever operates it: no names."""

import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tend.language.errors import retold
from tend.store.copies import published
from tend.store.database import record
from tend.store.database.connection import PUBLISHED
from tend.store.upkeep import book, copies
from tend.store.upkeep.book import Copy, Failed
from tend.store.workspace import Workspace

# Under so many bytes the next import may not find room.
LEAST_FREE = 256 * 1024**2
# A night may be missed: then it is a matter for somebody.
_LATE = timedelta(hours=48)


@dataclass(frozen=True)
class Copies:
    """The daily copies: the newest, how many, their bytes, and whether they are behind."""

    newest: Copy | None
    count: int
    size: int
    failed: Failed | None
    is_late: bool
    is_wanted: bool
    is_of_now: bool


@dataclass(frozen=True)
class Standing:
    """How a workspace stands at this moment."""

    commits: int
    imports: int
    rows_accepted: int
    rows_rejected: int
    is_health_behind: bool
    is_recorded: bool
    free: int
    published_seconds: float | None
    copies: Copies
    reads_only: bool = False
    """Whether another server writes: room and copies are a matter for that one."""

    @property
    def stops(self) -> tuple[str, ...]:
        """Name what keeps pages from being right, or the next import from being kept."""
        found = {
            "health_is_behind": self.is_health_behind,
            "disk_is_full": not self.reads_only and self.free < LEAST_FREE,
        }
        return tuple(code for code, is_so in found.items() if is_so)

    @property
    def warns(self) -> tuple[str, ...]:
        """Name what somebody should look after, while pages are as they should be."""
        found = {
            "commit_not_noted": not self.is_recorded,
            "copy_failed": not self.reads_only and self.copies.failed is not None,
            "copy_is_late": not self.reads_only and self.copies.is_late,
        }
        return tuple(code for code, is_so in found.items() if is_so)


def look(workspace: Workspace) -> Standing:
    """Ask the workspace how it stands. Raises TendError where it does not answer."""
    with workspace.whole_cursor() as cursor:
        asked = (
            "select count(*), coalesce(sum(accepted), 0)::bigint,"
            " coalesce(sum(rejected), 0)::bigint from (select import_id,"
            " sum(accepted) as accepted, sum(rejected) as rejected"
            " from imports left join sheets using (import_id)"
            " where origin = 'file' group by import_id)"
        )
        row = cursor.execute(asked).fetchone()
    assert row is not None
    copy = published.newest(workspace.path / PUBLISHED)
    return Standing(
        commits=workspace.version,
        imports=row[0],
        rows_accepted=row[1],
        rows_rejected=row[2],
        is_health_behind=workspace.is_health_behind,
        is_recorded=workspace.is_recorded,
        free=shutil.disk_usage(workspace.path).free,
        published_seconds=time.time() - copy.stat().st_mtime if copy else None,
        copies=of_copies(workspace),
        reads_only=bool(workspace.writer),
    )


def of_copies(workspace: Workspace, now: datetime | None = None) -> Copies:
    """Tell how the daily copies stand."""
    found, noted = book.listed(workspace.path), book.read(workspace.path)
    newest = found[0] if found else None
    is_wanted = not copies.rule_of(workspace.settings).is_off
    since = newest.made_at if newest else _since(noted)
    is_behind = newest is None or not newest.holds(record.read(workspace.path))
    is_late = is_behind and (now or datetime.now(UTC)) - since > _LATE
    failed = noted.failed if noted else None
    size = sum(copy.size for copy in found)
    return Copies(
        newest,
        count=len(found),
        size=size,
        failed=failed,
        is_late=is_wanted and is_late,
        is_wanted=is_wanted,
        is_of_now=not is_behind,
    )


def why(failed: Failed, language: str) -> str:
    """Give the sentence on a copy that could not be made."""
    return retold(failed.code, failed.params, language)


def _since(noted: book.Book | None) -> datetime:
    return datetime.fromisoformat(noted.since) if noted else datetime.now(UTC)

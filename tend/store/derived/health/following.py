"""Health follows each commit: of few customers where that is all, else of everybody."""

import threading
from datetime import date

import duckdb

from tend.language.errors import TendError
from tend.store.database.transactions import Progress, Transactions, log
from tend.store.derived import in_place
from tend.store.derived.health import health, of_few
from tend.store.derived.snapshots import Snapshots
from tend.store.derived.table_versions import Marks


class Following:
    """How health stands, for all who look at the workspace."""

    def __init__(self) -> None:
        self.is_behind = False
        self._followed: tuple[Marks, date] | None = None  # the facts as they stood, on that day
        self._one_at_a_time = threading.Lock()

    def follow(
        self,
        opened: Transactions,
        snapshots: Snapshots,
        progress: Progress | None,
        *,
        is_opening: bool,
    ) -> None:
        """Let health follow; where it cannot, the facts stand, and pages and `verify` say so.

        The next commit or opening tries again: a workspace is never shut for it, unless its
        database turns out to be damaged while it is opened.
        """
        if progress is not None:
            progress("health", 0.0)
        with self._one_at_a_time:
            try:
                marks, today = snapshots.marks(opened), date.today()
                if self.is_behind or not self._follow_few(opened, marks, today):
                    health.update(opened, progress)
                self.is_behind, self._followed = False, (marks, today)
            except (TendError, duckdb.Error) as error:
                self.is_behind = True
                if is_opening and getattr(error, "code", "") == "workspace_damaged":
                    raise
                log("health could not follow the facts", error)

    def _follow_few(self, opened: Transactions, marks: Marks, today: date) -> bool:
        """Let health of few customers follow, where it can be no other's; tell whether that is all.

        What is entered of a renewal's process or of tasks changes no health, and a touch of today
        none of a month that is over.
        """
        before, day = self._followed or (None, None)
        if before is None or day != today:
            return False
        with opened.whole_cursor() as cursor:
            other = health.noted(marks.in_place(health.reads(), before))
            few, most = in_place.whose(cursor, other, before.version), in_place.most(cursor)
        if few is None or not health.are_known(few.values(), today):
            return few is not None
        return len(few) <= most and of_few.update(opened, few, marks.version, before.version)

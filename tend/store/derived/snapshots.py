"""The model as of a day, in a database in memory: each table of it until what it reads changes."""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import duckdb

from tend.people.person import Scope
from tend.store.database.connection import CATALOGUE
from tend.store.database.transactions import Transactions
from tend.store.derived import model, model_of_few, sqlfiles, table_versions
from tend.store.derived.scoped import Scopes
from tend.store.derived.table_versions import Marks

_KEPT = 6


@dataclass
class _Snapshot:
    """The model as of one day: which tables are there, and since when what they read stands."""

    name: str
    made: dict[str, int] = field(default_factory=dict)
    marks: Marks | None = None  # as of which all of these stand
    making: threading.Lock = field(default_factory=threading.Lock)
    readers: int = 0


class Snapshots:
    """The models of the days that are asked for; they live and die with the connection."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.scopes = Scopes()
        self._kept: dict[date, _Snapshot] = {}
        self._marks: Marks | None = None

    def __len__(self) -> int:
        """Count the days."""
        return len(self._kept)

    def clear(self) -> None:
        """Forget all of it: the connection is another one."""
        self._kept, self._marks = {}, None
        self.scopes.clear()

    def marks(self, opened: Transactions) -> Marks:
        """Tell since when what is there stands; never of a version before the newest commit."""
        found = self._marks
        if found is not None and found.version == opened.version:
            return found
        with opened.whole_cursor() as cursor:
            return self._pinned(cursor)

    def follow(self, opened: Transactions, before: "Snapshots", *, is_next: bool) -> None:
        """Make what was asked for of another copy of the same workspace, the one before this."""
        self.scopes.follow(before.scopes)
        if is_next and before._marks is not None:
            self._marks = before._marks.elsewhere()
        with before._lock:
            there = tuple(before._kept.items())
        for day, one in there:
            wanted = [file for file in sqlfiles.files("model") if file.name in one.made]
            with self.lend(opened, day, wanted):
                pass

    @contextlib.contextmanager
    def seen(
        self,
        opened: Transactions,
        as_of: date,
        wanted: Sequence[sqlfiles.SqlFile],
        scope: Scope,
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, Marks, str]]:
        """Lend as `lend` does, a cursor that sees what a scope does; name the facts' catalogue."""
        with self.lend(opened, as_of, wanted) as (cursor, found):
            facts = CATALOGUE
            if not scope.is_whole:
                place, facts = self.scopes.model(opened, scope, _name(as_of), wanted)
                cursor.execute(f"use {place}")
            yield cursor, found, facts

    @contextlib.contextmanager
    def lend(
        self, opened: Transactions, as_of: date, wanted: Sequence[sqlfiles.SqlFile]
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, Marks]]:
        """Lend a cursor that sees workspace and model of one version, and nothing that comes later.

        Each table is made once, when it is first wanted; who wants it meanwhile waits for it.
        """
        with opened.whole_cursor() as cursor:
            snapshot = self._held(cursor, as_of)
            try:
                cursor.execute(f"use {snapshot.name}")
                found = self._there(cursor, snapshot, wanted)
                if found is None:
                    with snapshot.making:
                        found = self._made(cursor, snapshot, as_of, wanted)
                yield cursor, found
            finally:
                with self._lock:
                    snapshot.readers -= 1

    def _held(self, cursor: duckdb.DuckDBPyConnection, as_of: date) -> _Snapshot:
        """Give the snapshot of a day, with one reader more; let go of those not used for long."""
        with self._lock:
            found = self._kept.pop(as_of, None)
            if found is None:
                found = _Snapshot(_name(as_of))
                cursor.execute(f"attach if not exists ':memory:' as {found.name}")
                cursor.execute(f"use {found.name}")
                model.macros(cursor, "model")
                cursor.execute("create or replace table pin as select 1 as pin")
            self._kept[as_of] = found  # the newest used last
            found.readers += 1
            idle = [day for day, one in self._kept.items() if not one.readers]
            for day in idle[: max(0, len(self._kept) - _KEPT)]:
                gone = self._kept.pop(day).name
                self.scopes.let_go(cursor, gone)
                cursor.execute(f"detach {gone}")
            return found

    def _there(
        self,
        cursor: duckdb.DuckDBPyConnection,
        snapshot: _Snapshot,
        wanted: Sequence[sqlfiles.SqlFile],
    ) -> Marks | None:
        """Pin workspace and model where all that is wanted is there: nobody has to wait for others.

        A transaction sees the model as it was at some moment of its beginning: what stood before it
        and after is what it sees. A table that is being made anew stands for nobody.
        """
        before = dict(snapshot.made)
        found = self._pinned(cursor)
        cursor.execute("from pin").fetchall()
        since = _since(found, wanted)
        if all(before.get(name) == one == snapshot.made.get(name) for name, one in since.items()):
            return found
        cursor.execute("rollback")
        return None

    def _made(
        self,
        cursor: duckdb.DuckDBPyConnection,
        snapshot: _Snapshot,
        as_of: date,
        wanted: Sequence[sqlfiles.SqlFile],
    ) -> Marks:
        """Make what is wanted and not there; what is there of what has changed since follows first.

        Leaves a transaction open that holds workspace and model as they then are: others may make
        tables anew from a later version meanwhile.
        """
        while True:
            found = self._pinned(cursor)
            cursor.execute("from pin").fetchall()
            since = _since(found, wanted)
            followed = self._followed(cursor, snapshot, as_of, found)
            there = {**snapshot.made, **followed}
            fresh = [file for file in wanted if there.get(file.name) != since[file.name]]
            if not fresh and not followed:
                snapshot.marks = found
                return found
            for file in fresh:
                snapshot.made.pop(file.name, None)
            model.make(cursor, fresh, model.parameters(found.settings, as_of))
            cursor.execute("commit")
            snapshot.made |= followed | {file.name: since[file.name] for file in fresh}
            snapshot.marks = found

    def _followed(
        self, cursor: duckdb.DuckDBPyConnection, snapshot: _Snapshot, as_of: date, found: Marks
    ) -> dict[str, int]:
        """Bring up to date what was made, where it can be; what cannot is there no more."""
        before, snapshot.marks = snapshot.marks, None  # where this is broken off, nothing is known
        files = [file for file in sqlfiles.files("model") if file.name in snapshot.made]
        since = _since(found, files)
        other = [file for file in files if snapshot.made[file.name] != since[file.name]]
        for file in other:
            snapshot.made.pop(file.name)
        if before is None or not other:
            return {}
        given = model.parameters(found.settings, as_of)
        done = model_of_few.update(cursor, other, given, before, found)
        return {name: since[name] for name in done}

    def _pinned(self, cursor: duckdb.DuckDBPyConnection) -> Marks:
        """Begin a transaction that sees the newest commit, and tell what stands in it."""
        while True:
            cursor.execute("begin")
            with self._lock:
                before = self._marks
                found = table_versions.read(cursor, before)
                if before is None or found.version >= before.version:
                    self._marks = found
                    return found
            cursor.execute("rollback")  # others have seen a later commit: then so shall this one


def _name(as_of: date) -> str:
    return f"as_of_{as_of:%Y%m%d}"


def _since(found: Marks, wanted: Sequence[sqlfiles.SqlFile]) -> dict[str, int]:
    """Tell for each table that is wanted since when what it reads stands."""
    return {file.name: found.of(table_versions.words_behind(file)) for file in wanted}

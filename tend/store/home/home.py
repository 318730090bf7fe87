"""A home: commits that are kept there before they are kept here, and those of others taken over.

A commit of the home has a number and a mark, as those of the workspace have (`record.Commit`), and
says which tables and imports it changed. So a server that is behind reads these as they are now.
"""

import contextlib
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tend.language.errors import TendError
from tend.store.audit.lines import Mark
from tend.store.database import migrate
from tend.store.database.clock import now as at_present
from tend.store.database.record import Commit
from tend.store.derived import staging
from tend.store.home import engine, files, tables
from tend.store.home.binding import Binding
from tend.store.home.lake import Lake
from tend.store.home.listed import COMMITS

_ALL = "*"  # instead of tables: a commit that put all anew
# Somebody without a turn, as who puts files together, may come between a few times.
_TRIES = 5
# After so many commits, whoever made the last puts small changes together in files.
_TIDY_EVERY = 500
# Who names customers: together with other sheets, the facts are made anew.
_NAMING = "customer_merges"


@dataclass(frozen=True)
class News:
    """What others have kept since: the last commit, and what it takes to be as it is."""

    last: Commit
    is_whole: bool
    tables: frozenset[str]
    imports: tuple[int, ...]
    line: Mark | None  # of our own log, where one of our own commits did not come to its end


class Home:
    """The home of an open workspace."""

    def __init__(self, path: Path, binding: Binding) -> None:
        self.binding = binding
        self.lake = Lake(binding.address)
        self._uploads = path / files.UPLOADS
        self._held = threading.local()
        self._tables_of = _known()  # which tables the home has
        self._is_sent = False  # whether the end of a commit is on its way
        self.unsaid: int | None = None  # a commit that is kept there, and not here yet
        self.is_untidy = False  # whether many small changes are to be put together

    @property
    def is_held(self) -> bool:
        """Tell whether it is this very thread's turn."""
        return bool(getattr(self._held, "is_held", False))

    @contextlib.contextmanager
    def turn(self, wait: Callable[[], object]) -> Iterator[None]:
        """Wait for one's turn among the writers of all servers. Raises TendError."""
        with self.lake.turn(wait):
            self._held.is_held = True
            try:
                yield
            finally:
                self._held.is_held = False

    def news(self, cursor: duckdb.DuckDBPyConnection) -> News | None:
        """Tell what is kept there and not here. Raises TendError where the home lacks what is."""
        here = at(cursor)
        with self.lake.opened() as lake:
            found = lake.execute(
                "select number, mark, server, audit_line, audit_chain, tables_of, tables, imports"
                f" from {COMMITS} where number >= ? order by number",
                [here.version],
            ).fetchall()
        if not found or (here.version and found[0][:2] != (here.version, here.mark)):
            raise TendError("home_lost")
        self._tables_of = max(row[5] for row in found)
        if self._tables_of > _known():
            raise TendError("home_newer")
        new = [row for row in found if row[0] > here.version]
        if not new:
            return None
        if self._tables_of < _known():
            raise TendError("home_older")
        own = [Mark(row[3], row[4]) for row in new if row[2] == self.binding.server and row[3]]
        return News(
            Commit(*new[-1][:2]),
            is_whole=any(_ALL in row[6] for row in new) or not here.version,
            tables=frozenset(table for row in new for table in row[6]),
            imports=tuple(sorted({one for row in new for one in row[7]})),
            line=own[-1] if own else None,
        )

    def take(self, cursor: duckdb.DuckDBPyConnection, news: News) -> None:
        """Take over what others have kept, in a writer's transaction."""
        changed = set()
        with self._folder():
            pass  # else rows would be missed where they lie in files, with other words
        for table, kinds in tables.held(cursor).items():
            if not news.is_whole and table not in news.tables:
                continue
            changed.add(table)
            columns, place = tuple(kinds), f"{engine.LAKE}.main.{table}"
            ids = None if news.is_whole else news.imports
            with self.lake.opened() as lake:
                if news.is_whole or tables.is_by_import(columns):
                    tables.delete(cursor, table, ids)
                    rows = tables.rows_of(lake, place, columns, ids)
                    tables.insert(cursor, table, columns, rows)
                    continue
                there = tables.rows_of(lake, place, columns, None).read_all()
            tables.become(cursor, table, columns, there)
        if news.is_whole or news.imports:
            self._bring_files(cursor, None if news.is_whole else news.imports)
        if news.is_whole or (_NAMING in changed and news.imports):
            staging.rebuild(cursor)
        else:
            staging.update(cursor)
        note(cursor, news.last)

    def put(
        self,
        cursor: duckdb.DuckDBPyConnection,
        before: duckdb.DuckDBPyConnection,
        line: Mark,
    ) -> None:
        """Keep there what a writer is about to keep here. Raises TendError where it is not kept."""
        if self._tables_of < _known():  # the first commit of a newer Tend brings its tables
            self.fill(cursor, line)
            return
        changed = tables.changes(cursor, before)
        imports = sorted({one for change in changed for one in (*change.gone, *change.come)})
        self._give_files(cursor, imports)

        def write(lake: duckdb.DuckDBPyConnection) -> None:
            for change in changed:
                place = f"{engine.LAKE}.main.{change.table}"
                if change.touched is None:
                    if change.gone:
                        tables.delete(lake, place, change.gone)
                    rows = tables.rows_of(cursor, change.table, change.columns, change.come)
                    tables.insert(lake, place, change.columns, rows)
                else:
                    come = tables.rows_like(cursor, change.table, change.columns, change.touched)
                    tables.put_rows(lake, place, change.columns, change.touched, come)
            # rows that were to go may stay without a word (ducklake, issue 917)
            if other := [one.table for one in changed if not tables.is_put(one, cursor, lake)]:
                raise TendError("home_differs", tables=", ".join(other))

        self._keep(cursor, write, line, [change.table for change in changed], imports)

    def fill(self, cursor: duckdb.DuckDBPyConnection, line: Mark | None = None) -> None:
        """Keep there all there is, in the place of what is there."""
        self._give_files(cursor, None)

        def write(lake: duckdb.DuckDBPyConnection) -> None:
            for table, kinds in tables.held(cursor).items():
                place = f"{engine.LAKE}.main.{table}"
                lake.execute(f"drop table if exists {place}")
                named = ", ".join(f'"{column}" {kind}' for column, kind in kinds.items())
                lake.execute(f"create table {place} ({named})")
                rows = tables.rows_of(cursor, table, tuple(kinds), None)
                tables.insert(lake, place, tuple(kinds), rows)

        self._keep(cursor, write, line or Mark(), [_ALL], [])

    def differs(self, cursor: duckdb.DuckDBPyConnection) -> list[str]:
        """Name the tables that are not there as they are here, and kept files that lack there."""
        found = []
        for table, kinds in tables.held(cursor).items():
            place = f"{engine.LAKE}.main.{table}"
            with self.lake.opened() as lake:
                there = tables.prints(lake, place, tuple(kinds))
            if there != tables.prints(cursor, table, tuple(kinds)):
                found.append(table)
        with self._folder() as folder:
            return [*found, *files.lacking(cursor, self._uploads, folder / files.UPLOADS)]

    def close(self) -> None:
        """Let go of it."""
        self.lake.close()

    def _keep(
        self,
        cursor: duckdb.DuckDBPyConnection,
        write: Callable[[duckdb.DuckDBPyConnection], None],
        line: Mark,
        changed: list[str],
        imports: list[int],
    ) -> None:
        """Keep a commit there, behind the last that is known here, and note it here."""
        here = at(cursor)
        commit = Commit(here.version + 1, uuid.uuid4().hex)
        row = (
            *(commit.version, commit.mark, self.binding.server, at_present()),
            *(line.number, line.chain, _known(), changed, imports),
        )
        for is_last in (*(False,) * (_TRIES - 1), True):
            try:
                self._write(here, row, write, is_inlined=not is_last)
                break
            except TendError as error:
                # a line that broke may have broken before or after it was kept
                if self._is_sent and self._is_kept(commit):
                    break
                if is_last or error.code != "home_away":
                    raise
        self.unsaid = commit.version
        self.is_untidy |= commit.version % _TIDY_EVERY == 0
        note(cursor, commit)

    def _write(
        self,
        here: Commit,
        row: tuple[object, ...],
        write: Callable[[duckdb.DuckDBPyConnection], None],
        *,
        is_inlined: bool,
    ) -> None:
        """Write a commit in one transaction, which ends with its line or not at all."""
        self._is_sent = False
        with self.lake.opened() as lake:
            # a nested text with a sign that PostgreSQL does not know cannot lie in the catalogue
            engine.inline(lake, engine.INLINED if is_inlined else 0)
            lake.execute("begin")
            if here.version and _last(lake) != here:
                raise TendError("home_moved")
            write(lake)
            lake.execute(f"insert into {COMMITS} values (?, ?, ?, ?, ?, ?, ?, ?, ?)", list(row))
            self._is_sent = True
            lake.execute("commit")

    def _is_kept(self, commit: Commit) -> bool:
        """Tell whether a commit is kept there. Raises TendError where nobody can tell."""
        asked = f"select count(*) from {COMMITS} where number = ? and mark = ?"
        try:
            with self.lake.opened() as lake:  # others may have kept some behind it since
                row = lake.execute(asked, [commit.version, commit.mark]).fetchone()
                return row == (1,)
        except TendError as error:
            raise TendError("home_unsure", why=error.params.get("why", error)) from error

    def _bring_files(self, cursor: duckdb.DuckDBPyConnection, ids: Sequence[int] | None) -> None:
        names = files.named(cursor, ids)
        with self._folder() as folder:
            files.copied(names, folder / files.UPLOADS, self._uploads)

    def _give_files(self, cursor: duckdb.DuckDBPyConnection, ids: Sequence[int] | None) -> None:
        names = files.named(cursor, ids)
        with self._folder() as folder:  # asked for in any case: rows may lie in files there, too
            files.copied(names, self._uploads, folder / files.UPLOADS)

    def _folder(self) -> contextlib.AbstractContextManager[Path]:
        """Lend the folder of files. Raises TendError where it cannot be used."""
        return files.lent(self.lake.files())


def at(cursor: duckdb.DuckDBPyConnection) -> Commit:
    """Tell up to which commit of its home a workspace is."""
    row = cursor.execute("select number, mark from home").fetchone()
    assert row is not None
    return Commit(*row)


def note(cursor: duckdb.DuckDBPyConnection, commit: Commit) -> None:
    """Note up to which commit of its home a workspace is."""
    cursor.execute("update home set number = ?, mark = ?", [commit.version, commit.mark])


def last(lake: Lake) -> Commit:
    """Give the last commit of a home; one of the number 0 where there is none."""
    with lake.opened() as connection:
        return _last(connection)


def _last(lake: duckdb.DuckDBPyConnection) -> Commit:
    row = lake.execute(
        f"select number, mark from {COMMITS} order by number desc limit 1"
    ).fetchone()
    return Commit(*row) if row else Commit(0)


def _known() -> int:
    """Tell which tables this Tend knows, by the number of the last migration."""
    return max(migrate.migrations())

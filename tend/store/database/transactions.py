"""Cursors and turns on the workspace's file: one writes at a time, and every commit is counted."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import duckdb

from tend.language.errors import TendError
from tend.settings.company import Settings
from tend.store.database import migrate, record, settings_table, trouble
from tend.store.database.database import Database
from tend.store.database.record import Commit
from tend.store.database.trouble import DatabaseBrokeError

Answer = TypeVar("Answer")
Progress = Callable[[str, float], None]
# Notes a commit to come in the log, behind the last line that was; gives its line and chain.
Noted = Callable[[int, int], tuple[int, str]]


@dataclass
class _Now:
    """What the last commit left: one for all who look at the same file."""

    commit: Commit
    settings: Settings
    is_recorded: bool = True


class Transactions:
    """A file that is open: a cursor per use, one writer at a time, and its last commit."""

    def __init__(
        self, path: Path, file: Path, mended: Callable[[], object], *, is_published: bool
    ) -> None:
        self.path = path
        self.is_published = is_published
        """Whether this is the published copy, beside the process that holds the workspace."""
        self._writing = threading.RLock()
        self._now = _Now(Commit(0), Settings())
        self._database = Database(file, path, mended, read_only=is_published)
        try:
            with trouble.opening(path):
                self._prepare()
        except BaseException:
            self._database.close()
            raise

    def _prepare(self) -> None:
        """Bring the tables up to date, and hold the last commit against what was written down."""
        if not self.is_published:
            with self.whole_cursor() as cursor:
                migrate.upgrade(cursor, self.path)
        self._read_state()
        if self.is_published:
            return
        if record.checked(self.path, self._now.commit) != self._now.commit:
            self.record()

    @property
    def file(self) -> Path:
        """Give the file that is open: the database, or the copy of it."""
        return self._database.file

    @property
    def version(self) -> int:
        """Grow with every commit and every change of settings: the key of all caches."""
        return self._now.commit.version

    @property
    def settings(self) -> Settings:
        """Give the company's definitions."""
        return self._now.settings

    @property
    def is_recorded(self) -> bool:
        """Tell whether the last commit could be written down beside the database."""
        return self._now.is_recorded

    def whole_cursor(self) -> contextlib.AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Lend a cursor of its own; where DuckDB breaks, the next is on a sound database.

        It sees all there is, for what is made of everybody's facts and for writers.
        """
        return self._database.cursor()

    def cursor(self) -> contextlib.AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Lend a cursor to read with: it sees what its reader may see."""
        return self.whole_cursor()

    def read(self, work: Callable[[duckdb.DuckDBPyConnection], Answer]) -> Answer:
        """Give what is read with a cursor; where the database breaks under it, it is read again."""
        return read(self.cursor, work)

    @contextlib.contextmanager
    def deriving(
        self, progress: Progress | None = None, noted: Noted | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a writer's cursor for what follows from the facts, and changes none of them.

        What changes them is `noted` before it is committed; where that fails, nothing is changed.
        """
        commit = None
        with self._own_turn(progress):
            try:
                with self._transaction() as cursor:
                    yield cursor
                    commit = _counted(cursor, noted)
                    cursor.execute("commit")
            except (TendError, duckdb.Error) as error:
                # A disk may fill after a commit was written: the database knows whether it was.
                if commit is None or self._read_state() != commit:
                    raise
                log("trouble after a commit, which stands", error)
            else:
                self._read_state()

    @contextlib.contextmanager
    def rehearsing(self, progress: Progress | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a writer's cursor whose changes are always taken back: to see what would be."""
        with self._own_turn(progress), self._transaction() as cursor:
            yield cursor
            cursor.execute("rollback")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        if self.is_published:
            raise TendError("workspace_locked", path=self.path)
        if not self._database.file.exists():
            raise TendError("workspace_emptied", path=self.path)
        with self.whole_cursor() as cursor:
            cursor.execute("begin")
            yield cursor  # what is not committed is taken back with the cursor

    def turn(self, progress: Progress | None = None) -> contextlib.AbstractContextManager[None]:
        """Wait until nobody else writes; nobody else does until the end."""
        return self._own_turn(progress)

    @contextlib.contextmanager
    def _own_turn(self, progress: Progress | None = None) -> Iterator[None]:
        if not self._writing.acquire(blocking=False):
            if progress is not None:
                progress("waiting", 1.0)
            self._writing.acquire()
        try:
            yield
        finally:
            self._writing.release()

    def exchange(self, decide: Callable[[], object], finish: Callable[[], object]) -> None:
        """Let another state of all there is take the place of this one, once that is decided.

        Raises TendError where it is not done; where it is decided and the disk fails, whoever comes
        next finishes it.
        """
        with self.turn():
            self._database.exchange(decide, finish)
            self._read_state()

    def _read_state(self) -> Commit:
        """Read the last commit and the settings."""
        self._now.commit, self._now.settings = read(self.whole_cursor, self._state)
        return self._now.commit

    def _state(self, cursor: duckdb.DuckDBPyConnection) -> tuple[Commit, Settings]:
        mark = "" if self.is_published else ", mark"
        row = cursor.execute(f"select version{mark} from workspace_version").fetchone()
        assert row is not None
        return Commit(*row), settings_table.read(cursor)

    def record(self) -> None:
        """Write the last commit down a second time; where that fails, the commit stands.

        Pages and `verify` say so: until it works again, nobody can tell whether commits are lost.
        """
        try:
            record.write(self.path, self._now.commit)
            self._now.is_recorded = True
        except OSError as error:
            self._now.is_recorded = False
            log("the last commit could not be written down", error)


def read(
    lend: Callable[[], contextlib.AbstractContextManager[duckdb.DuckDBPyConnection]],
    work: Callable[[duckdb.DuckDBPyConnection], Answer],
) -> Answer:
    """Give what is read with a cursor; where the database breaks under it, it is read again."""
    try:
        with lend() as cursor:
            return work(cursor)
    except DatabaseBrokeError:
        with lend() as cursor:
            return work(cursor)


def _counted(cursor: duckdb.DuckDBPyConnection, noted: Noted | None) -> Commit:
    """Count a commit, and give it a mark that follows from the one before."""
    row = cursor.execute(
        "update workspace_version set version = version + 1, mark = md5(concat(mark, uuid()))"
        " returning version, mark, audit_line"
    ).fetchone()
    assert row is not None
    version, mark, before = row
    if noted is not None:
        line = noted(version, before)
        cursor.execute("update workspace_version set audit_line = ?, audit_chain = ?", line)
    return Commit(version, mark)


def log(what: str, error: BaseException) -> None:
    """Log trouble that readers are not stopped by: trouble of the machine without its traceback."""
    is_known = isinstance(error, TendError | OSError)
    logger = logging.getLogger(__name__)
    logger.error(f"{what}: %s", error, exc_info=None if is_known else error)

"""The workspace's file, opened: a cursor per use, and opened anew where DuckDB broke."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from tend.language.errors import TendError
from tend.store.database import trouble
from tend.store.database.connection import CATALOGUE, connect
from tend.store.database.trouble import DatabaseBrokeError

# An error inside DuckDB itself: it answers nothing more until the database is opened anew.
_BROKEN = (duckdb.FatalException, duckdb.InternalException)
# So long one waits for cursors on a broken database to end; closing them would be the end of all.
_PATIENCE_SECONDS = 10.0
# And so long, while nobody gets a new one, where the file is to be another.
_LONG_PATIENCE_SECONDS = 120.0
# How often a cursor is asked for anew, where the database breaks before it is lent.
_TRIES = 3


class Database:
    """One file and the connection to it; who comes while it is opened anew waits for that."""

    def __init__(
        self, file: Path, path: Path, mended: Callable[[], object], *, read_only: bool
    ) -> None:
        self.file = file
        self._path = path
        self._mended = mended
        self._read_only = read_only
        self._changed = threading.Condition()
        self._lent = 0
        self._own = threading.local()  # how many cursors this very thread holds
        self._is_closing = False
        self._before_opening: Callable[[], object] | None = None
        self._broken: duckdb.DuckDBPyConnection | None = None
        self._connection: duckdb.DuckDBPyConnection | None = self._open()

    @contextlib.contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor of its own (a cursor shared by threads gave wrong results).

        Raises DatabaseBrokeError where the database broke (the next cursor is on a sound one), and
        TendError for trouble with disk or memory; errors of the question pass as they are.
        """
        connection, cursor = self._lend()
        try:
            yield cursor
        except trouble.ERRORS as error:
            said = trouble.sentence(error, self._path)
            if self._is_broken(connection, error):
                self._let_go(connection, error)
                said = _broke(said)
            if said is None:
                raise
            raise said from error
        finally:
            self._give_back(cursor)

    def exchange(self, decide: Callable[[], object], finish: Callable[[], object]) -> None:
        """Let another file take the place of this one; who comes meanwhile waits for that.

        Until it is decided all stays as it is. From then on it is finished before the file is
        opened, now or, where that cannot be, by whoever comes next. Raises TendError.
        """
        with self._changed:
            if self._held():  # who waits here for itself would wait in vain
                raise TendError("workspace_busy", path=self._path)
            self._is_closing = True
            try:
                if not self._changed.wait_for(lambda: not self._lent, _LONG_PATIENCE_SECONDS):
                    raise TendError("workspace_busy", path=self._path)
                with trouble.told(self._path):
                    if self._connection is not None:
                        before, self._connection = self._connection, None
                        before.close()
                    decide()
                self._before_opening = finish
            finally:
                self._is_closing = False
                self._changed.notify_all()
            self._open_anew()

    def close(self) -> None:
        """Let go of the file."""
        with self._changed:
            for connection in (self._connection, self._broken):
                if connection is not None:
                    with trouble.told(self._path):
                        connection.close()

    def _open(self) -> duckdb.DuckDBPyConnection:
        with trouble.opening(self._path):
            return connect(self.file, self._path, read_only=self._read_only)

    def _lend(self) -> tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]:
        """Give connection and cursor; one that broke under somebody else is passed over."""
        for _ in range(_TRIES):
            connection, cursor = self._take()
            try:
                cursor.execute(f"use {CATALOGUE}")
            except BaseException as error:
                is_broken = self._is_broken(connection, error)
                self._give_back(cursor)
                if not is_broken:
                    raise
                self._let_go(connection, error)
            else:
                return connection, cursor
        raise _broke(None)

    def _take(self) -> tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]:
        with self._changed:
            # who holds one already may need another to come to an end
            self._changed.wait_for(lambda: not self._is_closing or self._held())
            if self._connection is None:
                self._open_anew()
            assert self._connection is not None
            cursor = self._connection.cursor()
            self._lent += 1
            self._own.count = self._held() + 1
            return self._connection, cursor

    def _give_back(self, cursor: duckdb.DuckDBPyConnection) -> None:
        # A cursor that is closed inside a transaction on a broken database ends the whole process.
        with contextlib.suppress(duckdb.Error):
            cursor.execute("rollback")
        with contextlib.suppress(duckdb.Error):
            cursor.close()
        with self._changed:
            self._lent -= 1
            self._own.count -= 1
            self._changed.notify_all()

    def _held(self) -> int:
        return int(getattr(self._own, "count", 0))

    def _open_anew(self) -> None:
        """Open the file again once nobody has a cursor on the broken connection any more.

        Where that fails (a full disk, a long question), the next who asks tries again.
        """
        if self._held():  # who waits here for itself would wait in vain
            raise _broke(None)
        is_free = self._changed.wait_for(lambda: not self._lent, _PATIENCE_SECONDS)
        if self._connection is not None:  # somebody else did it meanwhile
            return
        if not is_free:
            raise _broke(None)
        if self._broken is not None:
            with contextlib.suppress(duckdb.Error):
                self._broken.close()
            self._broken = None
        if self._before_opening is not None:
            with trouble.told(self._path):
                self._before_opening()
            self._before_opening = None
        self._connection = self._open()
        self._mended()

    def _is_broken(self, connection: duckdb.DuckDBPyConnection, error: BaseException) -> bool:
        """Tell by the error, else by asking the database itself, whether it answers no more."""
        if self._connection is not connection or isinstance(error, _BROKEN):
            return True
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"from {CATALOGUE}.migrations limit 1").fetchall()
        except duckdb.CatalogException:  # a new database, which has no tables yet
            return False
        except duckdb.Error:
            return True
        return False

    def _let_go(self, connection: duckdb.DuckDBPyConnection, error: BaseException) -> None:
        """Lend no more cursors on a broken connection; of those who met it, one says so."""
        with self._changed:
            if self._connection is connection:
                logging.getLogger(__name__).error(
                    "DuckDB broke (%s); the database is opened anew", error
                )
                self._connection, self._broken = None, connection


def _broke(said: TendError | None) -> DatabaseBrokeError:
    if said is None:
        return DatabaseBrokeError("database_broke")
    return DatabaseBrokeError(said.code, **said.params)

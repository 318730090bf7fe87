"""The lake, asked one question at a time: where several are, one that fails ends all.

That is issue 577 of duckdb-postgres. Where it fails it is let go of; who asks next opens it anew.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from tend.language.errors import TendError
from tend.store.home import engine, files

# Any number will do, as long as all servers mean the same.
_LOCK = 746_541_064
# So long somebody may read what has been put together since.
_READ_FOR = "1 hour"
# So long a writer waits for others before it is told that they take long.
_PATIENCE_SECONDS = 120


class Lake:
    """What all servers share: a catalogue in PostgreSQL, and files beside it."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._one = threading.RLock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._queue: duckdb.DuckDBPyConnection | None = None

    @contextlib.contextmanager
    def opened(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend the connection. Raises TendError where the home is away, or is there no more."""
        with self._one:
            try:
                if self._connection is None:
                    self._connection = self._attached()
                yield self._connection
            except BaseException as error:
                self._let_go()
                if isinstance(error, duckdb.Error):
                    raise TendError("home_away", why=engine.why(error)) from error
                raise

    @contextlib.contextmanager
    def unmoved(self) -> Iterator[None]:
        """Let all that is asked until the end be of one state, whoever writes meanwhile."""
        with self.opened() as connection:
            connection.execute("begin")
            yield
            connection.execute("rollback")

    def is_there(self) -> bool:
        """Tell whether the address has a home. Raises TendError where it does not answer."""
        with self._one, _told(), contextlib.closing(engine.connect(self._address)) as found:
            return _is_there(found)

    def make(self, folder: Path) -> None:
        """Make a home, with nothing in it; its files lie in a folder that all servers see."""
        files.claim(folder, engine.place(self._address))
        with self._one, _told(), contextlib.closing(engine.connect(self._address)) as made:
            engine.attach(made, self._address, folder / files.ROWS)

    def drop(self) -> None:
        """Let a home be no more; its files are left to whoever called."""
        with self._one, _told():
            self._let_go()
            with contextlib.closing(engine.connect(self._address)) as found:
                engine.told(found, f"drop schema if exists {engine.SCHEMA} cascade")

    def files(self) -> Path:
        """Give the folder in which the files of the home lie."""
        said = f"select value from {engine.SCHEMA}.ducklake_metadata where key = 'data_path'"
        with self.opened() as connection:
            return Path(str(engine.asked(connection, said))).parent

    def snapshot(self) -> object:
        """Give what changes with each commit: one number, at the cost of one small question."""
        said = f"select max(snapshot_id) from {engine.SCHEMA}.ducklake_snapshot"
        with self.opened() as connection:
            return engine.asked(connection, said)

    def tidy(self) -> None:
        """Put small changes together in files, and take away what nobody can be reading any more.

        Servers read the home as it is now: what it was before serves nobody.
        """
        name, before = engine.LAKE, f"older_than => now() - interval {_READ_FOR}"
        with self.opened() as connection:
            for said in (
                f"ducklake_flush_inlined_data('{name}')",
                f"ducklake_merge_adjacent_files('{name}')",
                f"ducklake_rewrite_data_files('{name}')",
                f"ducklake_expire_snapshots('{name}', {before})",
                f"ducklake_cleanup_old_files('{name}', {before})",
                # what was written for commits that never came to their end
                f"ducklake_delete_orphaned_files('{name}', {before})",
            ):
                connection.execute(f"call {said}")

    @contextlib.contextmanager
    def turn(self, wait: Callable[[], object] = lambda: None) -> Iterator[None]:
        """Wait, in a line with those of all servers, until nobody else writes.

        PostgreSQL keeps the line, and lets go of whoever dies. Raises TendError.
        """
        try:
            queue = self._lined_up(wait)
        except duckdb.Error as error:
            self._leave_line()
            raise TendError("home_away", why=engine.why(error)) from error
        try:
            yield
        finally:
            with contextlib.suppress(duckdb.Error):
                queue.execute("rollback")

    def close(self) -> None:
        """Let go of the home."""
        with self._one:
            self._let_go()
            self._leave_line()

    def _lined_up(self, wait: Callable[[], object]) -> duckdb.DuckDBPyConnection:
        # The lock lives in a transaction of a database of its own, which asks nothing else.
        for is_last in (self._queue is None, True):  # one that was open may have lost its line
            try:
                if self._queue is None:
                    self._queue = engine.connect(self._address)
                self._queue.execute("begin")
                # whoever's turn it is asks nothing here, however long the work takes
                engine.told(self._queue, "set local idle_in_transaction_session_timeout = 0")
                engine.told(self._queue, f"set local lock_timeout = '{_PATIENCE_SECONDS}s'")
                tried = f"select pg_try_advisory_xact_lock({_LOCK})"
                if engine.asked(self._queue, tried) is not True:
                    wait()
                    self._wait(self._queue)
                break
            except duckdb.Error:
                self._leave_line()
                if is_last:
                    raise
        assert self._queue is not None
        return self._queue

    def _wait(self, queue: duckdb.DuckDBPyConnection) -> None:
        began = time.monotonic()
        try:
            engine.asked(queue, f"select pg_advisory_xact_lock({_LOCK})::varchar")
        except duckdb.Error as error:
            # by the clock: what PostgreSQL says of it, it says in the language of its machine
            if time.monotonic() - began < _PATIENCE_SECONDS:
                raise
            self._leave_line()
            raise TendError("home_busy") from error

    def _let_go(self) -> None:
        _close(self._connection)
        self._connection = None

    def _leave_line(self) -> None:
        _close(self._queue)
        self._queue = None

    def _attached(self) -> duckdb.DuckDBPyConnection:
        connection = engine.connect(self._address)
        try:
            if not _is_there(connection):
                raise TendError("home_gone")
            engine.attach(connection, self._address)
        except BaseException:
            connection.close()
            raise
        return connection


def _is_there(connection: duckdb.DuckDBPyConnection) -> bool:
    asked = f"select to_regclass('{engine.SCHEMA}.ducklake_snapshot')::varchar"
    return engine.asked(connection, asked) is not None


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise TendError("home_away", why=engine.why(error)) from error


def _close(connection: duckdb.DuckDBPyConnection | None) -> None:
    if connection is not None:
        with contextlib.suppress(duckdb.Error):
            connection.close()

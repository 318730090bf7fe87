"""Copies of the database, written beside the work: compact, whole or not at all."""

import contextlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from tend.schema import DATASETS
from tend.store.copies import complete, published
from tend.store.copies.published import Publisher
from tend.store.database import heap, trouble
from tend.store.database.connection import CATALOGUE, PUBLISHED, STORAGE, quoted

Lend = Callable[[], contextlib.AbstractContextManager[duckdb.DuckDBPyConnection]]


class Copier:
    """Write copies into `published/`, one at a time: one is attached by one name."""

    def __init__(self, path: Path, cursor: Lend) -> None:
        self._folder = path / PUBLISHED
        self._cursor = cursor
        self._copying = threading.Lock()

    def publish(self, version: int) -> None:
        """Write the copy of a version for reading, unless it is there."""
        name = published.file_name(version)
        if (self._folder / name).exists():
            return
        # Replaced tables write almost no WAL, so a checkpoint never comes by itself; where a
        # reader is in the way, the next commit makes up for it.
        with self._cursor() as cursor, contextlib.suppress(duckdb.TransactionException):
            cursor.execute(f"checkpoint {CATALOGUE}")
        self._write(name, _copy_facts)

    def whole(self, name: str) -> Path:
        """Write a copy of all there is, also the rows that facts were folded from."""
        return self._write(name, _copy_all)

    def _write(self, name: str, copy: Callable[[duckdb.DuckDBPyConnection], None]) -> Path:
        fresh = self._folder / f"next-{name}"
        try:
            with self._copying, self._cursor() as cursor:
                began = time.time()
                cursor.execute(f"attach '{quoted(fresh)}' as copied ({STORAGE})")
                with trouble.at_the_end(cursor, "detach copied"):
                    copy(cursor)
                    # a reader of all catalogues may hold it longer than it is attached: then it is
                    # closed later, and what is not in the file yet would be lost with its WAL
                    cursor.execute("force checkpoint copied")
            os.utime(fresh, (began, began))  # what is saved while it is written is not in it
            return fresh.replace(self._folder / name)
        finally:
            for leftover in self._folder.glob(f"{fresh.name}*"):
                leftover.unlink()


class Copying:
    """What the holder of a workspace makes copies with, and hears by that somebody wants one."""

    def __init__(self, path: Path, cursor: Lend, version: Callable[[], int]) -> None:
        self.copier = Copier(path, cursor)
        self._version = version
        self.publisher = Publisher(path / PUBLISHED, self._publish)
        self._desk = complete.Desk(path, self.publisher, self.copier.whole)

    def _publish(self) -> None:
        self.copier.publish(self._version())
        heap.trim()

    def close(self) -> None:
        """Make no more copies."""
        self._desk.close()
        self.publisher.close()


def _copy_all(cursor: duckdb.DuckDBPyConnection) -> None:
    cursor.execute(f"copy from database {CATALOGUE} to copied")


def _copy_facts(cursor: duckdb.DuckDBPyConnection) -> None:
    """Leave out the rows of files that facts were folded from: most of the bytes.

    What was entered has no file: its rows are all there is to say what somebody wrote. Macros go
    along, as pages ask by them, too.
    """
    tables = cursor.execute(
        "select table_name from duckdb_tables() where database_name = current_database()"
        " and not starts_with(table_name, 'rows_') and not temporary"
    ).fetchall()
    cursor.execute("begin")
    cursor.execute(f"copy from database {CATALOGUE} to copied (schema)")
    for (table,) in tables:
        cursor.execute(f"insert into copied.{table} from {CATALOGUE}.{table}")
    for dataset in DATASETS:
        cursor.execute(
            f"insert into copied.rows_{dataset} from {CATALOGUE}.rows_{dataset} where import_id"
            f" in (select import_id from {CATALOGUE}.imports where origin = 'entry')"
        )
    cursor.execute("commit")

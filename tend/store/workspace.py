"""One folder: the DuckDB file, the kept uploads, and a published copy for other processes."""

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import duckdb

from tend.errors import TendError
from tend.settings import Settings
from tend.store import health, heap, published, schema, settings_table, staging
from tend.store.clock import now
from tend.store.connection import (
    BROKEN,
    CATALOGUE,
    FILE,
    PUBLISHED,
    STORAGE,
    connect,
    connect_again,
    quoted,
)
from tend.store.snapshots import Snapshots

_DEFAULT = Path("workspace")
Progress = Callable[[str, float], None]


def workspace_path(given: Path | None) -> Path:
    """Decide the folder: the one given, else TEND_WORKSPACE, else `workspace/`."""
    if given is not None:
        return given
    return Path(os.environ.get("TEND_WORKSPACE") or _DEFAULT)


class Workspace:
    """An open workspace: one connection, a cursor per use, one writer at a time."""

    def __init__(
        self, path: Path, connection: duckdb.DuckDBPyConnection, file: Path, *, is_published: bool
    ) -> None:
        self.path = path
        self._file = file
        self.is_published = is_published
        self._connection = connection
        self._writing = threading.RLock()
        self._mending = threading.Lock()
        self._copying = threading.Lock()  # a copy is attached by one name
        self._counting = threading.Lock()
        self._together = 0
        self._following = threading.Lock()  # health is followed up by one at a time
        self._is_health_behind = False
        self._version, self._settings = self._read_state()
        # What `tend.queries` keeps per as-of date; it lives and dies with the connection.
        self.snapshots = Snapshots()
        self._publisher = published.Publisher(path / PUBLISHED, self._publish)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def version(self) -> int:
        """Grow with every commit and every change of settings: the key of all caches."""
        return self._version

    @property
    def settings(self) -> Settings:
        """Give the company's definitions."""
        return self._settings

    @property
    def is_health_behind(self) -> bool:
        """Tell whether health could not follow the facts: it is as it was before."""
        return self._is_health_behind

    @property
    def uploads(self) -> Path:
        """Give the folder of kept uploads, named by content hash."""
        return self.path / "uploads"

    @contextlib.contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor of its own (a cursor shared by threads gave wrong results).

        Where DuckDB itself breaks, the error is raised, and the next cursor is on a sound database.
        """
        connection = self._connection
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"use {CATALOGUE}")
                yield cursor
        except BROKEN:
            self._mend(connection)
            raise

    def _mend(self, broken: duckdb.DuckDBPyConnection) -> None:
        """Open the file anew; of those who met the broken connection, one does it for all."""
        with self._mending:
            if self._connection is broken:
                logging.getLogger(__name__).error("DuckDB broke; the database is opened anew")
                broken.close()
                self.snapshots.clear()
                self._connection = connect_again(self._file, self.path, read_only=self.is_published)

    @contextlib.contextmanager
    def writing(self, progress: Progress | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor inside one transaction: all of it is kept, or nothing.

        Writers come one after the other; one that has to wait is told so by `progress`. Afterwards
        health follows what was written, then both are published. Raises TendError where this
        process may only read.
        """
        with self.deriving(progress) as cursor:
            yield cursor
        if not self._together:
            self._follow_and_publish(progress)

    @contextlib.contextmanager
    def together(self, progress: Progress | None = None) -> Iterator[None]:
        """Let health follow once, after several changes."""
        with self._counting:
            self._together += 1
        try:
            yield
        finally:
            with self._counting:
                self._together -= 1
            self._follow_and_publish(progress)

    def _follow_and_publish(self, progress: Progress | None) -> None:
        try:
            self._follow(progress)
        finally:
            self._publisher.ask()

    def _follow(self, progress: Progress | None = None) -> None:
        """Let health follow; where it cannot, the facts stand, and pages and `verify` say so.

        The next commit or opening tries again: a workspace is never shut for it.
        """
        if progress is not None:
            progress("health", 0.0)
        with self._following:
            try:
                health.update(self, progress)
                self._is_health_behind = False
            except duckdb.Error:
                self._is_health_behind = True
                logging.getLogger(__name__).exception("health could not follow the facts")

    @contextlib.contextmanager
    def deriving(self, progress: Progress | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a writer's cursor for what follows from the facts, and changes none of them."""
        with self._transaction(progress) as cursor:
            yield cursor
            cursor.execute("update workspace_version set version = version + 1")
            cursor.execute("commit")
            self._version, self._settings = self._read_state()

    @contextlib.contextmanager
    def rehearsing(self, progress: Progress | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a writer's cursor whose changes are always taken back: to see what would be."""
        with self._transaction(progress) as cursor:
            yield cursor
            cursor.execute("rollback")

    @contextlib.contextmanager
    def _transaction(self, progress: Progress | None) -> Iterator[duckdb.DuckDBPyConnection]:
        if self.is_published:
            raise TendError("workspace_locked", path=self.path)
        with self._turn(progress), self.cursor() as cursor:
            cursor.execute("begin")
            try:
                yield cursor
            except BaseException:
                cursor.execute("rollback")
                raise

    @contextlib.contextmanager
    def _turn(self, progress: Progress | None) -> Iterator[None]:
        if not self._writing.acquire(blocking=False):
            if progress is not None:
                progress("waiting", 1.0)
            self._writing.acquire()
        try:
            yield
        finally:
            self._writing.release()

    def set(self, key: str, value: object, who: str) -> Settings:
        """Change one setting. Raises TendError for an unknown key or a bad value."""
        return self.define(self._settings.changed(key, value), who)

    def define(
        self,
        settings: Settings,
        who: str,
        *,
        base: Settings | None = None,
        progress: Progress | None = None,
    ) -> Settings:
        """Change all settings that differ from `base` (else from what is set), as one version.

        Raises TendError where one of them has been changed by somebody else since `base`.
        """
        wanted = settings.model_dump()
        with self.writing(progress) as cursor:
            there = settings_table.read(cursor).model_dump()
            start = there if base is None else base.model_dump()
            keys = [key for key, value in wanted.items() if start[key] != value]
            if moved := [key for key in keys if there[key] not in (start[key], wanted[key])]:
                raise TendError("settings_moved", keys=", ".join(moved))
            settings_table.write(cursor, settings, keys, who, now())
        return self._settings

    def versions(self, prefix: str = "") -> list[settings_table.Version]:
        """List the changes of settings whose keys begin with `prefix`, the newest first."""
        with self.cursor() as cursor:
            return settings_table.versions(cursor, prefix)

    def settings_at(self, version: int) -> Settings:
        """Give the settings as a version left them. Raises TendError for an unknown one."""
        with self.cursor() as cursor:
            return settings_table.at(cursor, version)

    def refresh(self) -> None:
        """Make what follows from the rows anew where it is missing or made by another Tend."""
        with self.cursor() as cursor:
            is_current = staging.is_current(cursor)
        if not is_current:
            with self.writing() as cursor:
                staging.rebuild(cursor)
        else:
            self._follow()
        self._publisher.ask()

    def close(self) -> None:
        """Let go of the file, once what was committed is published."""
        self._publisher.close()
        self._connection.close()

    def _read_state(self) -> tuple[int, Settings]:
        with self.cursor() as cursor:
            row = cursor.execute("select version from workspace_version").fetchone()
            assert row is not None
            return int(row[0]), settings_table.read(cursor)

    def copy_to(self, folder: Path, name: str, *, for_reading: bool) -> Path:
        """Write a compact copy of the database into `published/` or below it, whole or not at all.

        A copy for reading leaves out the rows that facts were folded from: most of the bytes.
        """
        fresh = folder / f"next-{name}"
        with self._copying, self.cursor() as cursor:
            for leftover in folder.glob(f"next-{name}*"):
                leftover.unlink()
            cursor.execute(f"attach '{quoted(fresh)}' as copied ({STORAGE})")
            try:
                if for_reading:
                    _copy_facts(cursor)
                else:
                    cursor.execute(f"copy from database {CATALOGUE} to copied")
            finally:
                cursor.execute("detach copied")
        return fresh.replace(folder / name)

    def _publish(self) -> None:
        name = published.file_name(self._version)
        if (self.path / PUBLISHED / name).exists():
            return
        # Replaced tables write almost no WAL, so a checkpoint never comes by itself; where a
        # reader is in the way, the next commit makes up for it.
        with self.cursor() as cursor, contextlib.suppress(duckdb.TransactionException):
            cursor.execute(f"checkpoint {CATALOGUE}")
        self.copy_to(self.path / PUBLISHED, name, for_reading=True)
        heap.trim()


def open_workspace(given: Path | None = None, *, read_only: bool = False) -> Workspace:
    """Open the workspace, making or upgrading it where needed.

    With `read_only`, the published copy stands in while another process holds the file.
    Raises TendError when it is held by another process, too new, or unusable.
    """
    path = workspace_path(given).absolute()
    try:
        (path / PUBLISHED).mkdir(parents=True, exist_ok=True)
        (path / "uploads").mkdir(exist_ok=True)
    except OSError as error:
        raise TendError("workspace_unusable", path=path, why=error.strerror) from error
    try:
        connection = connect(path / FILE, path)
    except duckdb.IOException as error:
        if "lock" not in str(error).lower() and "used by another process" not in str(error):
            raise TendError("workspace_unusable", path=path, why=error) from error
        return _open_published(path, read_only=read_only, cause=error)
    except duckdb.Error as error:
        raise TendError("workspace_unusable", path=path, why=error) from error
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"use {CATALOGUE}")
            schema.upgrade(cursor, path)
    except BaseException:
        connection.close()
        raise
    workspace = Workspace(path, connection, path / FILE, is_published=False)
    workspace.refresh()
    return workspace


def _copy_facts(cursor: duckdb.DuckDBPyConnection) -> None:
    tables = cursor.execute(
        "select table_name from duckdb_tables() where database_name = current_database()"
        " and not starts_with(table_name, 'rows_') and not temporary"
    ).fetchall()
    cursor.execute("begin")
    for (table,) in tables:
        cursor.execute(f"create table copied.{table} as from {CATALOGUE}.{table}")
    cursor.execute("commit")


def _open_published(path: Path, *, read_only: bool, cause: Exception) -> Workspace:
    copy = published.newest(path / PUBLISHED)
    if not read_only or copy is None:
        raise TendError("workspace_locked", path=path) from cause
    return Workspace(path, connect(copy, path, read_only=True), copy, is_published=True)

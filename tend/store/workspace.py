"""One folder: the DuckDB file, the kept uploads, and a published copy for other processes."""

import contextlib
import os
import threading
import uuid
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Self

import duckdb

from tend.language.errors import TendError
from tend.people.person import Right
from tend.settings import customer_lists
from tend.settings.company import Settings
from tend.store.audit import acting
from tend.store.audit.acting import Act
from tend.store.audit.lines import What
from tend.store.copies import complete, folder, published, reading
from tend.store.copies.copies import Copying
from tend.store.database import migrate, record, settings_table, trouble
from tend.store.database.clock import now
from tend.store.database.connection import FILE, PUBLISHED, begin
from tend.store.database.transactions import Progress
from tend.store.derived import staging
from tend.store.derived.health.daily import HealthDays
from tend.store.derived.health.following import Following
from tend.store.home.at_home import AtHome


def workspace_path(given: Path | None) -> Path:
    """Decide the folder: the one given, else TEND_WORKSPACE, else `workspace/`."""
    return given or Path(os.environ.get("TEND_WORKSPACE") or "workspace")


class Workspace(AtHome):
    """An open workspace, as a person sees it: its file, what follows from it, and its copy.

    Who opens it sits at the machine and sees all; `seen_by` gives it to somebody else.
    """

    def __init__(self, path: Path, file: Path, lock: folder.Lock | None, writer: str = "") -> None:
        self._lock = lock
        self._together = threading.local()  # how deep in several changes this very thread is
        self._health = Following()
        self.health_days = HealthDays()
        super().__init__(path, file, is_published=lock is None, writer=writer)
        # who reads a copy makes none, and so goes with the last who holds it: nothing leads back
        self._copying = Copying(path, self.whole_cursor, lambda: self.version) if lock else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_health_behind(self) -> bool:
        """Tell whether health could not follow the facts: it is as it was before."""
        return self._health.is_behind

    @property
    def uploads(self) -> Path:
        """Give the folder of kept uploads, named by content hash."""
        return self.path / "uploads"

    @contextlib.contextmanager
    def writing(
        self, right: Right, progress: Progress | None = None, *, what: What | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor inside one transaction: all of it is kept, or nothing.

        Writers come one after the other; one that has to wait is told so by `progress`. Before the
        commit, a line of the log says `what` was done, else what its right is for. Afterwards
        health follows what was written, then both are published. Raises TendError where the person
        lacks the right to this, and where this process may only read.
        """
        with self.refusals(), acting.under_way(what or acting.BY_RIGHT[right]) as act:
            self.person.require(right)
            with self._written(progress, act) as cursor:
                yield cursor

    @contextlib.contextmanager
    def _written(
        self, progress: Progress | None = None, act: Act | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        def noted(commit: int, after: int) -> tuple[int, str]:
            assert act is not None
            mark = self.note_of(act.what, act.about, commit=commit, after=after)
            self._keep_there(cursor, mark)
            return mark.number, mark.chain

        with self.turn(progress) if act else self._own_turn(progress):
            with self.deriving(noted=noted if act else None) as cursor:
                yield cursor
            self.record()
        if not self._depth:
            self._follow_and_publish(progress)

    @contextlib.contextmanager
    def together(self, progress: Progress | None = None) -> Iterator[None]:
        """Let health follow once, after several changes, those among them that are several too."""
        self._together.depth = self._depth + 1
        try:
            yield
        finally:
            self._together.depth -= 1
            if not self._depth:
                self._follow_and_publish(progress)

    @property
    def _depth(self) -> int:
        return int(getattr(self._together, "depth", 0))

    def _follow_and_publish(self, progress: Progress | None) -> None:
        try:
            self._health.follow(self, self.snapshots, progress, is_opening=False)
        finally:
            self._ask_for_copy()

    def _ask_for_copy(self) -> None:
        if self._copying:
            self._copying.publisher.ask()

    def set(self, key: str, value: object) -> Settings:
        """Change one setting. Raises TendError for an unknown key or a bad value."""
        before = self.settings  # what others change meanwhile is theirs
        return self.define(before.changed(key, value), base=before, said=(key.split(".")[0],))

    def define(
        self,
        settings: Settings,
        *,
        base: Settings | None = None,
        said: Collection[str] = (),
        progress: Progress | None = None,
    ) -> Settings:
        """Change all settings that differ from `base` (else from what is set), as one version.

        What somebody has `said` is kept even where it is what would be taken anyway: nothing takes
        its place then, as the first import's currency does (M22). Who may enter facts may keep
        lists, all else takes the right to settings: raises TendError without it, and where one of
        them has been changed by somebody else since `base`.
        """
        wanted = settings.model_dump()
        with self.writing("edit", progress, what="setting") as cursor:
            found = settings_table.read(cursor)
            there = found.model_dump()
            start = there if base is None else base.model_dump()
            keys = [key for key, value in wanted.items() if start[key] != value]
            chosen = settings_table.chosen(cursor)
            keys += [key for key in said if key not in keys and key not in chosen]
            if not {*keys} <= {*customer_lists.LOOKS}:
                self.person.require("settings")
            if moved := [key for key in keys if there[key] not in (start[key], wanted[key])]:
                raise TendError("settings_moved", keys=", ".join(moved))
            customer_lists.check(found, found.with_all({k: wanted[k] for k in keys}), self.person)
            settings_table.write(cursor, settings, keys, self.person.name, now())
            acting.note(keys=tuple(keys))
        return self.settings

    def versions(self, prefix: str = "") -> list[settings_table.Version]:
        """List the changes of settings whose keys begin with `prefix`, the newest first."""
        return self.read(lambda cursor: settings_table.versions(cursor, prefix))

    def settings_at(self, version: int) -> Settings:
        """Give the settings as a version left them. Raises TendError for an unknown one."""
        return self.read(lambda cursor: settings_table.at(cursor, version))

    def refresh(self) -> None:
        """Make what follows from the rows anew where it is missing or made by another Tend."""
        if not self.read(staging.is_current):
            with self._written() as cursor:
                staging.rebuild(cursor)
        else:
            self._health.follow(self, self.snapshots, None, is_opening=True)
        self._begin_at_home()
        self._ask_for_copy()

    def close(self) -> None:
        """Let go of the file."""
        self._leave_home()  # what it takes over asks for a copy
        if self._copying:
            self._copying.close()
        try:
            self._database.close()
        finally:
            if self._lock is not None:
                self._lock.release()

    @contextlib.contextmanager
    def whole_copy(self) -> Iterator[Path]:
        """Lend a copy of all there is, made here or by the process that holds the workspace."""
        reading.refuse()
        if not self._copying:
            with complete.asked(self.path) as made:
                yield made
        else:
            made = self._copying.copier.whole(f"complete-{uuid.uuid4().hex}.duckdb")
            try:
                yield made
            finally:
                made.unlink()


def open_workspace(
    given: Path | None = None, *, read_only: bool = False, is_brief: bool = False
) -> Workspace:
    """Open the workspace, making or upgrading it where needed.

    With `read_only`, the published copy stands in while another process holds the workspace; where
    another server writes (`TEND_WRITER`), always. Who opens it only for a moment, again and again,
    is brief: others wait for that. Raises TendError when it is held, too new, damaged, or unusable.
    """
    path = workspace_path(given).absolute()
    if writer := reading.writer():
        return _opened_copy(path, writer)
    with trouble.opening(path):
        folder.make(path)
        if read_only and (copied := published.of_held(path)) is not None:
            return Workspace(path, copied, None)
        lock = folder.lock(path, is_brief=is_brief)
        try:
            folder.tidy(path)
            if folder.is_emptied(path):
                raise TendError("workspace_emptied", path=path)
            begin(path)
            record.look(path)
            workspace = Workspace(path, path / FILE, lock)
        except BaseException:
            lock.release()
            raise
    try:
        workspace.refresh()
    except BaseException:
        workspace.close()
        raise
    return workspace


def _opened_copy(path: Path, writer: str) -> Workspace:
    """Open the newest published copy, and nothing else of the folder. Raises TendError."""
    reading.make_own(path)
    with trouble.opening(path):
        if (copied := published.newest(path / PUBLISHED)) is None:
            raise TendError("no_copy_yet", path=path, writer=writer)
        opened = Workspace(path, copied, None, writer)
    if not (opened.read(migrate.is_current) and opened.read(staging.is_current)):
        raise TendError("copy_of_another", path=path, writer=writer)
    return opened

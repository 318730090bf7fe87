"""Daily copies: made beside the work, read again before they count, kept by a rule (rule.py)."""

import logging
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tend.language.errors import TendError
from tend.settings.company import Settings
from tend.store import maintenance
from tend.store.copies import folder
from tend.store.database import record, trouble
from tend.store.database.connection import FILE
from tend.store.database.record import Commit
from tend.store.database.transactions import log
from tend.store.upkeep import book, rule
from tend.store.upkeep.book import Book, Copy, Failed
from tend.store.upkeep.rule import Rule
from tend.store.workspace import Workspace

# So much stays free: a copy never takes the room that work needs.
_LEFT_FREE = 256 * 1024**2
_MEGA = 1024**2


def rule_of(settings: Settings) -> Rule:
    """Give the rule that the team has set."""
    return Rule(settings.copies_days, settings.copies_weeks, settings.copies_months)


def is_due(workspace: Workspace, now: datetime | None = None) -> bool:
    """Tell whether a copy is to be made: wanted, a night has passed, and something has changed."""
    if rule_of(workspace.settings).is_off:
        return False
    found = book.listed(workspace.path)
    last = found[0] if found else None
    if last and last.holds(record.read(workspace.path)):
        return False
    at = (now or datetime.now(UTC)).astimezone()
    return rule.is_due(last.made_at.astimezone() if last else None, at)


def make(workspace: Workspace, now: datetime | None = None) -> Copy:
    """Make a copy, and let go of those that the rule keeps no more.

    Older ones go only once the new one was read again. Raises TendError where it cannot be made;
    that is noted, so that pages can say it.
    """
    path, at = workspace.path, now or datetime.now(UTC)
    with book.alone(path):
        noted = _noted(path)
        _note(path, noted)  # so that what a killed process leaves is known by its name
        try:
            with trouble.told(book.place(path)):
                target = _written(workspace, noted, at)
            _let_go(workspace)
        except TendError as error:
            params = {key: str(value) for key, value in error.params.items()}
            _note(path, replace(noted, failed=Failed(book.said(at), error.code, params)))
            raise
        _note(path, replace(noted, failed=None))
        logging.getLogger(__name__).info("a copy of %d bytes was made", target.stat().st_size)
        return next(copy for copy in book.listed(path) if copy.file == target)


def expect(path: Path) -> None:
    """Note from when on copies are to be expected, and where they lie."""
    _note(path, _noted(path))


def _written(workspace: Workspace, noted: Book, at: datetime) -> Path:
    """Write a copy into its folder; what a killed process left there goes first."""
    path, where = workspace.path, book.place(workspace.path)
    if where == path / folder.COPIES:
        where.mkdir(mode=0o700, exist_ok=True)
    elif not where.is_dir():  # made here, it might lie under the place of a drive that is not there
        raise TendError("copies_no_folder", path=where)
    for leftover in book.unfinished(path):
        shutil.rmtree(leftover, ignore_errors=True)
    _ask_for_room(path, where)
    # what is saved meanwhile is in it or not: it counts as not
    commit = record.read(path) or Commit(workspace.version)
    target = book.file(where, noted.whose, at, commit)
    maintenance.backup(workspace, target, kind="daily")
    return target


def _ask_for_room(path: Path, where: Path) -> None:
    """Ask for the room that a copy takes while it is made and read again. Raises TendError."""
    database = (path / FILE).stat().st_size
    kept = sum(one.stat().st_size for one in folder.uploads(path))
    _ask(path, database)
    is_one_disk = path.stat().st_dev == where.stat().st_dev
    _ask(where, 2 * (database + kept) + (database if is_one_disk else 0))


def _ask(where: Path, needed: int) -> None:
    free = shutil.disk_usage(where).free
    if free < needed + _LEFT_FREE:
        told = {"needed": (needed + _LEFT_FREE) // _MEGA, "free": free // _MEGA}
        raise TendError("copies_no_room", path=where, **told)


def _let_go(workspace: Workspace) -> None:
    """Remove what the rule keeps no more; without a rule nothing goes."""
    chosen = rule_of(workspace.settings)
    if chosen.is_off:
        return
    found = {copy: copy.made_at.astimezone() for copy in book.listed(workspace.path)}
    stays = rule.kept(found.values(), chosen)
    goes = [copy for copy, at in found.items() if at not in stays]
    if goes:
        workspace.note("backup", kind="let_go", count=len(goes))
    for copy in goes:
        copy.file.unlink(missing_ok=True)


def _noted(path: Path) -> Book:
    noted = book.read(path) or Book()
    where = str(book.place(path))
    return noted if where in noted.folders else replace(noted, folders=(*noted.folders, where))


def _note(path: Path, noted: Book) -> None:
    try:
        if noted != book.read(path):
            book.write(path, noted)
    except OSError as error:
        log("how copies went could not be noted", error)

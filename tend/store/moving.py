"""Move a workspace to a home that several servers share, and back: each time held against the other.

Where it is broken off, it lies where it lay before, and the same command goes on.
"""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tend.language.errors import TendError
from tend.store.audit import acting
from tend.store.database.record import Commit
from tend.store.home import binding, engine, home
from tend.store.home.binding import Binding
from tend.store.home.files import UPLOADS
from tend.store.home.home import Home
from tend.store.home.lake import ROWS, Lake
from tend.store.workspace import Workspace

# How many commits are listed.
_LISTED = 10


@dataclass(frozen=True)
class Standing:
    """How a workspace stands to its home."""

    address: str
    server: str
    here: int  # the last commit that is known here
    there: int
    files: Path
    commits: tuple[tuple[int, str, datetime], ...]  # number, server, when; the newest first


def standing(workspace: Workspace) -> Standing | None:
    """Tell how a workspace stands to its home, if it has one. Raises TendError where it is away."""
    if (bound := binding.read(workspace.path)) is None:
        return None
    lake = Lake(bound.address)
    try:
        with workspace.whole_cursor() as cursor:
            here = home.at(cursor)
        last, commits = home.last(lake), home.commits(lake, _LISTED)
        return Standing(bound.address, bound.server, here.version, last.version, lake.files(), tuple(commits))
    finally:
        lake.close()


def to(workspace: Workspace, address: str, files: Path | None = None) -> None:
    """Let a workspace be at home at an address: move it there, or take over what lies there.

    A home that is new needs a folder for its files, which all servers see under this very name.
    Raises TendError where both hold something, and where the two are not the same afterwards.
    """
    workspace.require("settings")
    if workspace.is_published:
        raise TendError("workspace_locked", path=workspace.path)
    known = binding.read(workspace.path)
    if known is not None and known.address != engine.checked(address):
        raise TendError("home_first_back")
    bound = known or Binding(engine.checked(address))
    there = Home(workspace.path, bound)
    try:
        with workspace.turn():
            if not there.lake.is_there():
                if files is None:
                    raise TendError("home_files")
                there.lake.make(files.absolute())
            with there.turn(lambda: None):
                home.prepare(there.lake)
                _settle(workspace, there)
    finally:
        there.close()
    binding.write(workspace.path, bound)
    workspace.look_for_home()
    workspace.catch_up()
    check(workspace)


def back(workspace: Workspace) -> None:
    """Let a workspace be at home in its folder again; what lay at its home goes.

    Before that it is held against the home. Raises TendError where the two are not the same.
    """
    workspace.require("settings")
    there = workspace.home
    if there is None:
        raise TendError("home_none")
    if not (there.binding.is_leaving and not there.lake.is_there()):
        with workspace.turn():
            check(workspace)
            files = there.lake.files()
            binding.leave(workspace.path, there.binding)
            workspace.note("setting", keys=("home",))
            there.lake.drop()
            for one in (ROWS, UPLOADS):
                shutil.rmtree(files / one, ignore_errors=True)
    binding.forget(workspace.path)
    workspace.look_for_home()


def tidy(workspace: Workspace) -> None:
    """Put small changes of the home together in files. Raises TendError where it is away."""
    workspace.require("settings")
    if workspace.home is None:
        raise TendError("home_none")
    with workspace.turn():
        workspace.home.lake.tidy()


def check(workspace: Workspace) -> None:
    """Hold a workspace against its home. Raises TendError where they are not the same."""
    if found := differing(workspace):
        raise TendError("home_differs", tables=", ".join(found))


def differing(workspace: Workspace) -> list[str]:
    """Name what is not at the home as it is here. Raises TendError where the home is away."""
    if workspace.home is None:
        return []
    with workspace.turn(), workspace.whole_cursor() as cursor:
        return workspace.home.differs(cursor)


def _settle(workspace: Workspace, there: Home) -> None:
    """Put into a new home what is here; of one that is known or new here, take it over later."""
    with workspace.whole_cursor() as cursor:
        here, is_empty = home.at(cursor), _is_empty(workspace)
    if not home.last(there.lake).version:
        with workspace.writing("settings", what="setting") as cursor:
            acting.note(keys=("home",))
            there.fill(cursor)
    elif not home.is_known(there.lake, here):
        with workspace.deriving() as cursor:
            if is_empty:
                home.note(cursor, Commit(0))
            elif there.differs(cursor):
                raise TendError("home_both")
            else:  # it was broken off when all was there
                home.note(cursor, home.last(there.lake))


def _is_empty(workspace: Workspace) -> bool:
    asked = "select (select count(*) from imports) + (select count(*) from settings_history)"
    with workspace.whole_cursor() as cursor:
        row = cursor.execute(f"{asked} + (select count(*) from people)").fetchone()
    return row == (0,)

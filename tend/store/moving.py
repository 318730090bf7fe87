"""Move a workspace to a home that several servers share, and back; held against it each time.

Where it is broken off, it lies where it lay before, and the same command goes on.
"""

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tend.language.errors import TendError
from tend.store.audit import acting
from tend.store.database.record import Commit
from tend.store.home import binding, engine, files, home, listed, tables
from tend.store.home.binding import Binding
from tend.store.home.home import Home
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
    if workspace.home is None:
        return None
    bound, lake = workspace.home.binding, workspace.home.lake
    with workspace.whole_cursor() as cursor:
        here = home.at(cursor).version
    commits = tuple(listed.commits(lake, _LISTED))
    return Standing(
        bound.address, bound.server, here, home.last(lake).version, lake.files(), commits
    )


def to(workspace: Workspace, address: str, folder: Path | None = None) -> None:
    """Let a workspace be at home at an address: move it there, or take over what lies there.

    A home that is new needs a folder for its files, which all servers see under this very name.
    Raises TendError where both hold something, and where the two are not the same afterwards.
    """
    workspace.require("settings")
    if workspace.home is None:
        bound = Binding(engine.checked(address))
        with contextlib.closing(Home(workspace.path, bound)) as there, workspace.turn():
            _begin(workspace, there, folder.absolute() if folder else None)
        binding.write(workspace.path, bound)
        workspace.look_for_home()
    elif workspace.home.binding.address != address:
        raise TendError("home_first_back")
    workspace.catch_up()
    _check(workspace)


def back(workspace: Workspace) -> None:
    """Let a workspace be at home in its folder again; what lay at its home goes.

    Before that it is held against the home. Raises TendError where the two are not the same.
    """
    workspace.require("settings")
    if (there := workspace.home) is None:
        raise TendError("home_none")
    bound = there.binding
    if not bound.leaving or there.lake.is_there():
        with workspace.turn():
            _check(workspace)
            workspace.note("setting", keys=("home",))
            bound = binding.leave(workspace.path, bound, there.lake.files())
            there.lake.drop()
    files.clear(Path(bound.leaving))
    binding.forget(workspace.path)
    workspace.look_for_home()


def _check(workspace: Workspace) -> None:
    if found := workspace.unlike_home():
        raise TendError("home_differs", tables=", ".join(found))


def _begin(workspace: Workspace, there: Home, folder: Path | None) -> None:
    """Put what is here into a home that is new; an empty workspace takes over what is there."""
    if not there.lake.is_there():
        if folder is None:
            raise TendError("home_files")
        there.lake.make(folder)
    elif folder not in (None, lies := there.lake.files()):
        raise TendError("home_lies", folder=lies)
    with there.turn(lambda: None):
        listed.prepare(there.lake)
        if not home.last(there.lake).version:
            with workspace.writing("settings", what="setting") as cursor:
                acting.note(keys=("home",))
                home.note(cursor, Commit(0))  # it may have lain in another home before
                there.fill(cursor)
            return
        with workspace.deriving() as cursor:
            if _is_empty(workspace):
                home.note(cursor, Commit(0))
            elif there.differs(cursor):
                raise TendError("home_both")
            else:  # it was broken off when all was there
                home.note(cursor, home.last(there.lake))


def _is_empty(workspace: Workspace) -> bool:
    with workspace.whole_cursor() as cursor:
        return not any(
            cursor.execute(f"select 1 from {table} limit 1").fetchone()
            for table in tables.held(cursor)
        )

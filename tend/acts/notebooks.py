"""Notebooks as they are kept: each time one is kept is a version, an entry that can be taken back.

A cell is a row of its own, in the plain text of `tend.notebook.text`. Notebooks that Tend ships
are there from the start: the first version that somebody keeps of one takes its place.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from tend.language.errors import TendError
from tend.notebook import shipped, text
from tend.notebook.cells import Notebook
from tend.store.database.clock import now
from tend.store.facts import entries, imports
from tend.store.people import own
from tend.store.workspace import Workspace

PINNED, DELETED = "pinned", "deleted"
# How the addresses of pinned notebooks begin, as pages of their own.
PAGE = "notebook-"
# What a cell may hold, and how many a notebook has: a row of a spreadsheet holds no more.
LONGEST, _MOST = 30_000, 200


@dataclass(frozen=True)
class Kept:
    """A notebook as it is kept: its version (0: as Tend ships it), and whether it is pinned."""

    notebook: Notebook
    version: int = 0
    is_pinned: bool = False

    @property
    def is_shipped(self) -> bool:
        """Tell whether nobody has changed what Tend ships."""
        return self.version == 0


@dataclass(frozen=True)
class Version:
    """One version of a notebook: the number of its entry, who made it and when."""

    number: int
    who: str
    at: datetime
    notebook: Notebook


def listed(workspace: Workspace, language: str) -> tuple[Kept, ...]:
    """Give all notebooks that are not deleted, by their names; shipped ones in a language."""
    with workspace.cursor() as cursor:
        found = _current(cursor)
    there = [one for one in found.values() if one is not None]
    there += [Kept(one) for one in shipped.all_of(language) if one.id not in found]
    return tuple(sorted(there, key=lambda one: (one.notebook.name.lower(), one.notebook.id)))


def find(workspace: Workspace, called: str, language: str) -> Kept:
    """Give a notebook by its number, else by its name. Raises TendError where there is none."""
    there = listed(workspace, language)
    by_name = {kept.notebook.name: kept for kept in there}
    found = {kept.notebook.id: kept for kept in there}.get(called) or by_name.get(called)
    if found is None:
        raise TendError("unknown_notebook", name=called)
    return found


def keep(workspace: Workspace, notebook: Notebook, *, seen: int = 0) -> int:
    """Keep a version; give the number of its entry. `seen` is the version that it was made from.

    Raises TendError where somebody else has kept another one since, or it is too large.
    """
    if not notebook.name:
        raise TendError("notebook_unnamed")
    return _put(workspace, notebook, seen)


def pin(workspace: Workspace, kept: Kept) -> int:
    """Pin a notebook as a page for everybody, or take it from there; give the entry's number."""
    state = None if kept.is_pinned else PINNED
    return _put(workspace, kept.notebook, kept.version, state=state)


def delete(workspace: Workspace, kept: Kept) -> int:
    """Delete a notebook; its versions stay, and the entry can be taken back."""
    return _put(workspace, kept.notebook, kept.version, state=DELETED)


def versions(workspace: Workspace, notebook_id: str) -> tuple[Version, ...]:
    """Give the versions of a notebook that count, the newest first."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "select import_id, any_value(who), any_value(imports.imported_at),"
            " list(coalesce(cell, '') order by cell_no) from rows_notebooks"
            " inner join imports using (import_id)"
            " where notebook_id = ? and undone_at is null group by import_id"
            " order by import_id desc",
            [notebook_id],
        ).fetchall()
    return tuple(
        Version(number, who, at, _read(cells, notebook_id)) for number, who, at, cells in rows
    )


def new_id(name: str) -> str:
    """Give a number of its own to a notebook that is kept for the first time."""
    return f"nb-{hashlib.md5(f'{name}|{now()}'.encode(), usedforsecurity=False).hexdigest()[:10]}"


def copy_of(notebook: Notebook, name: str) -> Notebook:
    """Give a notebook of its own with the same cells."""
    return replace(notebook, id=new_id(name), name=name)


def undo(workspace: Workspace, number: int) -> None:
    """Take a version back: the one before counts again."""
    imports.undo(workspace, import_id=number)


def _current(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, Kept | None]:
    """Give what is kept by its number; nothing for what is deleted."""
    rows = cursor.execute(
        "select notebook_id, any_value(version), any_value(notebook_state),"
        " list(coalesce(cell, '') order by cell_no) from stg_notebooks group by notebook_id"
    ).fetchall()
    return {
        name: None if state == DELETED else Kept(_read(cells, name), version, state == PINNED)
        for name, version, state, cells in rows
    }


def _put(workspace: Workspace, notebook: Notebook, seen: int, state: str | None = "") -> int:
    """Keep a notebook with a state; an empty one stays as it is."""
    facts = _facts(notebook)
    person = workspace.person
    with workspace.writing("edit") as cursor:
        own.check(cursor, person, "notebooks", facts)  # before a word on what is there
        newest, was = _newest(cursor, notebook.id)
        if newest != seen:
            raise TendError("notebook_moved", name=notebook.name)
        said = was if state == "" else state
        return entries.put(
            cursor, "notebooks", [f | {"notebook_state": said} for f in facts], person
        )


def _newest(cursor: duckdb.DuckDBPyConnection, notebook_id: str) -> tuple[int, str | None]:
    found = cursor.execute(
        "select any_value(version), any_value(notebook_state) from stg_notebooks"
        " where notebook_id = ?",
        [notebook_id],
    ).fetchone()
    return (0, None) if found is None or found[0] is None else (int(found[0]), found[1])


def _read(cells: Sequence[str], notebook_id: str) -> Notebook:
    return text.read("\n\n".join(cells), notebook_id)


def _facts(notebook: Notebook) -> list[dict[str, object]]:
    """Give the rows of a notebook: cell 0 is what stands before the cells."""
    written = (text.head(notebook), *(text.write_cell(cell) for cell in notebook.cells))
    cells = [one.rstrip("\n") for one in written]  # as cells of a spreadsheet come back
    if len(cells) > _MOST or any(len(cell) > LONGEST for cell in cells):
        raise TendError("notebook_too_large", cells=_MOST, signs=f"{LONGEST:,}")
    return [
        {"notebook_id": notebook.id, "notebook": notebook.name, "cell_no": no, "cell": cell}
        for no, cell in enumerate(cells)
    ]

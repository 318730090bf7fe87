"""What is done to the cells of a notebook: each a change of the draft that is looked at."""

from dataclasses import replace
from functools import partial

import streamlit as st

from tend.language.errors import TendError
from tend.notebook import figure_cell
from tend.notebook.cells import KINDS, Cell, Kind, Notebook, plain_name
from tend.ui.notebook import drafts
from tend.ui.parts import done, words

PLACE = "notebook"


def add(after: str | None) -> None:
    """Offer another cell, at the end or behind one."""
    with st.container(key=f"nb_add_{after or 'end'}", horizontal=True, gap="small"):
        for kind in KINDS:
            st.button(
                words.say(f"notebook.add.{kind}"),
                key=f"add_{kind}_{after or 'end'}",
                type="tertiary",
                on_click=insert,
                args=(kind, after),
            )


def insert(kind: Kind, after: str | None) -> None:
    """Put a new cell in its place."""
    drafts.change(partial(_inserted, kind, after))


def rewrite(name: str, text: str) -> None:
    """Give a cell another text."""
    _each(name, lambda cell: replace(cell, text=text))


def say(name: str, **options: str | None) -> None:
    """Let a cell say something else of itself."""
    _each(name, lambda cell: cell.saying(**options))


def rename(old: str, name: str) -> None:
    """Give a cell another name; charts and choices that are of it go along."""
    drafts.change(partial(_renamed, old, name))


def move(name: str, by: int) -> None:
    """Move a cell up or down."""
    drafts.change(lambda notebook: notebook.moved(name, by))


def copy(name: str) -> None:
    """Put a copy of a cell behind it."""
    drafts.change(partial(_copied, name))


def delete(name: str) -> None:
    """Leave a cell out; a word brings it back."""
    draft = drafts.current()
    if draft is None:
        return
    drafts.change(lambda notebook: notebook.without(name))
    place, cell = draft.notebook.names().index(name), draft.notebook.find(name)
    assert cell is not None
    put_back = partial(_put_back, cell, place)

    def back(*_workspace: object, **_reader: object) -> None:
        drafts.change(put_back)

    done.offer(PLACE, lambda: words.say("notebook.deleted_cell", name=name), back)


def complain(error: TendError) -> None:
    """Say why something was refused."""
    done.refuse(PLACE, error)


def _each(name: str, change: drafts.ChangeCell) -> None:
    drafts.change(partial(_with_cell, name, change))


def _with_cell(name: str, change: drafts.ChangeCell, notebook: Notebook) -> Notebook:
    cell = notebook.find(name)
    return notebook if cell is None else notebook.changed(cell.name, change(cell))


def _inserted(kind: Kind, after: str | None, notebook: Notebook) -> Notebook:
    sources = [one.name for one in notebook.cells if one.kind == "sql"]
    options: tuple[tuple[str, str], ...] = ()
    if kind == "chart" and sources:
        options = (("of", sources[-1]),)
    elif kind == "parameter":
        options = (("ask", "text"),)
    return notebook.with_cell(Cell(notebook.free(plain_name(kind)), kind, "", options), after)


def _put_back(cell: Cell, place: int, notebook: Notebook) -> Notebook:
    there = notebook.with_cell(replace(cell, name=notebook.free(cell.name)))
    return there.moved(there.cells[-1].name, place - len(notebook.cells))


def _renamed(old: str, name: str, notebook: Notebook) -> Notebook:
    cells = (
        one.saying(of=name) if one.get("of").lower() == old.lower() else one
        for one in notebook.cells
    )
    return replace(
        notebook, cells=tuple(replace(one, name=name) if one.name == old else one for one in cells)
    )


def _copied(name: str, notebook: Notebook) -> Notebook:
    cell = notebook.find(name)
    if cell is None:
        return notebook
    return notebook.with_cell(replace(cell, name=notebook.free(cell.name)), name)


def back_to_figure(name: str) -> None:
    """Ask again what the page asks."""
    _each(name, figure_cell.restored)

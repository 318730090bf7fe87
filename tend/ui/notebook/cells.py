"""The cells of a notebook, one beneath the other: to be read, or to be edited."""

from collections.abc import Callable

import streamlit as st

from tend.language import format, text
from tend.notebook import charts, figure_cell, order, running
from tend.notebook.cells import Cell, Notebook
from tend.ui.notebook import asking, controls, drafts, edits, runs
from tend.ui.notebook.cell import against, charting, prose, results, tools, typing
from tend.ui.notebook.drafts import Draft
from tend.ui.parts import html, pieces, words
from tend.ui.state import address, alone


def show() -> None:
    """Show the cells; each is redrawn by itself."""
    draft = drafts.current()
    if draft is None:
        return
    is_edited = drafts.book().is_edited
    if not is_edited:
        controls.show(draft.notebook)
    for cell in draft.notebook.cells:
        with st.container(key=f"nb_{'edit' if is_edited else 'read'}_{cell.name}", gap="small"):
            (_edited if is_edited else _read)(cell.name, _around(draft))
    if is_edited:
        edits.add(after=None)


@alone.part()
def _read(name: str, seen: object) -> None:
    """Draw a cell as a reader wants it: a text, a chart, a table."""
    draft = drafts.current()
    if draft is not None and _around(draft) != seen:
        st.rerun()  # a row leads on, or a choice changes the address
    cell = draft.notebook.find(name) if draft else None
    if draft is None or cell is None:
        return
    if cell.kind == "markdown":
        if cell.get("language") in ("", address.choice().language):
            prose.show(cell.text)
    elif cell.kind == "sql" and _only_feeds(draft.notebook, cell):
        fold = st.expander(format.plain(_called(cell)), key=f"fold_{name}", on_change="rerun")
        if fold.open:
            with fold:
                _answered(draft.notebook, cell)
    elif cell.kind in ("sql", "chart"):
        _title(cell)
        _answered(draft.notebook, cell)


def _around(draft: Draft) -> object:
    """Give what stands around a cell: the address, the cells there are, whether all is kept."""
    return address.choice(), draft.notebook.names(), draft.is_changed


def _answered(notebook: Notebook, cell: Cell) -> None:
    source = charting.source(notebook, cell)
    if source is None:
        pieces.note(words.say("notebook.chart.no_source"))
        return
    asked = asking.question(notebook, source.name)
    against.show(notebook, cell, source, asked)
    tools.read(cell, source, asked)


@alone.part()
def _edited(name: str, seen: object) -> None:
    """Draw a cell with what it is made of; `seen` is what the page around it was drawn for."""
    draft = drafts.current()
    if draft is not None and _around(draft) != seen:
        st.rerun()
    cell = draft.notebook.find(name) if draft else None
    if draft is None or cell is None:
        return
    tools.line(draft.notebook, cell)
    _BY_KIND[cell.kind](draft.notebook, cell)


def _edited_text(_notebook: Notebook, cell: Cell) -> None:
    typing.prose(cell)
    prose.show(cell.text)


def _edited_sql(notebook: Notebook, cell: Cell) -> None:
    if typing.statement(notebook, cell):
        _redraw(notebook, cell)
    asked = runs.last(cell.name)
    if asked is None:
        pieces.note(words.say("notebook.not_run"))
        return
    if runs.is_stale(cell.name):
        pieces.note(words.say("notebook.stale"))
    against.show(notebook, cell, cell, asked)
    results.told(asking.answer(cell, asked))


def _edited_chart(notebook: Notebook, cell: Cell) -> None:
    typing.source(notebook, cell)
    source = charting.source(notebook, cell)
    asked = runs.last(source.name) if source else None
    if source is None or asked is None:
        pieces.note(words.say("notebook.chart.run_first"))
    elif charts.of(cell) is None:
        pieces.note(words.say("notebook.chart.choose"))
    else:
        results.show(cell, asking.answer(source, asked), cell.name)


def _edited_parameter(notebook: Notebook, cell: Cell) -> None:
    typing.parameter(notebook, cell)
    controls.one(notebook, cell)


_BY_KIND: dict[str, Callable[[Notebook, Cell], None]] = {
    "markdown": _edited_text,
    "sql": _edited_sql,
    "chart": _edited_chart,
    "parameter": _edited_parameter,
}


def _title(cell: Cell) -> None:
    """Write what a cell is called; a figure of a page goes by the page's words."""
    html.show(html.h3(_called(cell), css="tend-nb-title"))


def _called(cell: Cell) -> str:
    figure = figure_cell.of(cell)
    key = figure.key("title") if figure else ""
    said = words.say(key) if text.has(key) else cell.name.replace("_", " ")
    return format.clipped(cell.get("label") or said)


def _only_feeds(notebook: Notebook, cell: Cell) -> bool:
    """Tell whether a cell is there for others: one that is read folds it."""
    if charts.of(cell) is not None or cell.get("figure"):
        return False
    reads = running.reads_of(asking.read(notebook))
    drawn = any(one.get("of").lower() == cell.name.lower() for one in notebook.cells)
    return drawn or bool(order.needing(cell.name, reads))


def _redraw(notebook: Notebook, cell: Cell) -> None:
    """Draw anew what has changed: the cell alone, or all where others read it."""
    reads = running.reads_of(asking.read(notebook))
    if order.needing(cell.name, reads):
        st.rerun()
    st.rerun(scope="fragment")

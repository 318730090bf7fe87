"""The small tools of a cell: run, chart, move, copy, delete, compare, download."""

import pyarrow as pa
import streamlit as st

from tend.figures import wording
from tend.language import format
from tend.language.errors import TendError
from tend.notebook import columns, figure_cell
from tend.notebook.cells import KINDS, Cell, Notebook
from tend.notebook.running import Question
from tend.ui.notebook import asking, drafts, edits, runs
from tend.ui.notebook.cell import against, charting, results, typing
from tend.ui.parts import download, html, words
from tend.ui.state import address


def line(notebook: Notebook, cell: Cell) -> None:
    """Draw the line over a cell that is edited: its name, what it is, what can be done with it."""
    with st.container(
        key=f"nb_line_{cell.name}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        typing.name(notebook, cell)
        kind = html.span(words.say(f"notebook.kinds.{cell.kind}"), css="tend-note")
        html.show(kind, width="stretch")
        if cell.kind == "sql":
            st.button(
                words.say("notebook.run"),
                key=f"run_{cell.name}",
                on_click=runs.run,
                args=(cell.name,),
            )
        if cell.kind in ("sql", "chart"):
            charting.show(notebook, cell)
        _more(cell)


def read(cell: Cell, source: Cell, asked: Question | TendError) -> None:
    """Draw the one mark beneath a cell that is read: its SQL, the download, another day."""
    with st.container(
        key=f"nb_foot_{cell.name}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        results.told(asking.answer(source, asked))
        popover = st.popover(
            words.say("notebook.about"),
            key=f"method_{cell.name}",
            type="tertiary",
            on_change="rerun",
        )
    if not popover.open:
        return
    with popover, st.container(key=f"about_{cell.name}"):
        _downloads(cell, source, asked)
        against.choose(cell)
        st.code(source.text, language="sql", wrap_lines=True, height=320)


def _more(cell: Cell) -> None:
    popover = st.popover(
        words.say("notebook.more"), key=f"more_{cell.name}", type="tertiary", on_change="rerun"
    )
    if not popover.open:
        return
    with popover, st.container(key=f"nb_more_{cell.name}"):
        with st.container(horizontal=True, gap="small"):
            _do("up", cell, edits.move, -1)
            _do("down", cell, edits.move, 1)
            _do("copy", cell, edits.copy)
            _do("delete", cell, edits.delete)
        if cell.get("figure") and not figure_cell.is_untouched(cell):
            _do("restore", cell, edits.back_to_figure)
        if cell.kind in ("sql", "chart"):
            typing.title(cell)
        if cell.kind == "sql":
            against.choose(cell)
            if (asked := runs.last(cell.name)) is not None:
                _downloads(cell, cell, asked)
        with st.container(horizontal=True, gap="small"):
            html.show(html.span(words.say("notebook.add_below"), css="tend-note"), width="content")
            for kind in KINDS:
                _do(f"add.{kind}", cell, _insert, kind)


def _insert(after: str, kind: str) -> None:
    edits.insert(next(one for one in KINDS if one == kind), after)


def _do(what: str, cell: Cell, act: object, *more: object) -> None:
    assert callable(act)
    st.button(
        words.say(f"notebook.{what}"),
        key=f"{what}_{cell.name}",
        on_click=act,
        args=(cell.name, *more),
    )


def _downloads(cell: Cell, source: Cell, asked: Question | TendError) -> None:
    answer = asking.answer(source, asked)
    if isinstance(answer, TendError) or not len(answer.table):
        return
    language = address.choice().language
    kinds = columns.kinds_of(answer.table, figure_cell.of(source))
    table: pa.Table = wording.in_words(kinds, answer.table, language)
    headers = results.heads(kinds)
    draft = drafts.current()
    title = format.clipped(draft.notebook.name if draft else cell.name)
    download.offer(table, headers, title, kinds, name=cell.name, place=cell.name)

"""What a reader types into a cell: a statement, a text, what a parameter is."""

from functools import partial

import streamlit as st

from tend.acts import notebooks
from tend.language.errors import TendError
from tend.notebook.cells import ASKED, BETWEEN, Cell, Notebook
from tend.queries.door.refused import Refused
from tend.ui.notebook import asking, edits, runs, vocabulary
from tend.ui.notebook.cell import editing
from tend.ui.parts import words

_NONE = ""


def statement(notebook: Notebook, cell: Cell) -> bool:
    """Show the statement of a cell; tell whether it was changed or run just now."""
    asked = runs.last(cell.name)
    answer = asking.answer(cell, asked) if asked is not None else None
    edited = editing.statement(
        f"sql_{cell.name}",
        cell.text,
        vocabulary.offered(notebook, cell),
        words.say("notebook.statement", name=cell.name),
        answer if isinstance(answer, Refused) and not runs.is_stale(cell.name) else None,
    )
    is_changed = edited.text.strip() != cell.text.strip()
    if is_changed:
        edits.rewrite(cell.name, edited.text)
    if edited.is_run:
        runs.run(cell.name)
    return is_changed or edited.is_run


def prose(cell: Cell) -> None:
    """Show a text to be edited."""
    key = f"prose_{cell.name}"
    st.session_state[key] = cell.text
    st.text_area(
        words.say("notebook.kinds.markdown"),
        key=key,
        height="content",
        max_chars=notebooks.LONGEST,
        placeholder=words.say("notebook.text_hint"),
        label_visibility="collapsed",
        on_change=lambda: edits.rewrite(cell.name, st.session_state[key]),
    )


def source(notebook: Notebook, cell: Cell) -> None:
    """Let a chart choose the cell whose rows it draws."""
    _choose(cell, "of", [one.name for one in notebook.cells if one.kind == "sql"])


def parameter(notebook: Notebook, cell: Cell) -> None:
    """Let a parameter say what it is called, how it is asked for, and what it begins with."""
    with st.container(key=f"nb_asked_{cell.name}", horizontal=True, gap="small"):
        _write(cell, "label", words.say("notebook.parameter.label"))
        _choose(cell, "ask", list(ASKED))
        if cell.get("ask") == "choice":
            _write(cell, "choices", words.say("notebook.parameter.choices", between=BETWEEN))
            _choose(cell, "of", [_NONE, *(o.name for o in notebook.cells if o.kind == "sql")])
        _write(cell, "default", words.say("notebook.parameter.default"))


def title(cell: Cell) -> None:
    """Let a cell say what stands over its answer."""
    _write(cell, "label", words.say("notebook.title_of_cell"))


def name(notebook: Notebook, cell: Cell) -> None:
    """Show what a cell is called; another name is another table for the cells that read it."""
    key = f"name_{cell.name}"
    st.session_state[key] = cell.name
    st.text_input(
        words.say("notebook.name_of_cell"),
        key=key,
        max_chars=60,
        width=220,
        label_visibility="collapsed",
        on_change=_rename,
        args=(notebook, cell.name, key),
    )


def _rename(notebook: Notebook, old: str, key: str) -> None:
    wanted = st.session_state[key].strip()
    try:
        vocabulary.check(notebook, old, wanted)
    except TendError as error:
        edits.complain(error)
        st.session_state[key] = old
        return
    edits.rename(old, wanted)
    runs.rename(old, wanted)


def _write(cell: Cell, option: str, label: str) -> None:
    key = f"{option}_{cell.name}"
    st.session_state[key] = cell.get(option)
    st.text_input(
        label, key=key, max_chars=400, width=220, on_change=partial(_say, cell.name, option, key)
    )


def _choose(cell: Cell, option: str, offered: list[str]) -> None:
    key = f"{option}_{cell.name}"
    if not offered:
        return
    chosen, labels = cell.get(option), {one: _called(option, one) for one in offered}
    st.session_state[key] = chosen if chosen in offered else offered[0]
    st.selectbox(
        words.say(f"notebook.parameter.{option}"),
        offered,
        key=key,
        width=220,
        format_func=labels.__getitem__,
        on_change=partial(_say, cell.name, option, key),
    )


def _called(option: str, code: str) -> str:
    if option == "ask":
        return words.say(f"notebook.asked.{code}")
    return code or words.say("notebook.none")


def _say(name: str, option: str, key: str) -> None:
    edits.say(name, **{option: st.session_state[key]})

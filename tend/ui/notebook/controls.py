"""The controls of a notebook: its parameters, whose values stand in the address."""

from typing import Any

import streamlit as st

from tend.language import format
from tend.language.errors import TendError
from tend.notebook import parameters
from tend.notebook.cells import Cell, Notebook
from tend.ui.notebook import asking, drafts
from tend.ui.parts import words
from tend.view import FIRST_DAY, LAST_DAY

_WIDTH = 300


def show(notebook: Notebook) -> None:
    """Show the controls beside each other, where there are any."""
    cells = [cell for cell in notebook.cells if cell.kind == "parameter"]
    if cells:
        with st.container(key="nb_controls", horizontal=True, gap="medium"):
            for cell in cells:
                one(notebook, cell)


def one(notebook: Notebook, cell: Cell) -> None:
    """Show the control of one parameter."""
    label = format.plain(cell.get("label") or cell.name)
    written = asking.values(notebook).get(cell.name, cell.get("default"))
    key = f"value_{cell.name}"
    kept: dict[str, Any] = {"key": key, "on_change": _keep, "args": (cell.name, key)}
    try:
        value: Any = parameters.value(cell, written)
    except TendError:
        value = None
    st.session_state[key] = value
    match parameters.asked_as(cell):
        case "choice":
            _choice(notebook, cell, label, value, kept)
        case "date":
            st.date_input(
                label,
                format="YYYY-MM-DD",
                width=_WIDTH,
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                **kept,
            )
        case "number":
            st.number_input(label, format="%g", step=1.0, width=_WIDTH, **kept)
        case _:
            st.session_state[key] = written
            st.text_input(label, width=_WIDTH, max_chars=200, **kept)


def _choice(
    notebook: Notebook, cell: Cell, label: str, value: object, kept: dict[str, Any]
) -> None:
    offered = _offered(notebook, cell)
    if value is not None and value not in offered:
        offered = [str(value), *offered]
    st.selectbox(
        label, offered, width=_WIDTH, placeholder=words.say("ui.any"), format_func=_label, **kept
    )


def _offered(notebook: Notebook, cell: Cell) -> list[str]:
    """Give what is chosen from: as the cell lists it, else the first column of another cell."""
    source = notebook.find(cell.get("of"))
    if source is None:
        return list(cell.choices)
    answer = asking.answer(source, asking.question(notebook, source.name))
    if isinstance(answer, TendError) or not answer.table.num_columns:
        return []
    values = answer.table.column(0).to_pylist()
    return [str(one) for one in dict.fromkeys(values) if one is not None]


def _label(code: str) -> str:
    return format.clipped(code)


def _keep(name: str, key: str) -> None:
    value = st.session_state[key]
    written = f"{value:g}" if isinstance(value, float) else None if value is None else str(value)
    drafts.look(drafts.book_of_address().with_value(name, written))

"""The mark that a reader selects in a figure: it tells codes, and they go into the address."""

from dataclasses import replace
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures import drawing, drill, wording
from tend.figures.figure import Figure, code_of, told
from tend.ui.figures import opens
from tend.ui.state import address, printing

_DRAWN = "tend.drawn"


def key(place: str) -> str:
    """Give the key of a chart or table whose selection can be let go: it is drawn anew then."""
    return f"{place}_{st.session_state.get(f'{_DRAWN}.{place}', 0)}"


def let_go(place: str) -> None:
    """Draw a chart or table anew, with nothing selected."""
    st.session_state[f"{_DRAWN}.{place}"] = st.session_state.get(f"{_DRAWN}.{place}", 0) + 1


def chart(figure: Figure, codes: pa.Table, place: str) -> None:
    """Draw a figure's chart; where its marks lead somewhere, they can be selected."""
    assert figure.chart is not None
    language = address.choice().language
    selecting: dict[str, Any] = {"key": place}
    if figure.tells:
        selecting = {
            "key": key(place),
            "on_select": partial(open_picked if figure.opens else _pick, figure, place),
            "selection_mode": drawing.MARK,
        }
    st.vega_lite_chart(
        wording.beside(figure, codes, language),
        figure.chart(language, st.context.theme.type == "dark"),
        theme=None,
        width=printing.width(),
        **selecting,
    )


def _pick(figure: Figure, place: str) -> None:
    """Keep in the address what is selected; where nothing is, nothing of this figure."""
    picked = _selected(figure, place)
    choice = address.choice()
    if picked:
        address.change(replace(choice, drill=drill.written(figure, picked)))
    elif drill.is_of(figure, choice.drill):
        address.change(replace(choice, drill=()))


def pick_row(figure: Figure, codes: pa.Table, number: int) -> None:
    """Keep in the address the row of a table that is clicked; all of them together are no row."""
    [row] = codes.slice(number, 1).to_pylist()
    if not row.get("is_total"):
        picked = {column: told(row[column]) for column in figure.tells}
        address.change(replace(address.choice(), drill=drill.written(figure, picked)))


def open_picked(figure: Figure, place: str) -> None:
    """Open at once what is selected: the mark is one customer, or one contract."""
    if figure.opens and (picked := _selected(figure, place)):
        let_go(place)
        opens.BY_COLUMN[figure.opens](picked[figure.opens])


def _selected(figure: Figure, place: str) -> dict[str, str]:
    """Give the codes of the mark that is selected, column by column; none: nothing is."""
    state = st.session_state[key(place)] or {}
    marks = state.get("selection", {}).get(drawing.MARK) or [{}]
    told = {column: marks[0].get(code_of(column)) for column in figure.tells}
    return {} if None in told.values() else told

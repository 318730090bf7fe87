"""A figure's table in the reader's words; a click on a contract or customer opens it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures.figure import Figure
from tend.language import format
from tend.queries import library
from tend.ui.figures import marks, opens
from tend.ui.parts import columns, html, pieces, words
from tend.ui.state import address, printing

_HEIGHT = 460
# Columns one decides by stand first; the table's own menu shows the rest.
_AT_FIRST = 7
# A column of numbers that a table shows in words, and what it is called then.
_ENDS = {"days_left": "ends"}
_ON_PAPER = 400  # rows: some ten pages


def show(figure: Figure, codes: pa.Table, place: str | None = None) -> None:
    """Show the columns of a table, given in codes, that say anything."""
    place = f"table_{place or figure.name}"
    language = address.choice().language
    table = words.worded(figure.query, codes, language)
    table = _with_ends(table, codes)
    names = [_ENDS.get(name, name) for name in figure.columns] if figure.columns else ()
    shown = [name for name in names or table.column_names if _has_values(table, name)]
    if printing.is_on():
        _on_paper(figure, table.select(shown), language)
        return
    table = columns.written(figure.query, table.select(shown))
    st.dataframe(
        table,
        **_opening(figure, place, codes),
        selection_mode="single-cell",
        height=min(_HEIGHT, 38 + 35 * len(table)),
        hide_index=True,
        placeholder=format.MISSING,
        column_order=shown[:_AT_FIRST] if figure.columns else None,
        column_config=columns.config(figure.query, shown, language, words.currency()),
    )


def _with_ends(table: pa.Table, codes: pa.Table) -> pa.Table:
    """Say when a contract ends as people do: 30 days overdue, in 7 days; and whether it is lost."""
    for days, name in _ENDS.items():
        if days in table.column_names:
            said = [words.ends(row) for row in codes.to_pylist()]
            place = table.column_names.index(days)
            table = table.set_column(place, name, pa.array(said, pa.string()))
    return table


def _on_paper(figure: Figure, table: pa.Table, language: str) -> None:
    """Write the table out: paper neither scrolls nor sorts."""
    kinds, names, unit = library.find(figure.query).kinds, table.column_names, words.currency()
    heads = (html.th(words.header(figure.query, name, language, unit)) for name in names)
    lines = [html.tr(html.join("", heads))]
    for row in table.slice(0, _ON_PAPER).to_pylist():
        cells = (html.td(columns.cell(kinds.get(name), row[name], language)) for name in names)
        lines.append(html.tr(html.join("", cells)))
    html.show(html.table(*lines, css="tend-table tend-told tend-paper"))
    if (more := len(table) - _ON_PAPER) > 0:
        pieces.note(words.say("ui.not_on_paper", rows=format.count(more)))


def _opening(figure: Figure, place: str, codes: pa.Table) -> dict[str, Any]:
    """Let a click on a row open the contract or customer that it is, or else pick its members."""
    if figure.behind and figure.chart is None:
        return {"key": marks.key(place), "on_select": partial(marks.pick_row, figure, place, codes)}
    column = next((name for name in opens.BY_COLUMN if name in codes.column_names), None)
    if column is None:
        return {"key": place, "on_select": "ignore"}
    return {"key": marks.key(place), "on_select": _opener(place, column, codes)}


def _opener(place: str, column: str, codes: pa.Table) -> Callable[[], None]:
    def opened() -> None:
        cells = st.session_state[marks.key(place)]["selection"]["cells"]
        if cells and (one := codes[column][cells[0][0]].as_py()):
            if column == "customer_id":
                opens.open_customer(one, codes[column].to_pylist())
            else:
                opens.open_contract(one)
            marks.let_go(place)

    return opened


def _has_values(table: pa.Table, name: str) -> bool:
    """Leave out columns that say nothing, like a region no file gives."""
    column = table.column(name)
    if column.null_count == len(column):
        return False
    unknown = words.say("values.unknown")
    return not pa.types.is_string(column.type) or set(column.to_pylist()) != {unknown}

"""A figure's table in the reader's words; a click on a contract or customer opens it."""

from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures.figure import Figure
from tend.language import format
from tend.queries import library
from tend.queries.kinds import Kind
from tend.ui.figures import cards, marks, opens
from tend.ui.parts import columns, html, pieces, words
from tend.ui.state import address, printing, width

HEIGHT = 460
# Columns one decides by stand first; the table's own menu shows the rest.
_AT_FIRST = 7
# A column of numbers that a table shows in words, and what it is called then.
_ENDS = {"days_left": "ends"}


def show(figure: Figure, codes: pa.Table, place: str | None = None) -> None:
    """Show the columns of a table, given in codes, that say anything."""
    place = f"table_{place or figure.name}"
    language = address.choice().language
    table = words.worded(figure.query, codes, language)
    table = _with_ends(table, codes)
    names = [_ENDS.get(name, name) for name in figure.columns] if figure.columns else ()
    shown = [name for name in names or table.column_names if _has_values(table, name)]
    first = shown[:_AT_FIRST] if figure.columns else shown
    if printing.is_on():
        _on_paper(figure, table.select(first), language)
        return
    leads = _leads(figure, codes)
    if width.is_narrow():
        cards.show(figure, table.select(shown), codes, place, leads)
        return
    table = columns.written(figure.query, table.select(shown))
    st.dataframe(
        table,
        **_opening(place, leads),
        selection_mode="single-cell",
        height=min(HEIGHT, 38 + 35 * len(table)),
        hide_index=True,
        placeholder=format.MISSING,
        column_order=first,
        column_config=columns.config(figure.query, shown, language, words.currency()),
    )


def _with_ends(table: pa.Table, codes: pa.Table) -> pa.Table:
    """Say when a contract ends as people do: 30 days overdue, in 7 days; and whether it is lost."""
    for days, name in _ENDS.items():
        if days in table.column_names:
            named = [one for one in words.OF_AN_END if one in codes.column_names]
            rows = list(zip(*(codes[one].to_pylist() for one in named), strict=True))
            # thousands of rows end in a few hundred ways
            said = {row: words.ends(dict(zip(named, row, strict=True))) for row in set(rows)}
            place = table.column_names.index(days)
            ends = pa.array([said[row] for row in rows], pa.string())
            table = table.set_column(place, name, ends)
    return table


def _on_paper(figure: Figure, table: pa.Table, language: str) -> None:
    """Write the table out: paper neither scrolls nor sorts."""
    kinds, names, unit = library.find(figure.query).kinds, table.column_names, words.currency()
    sides = {name: _side(kinds.get(name)) for name in names}
    heads = (
        html.th(words.header(figure.query, name, language, unit), **sides[name]) for name in names
    )
    lines = [
        html.tr(
            *(
                html.td(columns.cell(kinds.get(name), row[name], language), **sides[name])
                for name in names
            )
        )
        for row in table.slice(0, printing.MOST).to_pylist()
    ]
    body = (html.thead(html.tr(*heads)), html.tbody(*lines))  # a head comes again on each sheet
    html.show(html.table(*body, css="tend-table tend-told tend-paper"))
    if (more := len(table) - printing.MOST) > 0:
        pieces.note(words.say("ui.not_on_paper", rows=format.count(more)))


def _side(kind: Kind | None) -> dict[str, str]:
    """Numbers stand to the right, a day on one line."""
    if kind is not None and (kind.is_rate or kind.digits is not None):
        return {"css": "tend-right"}
    return {"css": "tend-day"} if kind is not None and kind.name == "date" else {}


def _leads(figure: Figure, codes: pa.Table) -> cards.Leads:
    """Give what a row leads to: its members, else the contract or customer that it is."""
    if figure.behind and figure.chart is None:
        return partial(marks.pick_row, figure, codes)
    column = opens.column_of(codes)
    return None if column is None else partial(opens.open_row, column, codes)


def _opening(place: str, leads: cards.Leads) -> dict[str, Any]:
    """Let a click on a row lead where it leads, if it does."""
    if leads is None:
        return {"key": place, "on_select": "ignore"}

    def opened() -> None:
        cells = st.session_state[marks.key(place)]["selection"]["cells"]
        if cells:
            marks.let_go(place)
            leads(cells[0][0])

    return {"key": marks.key(place), "on_select": opened}


def _has_values(table: pa.Table, name: str) -> bool:
    """Leave out columns that say nothing, like a region no file gives."""
    column = table.column(name)
    if column.null_count == len(column):
        return False
    unknown = words.say("values.unknown")
    return not pa.types.is_string(column.type) or set(column.to_pylist()) != {unknown}

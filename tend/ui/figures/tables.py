"""A figure's table in the reader's words; a click on a contract or customer opens it."""

from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures import wording
from tend.figures.figure import Figure
from tend.language import format
from tend.queries import library
from tend.queries.kinds import Kind
from tend.ui.figures import cards, marks, opens
from tend.ui.parts import columns, html, pieces, words
from tend.ui.state import address, printing

HEIGHT = 460


def show(figure: Figure, codes: pa.Table, place: str | None = None) -> None:
    """Show the columns of a table, given in codes, that say anything."""
    place = f"table_{place or figure.name}"
    language = address.choice().language
    table = wording.shown(figure, codes, language)
    shown = table.column_names
    first = wording.first(figure, shown)
    if printing.is_on():
        _on_paper(figure, table.select(first), language)
        return
    leads = _leads(figure, codes)
    if printing.is_narrow():
        cards.show(figure, table, codes, place, leads)
        return
    table = columns.written(figure.query, table)
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


def _on_paper(figure: Figure, table: pa.Table, language: str) -> None:
    """Write the table out: paper neither scrolls nor sorts."""
    kinds, names, unit = library.find(figure.query).kinds, table.column_names, words.currency()
    sides = {name: _side(kinds.get(name)) for name in names}
    heads = (
        html.th(wording.header(figure.query, name, language, unit), **sides[name]) for name in names
    )
    lines = [
        html.tr(
            *(
                html.td(wording.cell(kinds.get(name), row[name], language), **sides[name])
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

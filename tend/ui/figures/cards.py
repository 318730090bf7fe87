"""A figure's rows on a phone: each a card that leads where the row leads, a page at a time."""

from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures.figure import Figure
from tend.language import format
from tend.queries import library
from tend.ui.figures import opens, paging
from tend.ui.parts import columns, html, pieces, words
from tend.ui.state import address

_PAGE = 10
_FACTS = 6  # what one decides by; the rest unfolds
_NAMES = ("customer_name", "contract_id")  # what a card is called by, where a row has it


def show(figure: Figure, table: pa.Table, codes: pa.Table, place: str) -> None:
    """Show a table, in words, as cards."""
    name = next((one for one in _NAMES if one in table.column_names), table.column_names[0])
    at = paging.page(place, tuple(codes.column(0).to_pylist()), len(codes), _PAGE)
    rows = table.slice(at.first, at.most).to_pylist()
    with st.container(key=f"cards_{place}", gap=None):
        for number, row in enumerate(rows, at.first):
            with st.container(key=f"rowcard_{place}_{number}", gap=None):
                _title(str(row.pop(name) or format.MISSING), codes, number, place)
                html.show(_facts(figure, row))
    paging.pager(place, len(codes), at)


def _title(name: str, codes: pa.Table, number: int, place: str) -> None:
    """Write what the card is called; where its row opens something, it is the way there."""
    said, column = format.clipped(name), opens.column_of(codes)
    if column is None:
        html.show(html.p(said, css="tend-name"))
        return
    st.button(
        format.plain(said),
        key=f"rowname_{place}_{number}",
        type="tertiary",
        on_click=opens.open_row,
        args=(column, codes, number),
    )


def _facts(figure: Figure, row: dict[str, Any]) -> html.Html:
    """Write the facts one decides by; those beyond them unfold."""
    kinds, language = library.find(figure.query).kinds, address.choice().language
    unit = words.currency()
    cells = [
        pieces.cell(
            words.header(figure.query, name, language, unit),
            format.clipped(columns.cell(kinds.get(name), value, language)),
        )
        for name, value in row.items()
    ]
    first = html.div(*cells[:_FACTS], css="tend-facing")
    if len(cells) <= _FACTS:
        return first
    more = html.summary(words.say("ui.more_facts", facts=format.count(len(cells) - _FACTS)))
    rest = html.div(*cells[_FACTS:], css="tend-facing")
    return html.join("", (first, html.details(more, rest, css="tend-rest")))

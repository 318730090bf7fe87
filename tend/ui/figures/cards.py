"""A figure's rows on a phone: each a card that leads where the row leads, a page at a time."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures import wording
from tend.figures.figure import Figure
from tend.language import format
from tend.queries import library
from tend.ui.figures import paging
from tend.ui.parts import html, pieces, words
from tend.ui.state import address

Leads = Callable[[int], None] | None
_PAGE = 10
_FACTS = 6  # what one decides by; the rest unfolds
_NAMES = ("customer_name", "contract_id")  # what a card is called by, where a row has it


def show(
    figure: Figure,
    table: pa.Table,
    codes: pa.Table,
    place: str,
    leads: Leads,
) -> None:
    """Show a table, in words, as cards."""
    name = next((one for one in _NAMES if one in table.column_names), table.column_names[0])
    at = paging.page(place, tuple(codes.column(0).to_pylist()), len(codes), _PAGE)
    rows = table.slice(at.first, at.most).to_pylist()
    with st.container(key=f"cards_{place}", gap=None):
        for number, row in enumerate(rows, at.first):
            with st.container(key=f"rowcard_{place}_{number}", gap=None):
                _title(str(row.pop(name) or format.MISSING), f"{place}_{number}", number, leads)
                [coded] = codes.slice(number, 1).to_pylist()
                html.show(_facts(figure, row, coded))
    paging.pager(place, len(codes), at)


def _title(name: str, place: str, number: int, leads: Leads) -> None:
    """Write what the card is called; where its row leads anywhere, it is the way there."""
    said = format.clipped(name)
    if leads is None:
        html.show(html.p(said, css="tend-name"))
        return
    label = format.plain(said)
    st.button(label, key=f"rowname_{place}", type="tertiary", on_click=leads, args=(number,))


def _facts(figure: Figure, row: dict[str, Any], codes: dict[str, Any]) -> html.Html:
    """Write the facts one decides by; those beyond them unfold."""
    kinds, language = library.find(figure.query).kinds, address.choice().language
    unit = words.currency()
    cells = []
    for name, value in row.items():
        said = format.clipped(wording.cell(kinds.get(name), value, language))
        ink = words.ink(kinds[name].room, codes[name]) if name in kinds else ""
        head = wording.header(figure.query, name, language, unit)
        cells.append(pieces.cell(head, html.span(said, css=ink) if ink else said))
    first = html.div(*cells[:_FACTS], css="tend-facing")
    if len(cells) <= _FACTS:
        return first
    more = html.summary(words.say("ui.more_facts", facts=format.count(len(cells) - _FACTS)))
    rest = html.div(*cells[_FACTS:], css="tend-facing")
    return html.join("", (first, html.details(more, rest, css="tend-rest")))

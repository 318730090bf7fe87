"""The rows of the list of customers: heads that order, groups with their counts, one row each."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from tend.figures import moves, wording
from tend.figures.customers.columns import SHOWN, SORTED
from tend.language import format
from tend.settings.customer_lists import CustomerList
from tend.ui.customers import bulk, list_bar, list_cells
from tend.ui.figures import opens
from tend.ui.figures.paging import Page
from tend.ui.parts import html, pieces, words
from tend.ui.state import address, printing

Row = dict[str, Any]
_NAME = SHOWN[0]
# How wide columns are: the name, then each of the seven, then those that were picked.
_WIDTHS = "1.6rem minmax(9rem,2fr) minmax(10rem,1.7fr) minmax(7rem,1.1fr) 6rem minmax(5.5rem,1fr)"
_REST = "minmax(5.5rem,1fr) minmax(6rem,1.1fr) minmax(4.5rem,.8fr)"


def show(codes: pa.Table, at: Page, listing: CustomerList) -> None:
    """Show a page of the list, each row with a tick, a name that opens the customer, and cells."""
    columns = (*SHOWN[1:], *listing.more)
    rows = codes.slice(at.first, at.most).to_pylist()
    greatest = pc.max(codes["arr"]).as_py()
    if printing.is_on():
        _on_paper(rows, columns, greatest, listing)
        return
    _style(len(listing.more))
    with st.container(key="customers_rows", gap=None):
        _heads(columns, rows, listing)
        group = None
        for row in rows:
            if listing.by and row["in_group"] != group:
                group = row["in_group"]
                _group(row, listing.by)
            _row(row, columns, greatest, codes)


def _on_paper(
    rows: list[Row], columns: tuple[str, ...], greatest: float, listing: CustomerList
) -> None:
    """Write the list out as a table: its head comes again on each sheet."""
    language = address.choice().language
    lines, group = [], None
    for row in rows:
        if listing.by and row["in_group"] != group:
            group = row["in_group"]
            lines.append(html.tr(html.th(_group_of(row, listing.by), colspan=1 + len(columns))))
        cells = (html.td(list_cells.cell(one, row, language, greatest)) for one in columns)
        lines.append(html.tr(html.td(html.b(wording.customer(row))), *cells))
    head = html.thead(html.tr(*(html.th(list_bar.called(one)) for one in (_NAME, *columns))))
    body = html.tbody(*lines)
    html.show(html.table(head, body, css="tend-table tend-rows tend-paper"))


def _style(more: int) -> None:
    template = f"{_WIDTHS} {_REST} {'minmax(5.5rem,1fr) ' * more}"
    rule = "[class*=st-key-list_row_], .st-key-list_heads"
    html.style(f"{rule} {{ --template: {template}; --least: {62 + 6 * more}rem; }}")


def _heads(columns: tuple[str, ...], rows: list[Row], listing: CustomerList) -> None:
    with st.container(key="list_heads", horizontal=True, gap=None):
        bulk.tick_page(rows)
        for name in (_NAME, *columns):
            said = list_bar.called(name)
            if name not in SORTED:
                html.show(html.span(said, css="tend-head"))
                continue
            arrow = (" ↑" if listing.is_rising else " ↓") if name == listing.sort else ""
            st.button(
                format.plain(f"{said}{arrow}"),
                key=f"head_{name}",
                type="tertiary",
                help=words.say("customers.sorted_by", column=said),
                on_click=list_bar.sort_by,
                args=(name,),
            )


def _group(row: Row, by: str) -> None:
    html.show(html.h2(_group_of(row, by), css="tend-group"))


def _group_of(row: Row, by: str) -> str:
    """Name a group, its customers and what they pay."""
    said = words.say(
        "customers.group",
        group=group_name(by, row["in_group"]),
        customers=format.count(row["group_customers"]),
        arr=format.money(row["group_arr"], address.choice().language),
    )
    return said[:1].upper() + said[1:]


def group_name(by: str, code: str) -> str:
    """Name a group: a quadrant and a cell by their two words, a tier and a CSM by its own."""
    language = address.choice().language
    if by == "quadrant" and code.isdigit():
        return moves.place(int(code), moves.SIDES, language)
    scale, slash, satisfaction = code.partition("/")
    if by == "cell" and slash:
        said = [words.say(f"values.{scale}"), words.say(f"satisfaction.{satisfaction}")]
        return format.listed(said, language)
    return wording.value(code, language)


def _row(row: Row, columns: tuple[str, ...], greatest: float, codes: pa.Table) -> None:
    language = address.choice().language
    with st.container(key=f"list_row_{row['customer_id']}", horizontal=True, gap=None):
        bulk.tick(row)
        opens.customer_button(row, f"list_{row['customer_id']}", lambda: codes["customer_id"])
        cells = (
            pieces.cell(
                list_bar.called(name),
                list_cells.cell(name, row, language, greatest),
                f"tend-of-{name}",
            )
            for name in columns
        )
        html.show(html.div(*cells, css="tend-cells"))

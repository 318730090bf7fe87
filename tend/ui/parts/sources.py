"""Where a fact comes from: file, sheet, row and its own cells, of all that is known of it."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from tend.ingest.results import Cells
from tend.language import format
from tend.store.facts import imports, row_cells
from tend.store.facts.row_cells import Wanted
from tend.ui.parts import html, pieces, words
from tend.ui.state import address, data
from tend.view import View

Row = Mapping[str, Any]
_HEADS = ("file", "sheet", "row_no", "imported_at", "who")
_ROWS = 5  # rows that are shown with their cells


def sources(dataset: str, key: str, language: str, of_row: str | None = None) -> None:
    """List the rows that speak of a fact, each with its cells, and give their files."""
    # whatever the day, the sources are the same: another one would have a model made for it
    day = View(date.max)
    found = data.ask("sources", day, dataset=dataset, key=key, of_row=of_row).to_pylist()
    found = [
        row for row in found if row["fact"] == key
    ] or found  # a contract called like a customer
    rows = list({row_cells.place(row): row for row in found}.values())  # of several facts once
    if not rows:
        pieces.note(words.say("contract.no_sources"))
        return
    place = f"sources_{dataset}_{key}"
    shown = pieces.shown(place, _ROWS)
    _table(dataset, rows[:shown], language)
    pieces.more(place, len(rows), shown)
    _files(dataset, rows)


def open_row(dataset: str, key: str, of_row: str, title: str) -> None:
    """Open the rows that speak of the facts of one row, on top of the page."""
    shown = st.dialog(format.plain(title), width="large")
    shown(sources)(dataset, key, address.choice().language, of_row)


def _table(dataset: str, rows: list[Row], language: str) -> None:
    """Write the rows, beneath each the cells as they stand."""
    ws = data.workspace()
    told = row_cells.told(ws, dataset, rows, language, _read)
    titles = html.join("", (html.th(words.say(f"columns.{name}")) for name in _HEADS))
    lines = (
        html.join("", (_source(row, language), _cells(told.get(row_cells.place(row), ()))))
        for row in rows
    )
    html.show(html.table(html.tr(titles), *lines, css="tend-table tend-told tend-sources tend-fit"))


def _read(name: str, content_hash: str, wanted: Wanted) -> Cells:
    """Read rows of a file, once: what a kept file says never changes."""
    read = partial(row_cells.of_file, data.workspace(), name, content_hash, wanted)
    return data.forever("cells", content_hash, wanted, make=read)


def _source(row: Row, language: str) -> html.Html:
    is_entry = row["origin"] == "entry"
    cells = (
        words.say("intake.history.entered") if is_entry else row["file"],
        format.MISSING if is_entry else row["sheet"],
        format.MISSING if is_entry else str(row["row_no"]),
        format.moment(row["imported_at"], language),
        row["who"] or format.MISSING,
    )
    return html.tr(*(html.td(str(cell)) for cell in cells))


def _cells(told: tuple[tuple[str, str], ...]) -> html.Html:
    """Write the cells by their headers; of a file that is gone, that they cannot be shown."""
    inside = (html.div(html.dt(format.clipped(head)), html.dd(cell)) for head, cell in told)
    if not told:
        said = html.small(words.say("contract.no_cells"), css="tend-quiet")
        return html.tr(html.td(said, colspan=len(_HEADS)))
    return html.tr(
        html.td(html.dl(*inside, css="tend-facts"), colspan=len(_HEADS)), css="tend-row-cells"
    )


def _files(dataset: str, rows: list[Row]) -> None:
    files = {row["content_hash"]: row["file"] for row in rows if row["origin"] == "file"}
    with st.container(horizontal=True, gap="small"):
        for number, (content_hash, file) in enumerate(files.items()):
            kept = imports.kept_upload(data.workspace(), file, content_hash)
            if kept.exists():
                st.download_button(
                    format.plain(words.say("contract.get_file", file=file)),
                    kept.read_bytes,
                    file_name=file,
                    key=f"source_{dataset}_{number}",
                    on_click="ignore",
                )

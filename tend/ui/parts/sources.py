"""Where a fact comes from: file, sheet, row and its own cells, of all that is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import zip_longest
from typing import Any

import streamlit as st

from tend.language import format
from tend.queries import asking
from tend.store.erased import uploads
from tend.store.facts import row_cells
from tend.store.facts.row_cells import Told
from tend.ui.parts import download, html, pieces, words
from tend.ui.state import address, alone, data, on_top
from tend.ui.state.address import Choice
from tend.view import View

Row = Mapping[str, Any]
_HEADS = ("file", "sheet", "row_no", "imported_at", "who")
_ROWS = 5  # rows that are shown with their cells
PATIENCE = 0.8  # seconds; most files are read by then, and nobody hears of it
_AGAIN = 1.0
_OPEN = "tend.row_on_top"


@dataclass(frozen=True)
class _Opened:
    """A row that was clicked, and how the page was looked at."""

    seen: Choice
    dataset: str
    key: str
    of_row: str
    title: str


def sources(dataset: str, key: str, language: str, of_row: str | None = None) -> None:
    """List the rows that speak of a fact, each with its cells, and give their files."""
    found = _found(dataset, key, of_row)
    rows = list({row_cells.place(row): row for row in found}.values())  # of several facts once
    if not rows:
        pieces.note(words.say("contract.no_sources"))
        return
    place = f"sources_{dataset}_{key}"
    shown = pieces.shown(place, _ROWS)
    _with_cells(dataset, rows[:shown], language)
    pieces.more(place, len(rows), shown)
    _erased(rows, language)
    _files(dataset, rows)


def _found(dataset: str, key: str, of_row: str | None) -> list[Row]:
    """Find the rows, as long as the facts of their data set stand: other entries change nothing."""
    # whatever the day, the sources are the same: another one would have a model made for it
    day, given = View(date.max), {"dataset": dataset, "key": key, "of_row": of_row}
    ask = partial(asking.run, data.workspace(), "sources", day, **given)
    reads = frozenset({f"stg_{dataset}"})
    asked = ("sources", *given.values())
    found = data.while_stands(*asked, reads=reads, make=ask).to_pylist()
    # a contract may be called like a customer
    return [row for row in found if row["fact"] == key] or found


def open_row(dataset: str, key: str, of_row: str, title: str) -> None:
    """Open the rows that speak of the facts of one row, on top of the page; for callbacks."""
    st.session_state[_OPEN] = _Opened(address.choice(), dataset, key, of_row, title)
    on_top.draw()


def row_on_top() -> None:
    """Show the row that was opened, as long as all else is looked at as it was then."""
    row: _Opened | None = st.session_state.get(_OPEN)
    if row and row.seen == address.choice():
        title = format.plain(row.title)
        shown = alone.dialog(title, sources, width="large", on_dismiss=_close)
        shown(row.dataset, row.key, row.seen.language, row.of_row)


def _close() -> None:
    st.session_state.pop(_OPEN, None)


def _with_cells(dataset: str, rows: list[Row], language: str) -> None:
    """Write the rows with their cells; those of a large file come when it is read."""
    told = _told(dataset, rows, language, PATIENCE)
    if told is None:
        _until_read(dataset, rows, language)
    else:
        _table(rows, [_cells(told.get(row_cells.place(row), ())) for row in rows], language)


@alone.part(run_every=_AGAIN)
def _until_read(dataset: str, rows: list[Row], language: str) -> None:
    """Write the rows alone, and that their file is being read; look for it again and again."""
    if _told(dataset, rows, language, 0) is not None:
        st.rerun()
    _table(rows, [_in_cell(words.say("contract.cells_come"))], language)


def _told(dataset: str, rows: list[Row], language: str, patience: float) -> Told | None:
    """Read the cells of rows, once: what a kept file says never changes."""
    ws = data.workspace()
    read = partial(row_cells.of_file, ws)
    make = partial(row_cells.told, ws, dataset, rows, language, read)
    places = tuple(map(row_cells.place, rows))
    return data.beside("row_cells", dataset, places, language, make=make, patience=patience)


def _table(rows: list[Row], beneath: list[html.Html], language: str) -> None:
    """Write the rows, beneath each what is known of its cells."""
    titles = html.tr(*(html.th(words.say(f"columns.{name}")) for name in _HEADS))
    sources = [_source(row, language) for row in rows]
    lines = (line for pair in zip_longest(sources, beneath) for line in pair if line)
    html.show(html.table(titles, *lines, css="tend-table tend-told tend-sources tend-fit"))


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
        return _in_cell(words.say("contract.no_cells"))
    return html.tr(
        html.td(html.dl(*inside, css="tend-facts"), colspan=len(_HEADS)), css="tend-row-cells"
    )


def _in_cell(said: str) -> html.Html:
    return html.tr(html.td(html.small(said, css="tend-quiet"), colspan=len(_HEADS)))


def _erased(rows: list[Row], language: str) -> None:
    """Tell of which files only a part is kept: who was erased has gone from them."""
    for file, day in row_cells.erased(data.workspace(), rows).items():
        said = words.say("contract.file_erased", file=file, day=format.day(day, language))
        pieces.note(said)


def _files(dataset: str, rows: list[Row]) -> None:
    files = {row["content_hash"]: row["file"] for row in rows if row["origin"] == "file"}
    with st.container(horizontal=True, gap="small"):
        for number, (content_hash, file) in enumerate(files.items()):
            kept = uploads.own_file(data.workspace(), file, content_hash)
            if kept is not None:
                download.button(
                    format.plain(words.say("contract.get_file", file=file)),
                    kept.read_bytes,
                    name=file,
                    key=f"source_{dataset}_{number}",
                )

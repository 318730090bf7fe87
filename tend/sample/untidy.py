"""Sheets as teams really keep them: titles above, merged headers, totals and notes below."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tend.sample.workbook import DATE_FORMAT, timeless

_BLANK_EVERY, _HEADER_EVERY = 45, 70
Line = Sequence[object]


@dataclass(frozen=True)
class Sheet:
    """A table and the clutter around it."""

    name: str
    headers: Sequence[str]
    rows: Sequence[Line]
    above: Sequence[str] = ()  # titles, one a line
    groups: Sequence[str] = ()  # a second header line above: neighbours of one name are merged
    total: Line = ()
    below: Sequence[str] = ()
    merged: int = 0  # so many first columns are merged where they repeat
    is_hidden: bool = False


@dataclass
class _Place:
    """Where the next line of a sheet goes."""

    sheet: Worksheet
    row: int = field(default=1)

    def write(self, cells: Line) -> None:
        for number, value in enumerate(cells, 1):
            if value not in (None, ""):
                cell = self.sheet.cell(self.row, number, value)
                cell.number_format = DATE_FORMAT if cell.is_date else cell.number_format
        self.row += 1


def save(path: Path, sheets: Sequence[Sheet]) -> Path:
    """Write a workbook."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(timeless(raw.getvalue()))
    return path


def save_text(path: Path, sheet: Sheet, encoding: str, delimiter: str = ",") -> Path:
    """Write the same as text; what Excel merges is a cell and blanks beside it."""
    with path.open("w", encoding=encoding, newline="") as file:
        table = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        table.writerows([line] for line in sheet.above)
        table.writerow(sheet.headers)
        table.writerows(_body(sheet))
        table.writerows([line] for line in sheet.below)
    return path


def _body(sheet: Sheet) -> Iterator[Line]:
    """Give the rows with blank lines and headers between, and the total at the end."""
    for number, row in enumerate(sheet.rows, 1):
        yield row
        if not sheet.merged and number % _HEADER_EVERY == 0:
            yield sheet.headers
        if not sheet.merged and number % _BLANK_EVERY == 0:
            yield [""] * len(row)
    if sheet.total:
        yield sheet.total


def _fill(ws: Worksheet, sheet: Sheet) -> None:
    place = _Place(ws)
    for title in sheet.above:
        ws.merge_cells(start_row=place.row, end_row=place.row, start_column=1, end_column=6)
        place.write([title])
    if sheet.above:
        place.row += 1
    if sheet.groups:
        _groups(place, sheet)
    else:
        place.write(sheet.headers)
    first = place.row
    for line in _body(sheet):
        place.write(line)
    if sheet.merged:
        _merge_repeated(ws, first, sheet)
    place.row += bool(sheet.below)
    for note in sheet.below:
        place.write([note])
    if sheet.is_hidden:
        ws.sheet_state = "hidden"


def _groups(place: _Place, sheet: Sheet) -> None:
    """Write two header lines: a group over its columns, or a header over both lines."""
    top, column = place.row, 1
    for name, members in groupby(zip(sheet.groups, sheet.headers, strict=True), lambda m: m[0]):
        headers = [header for _, header in members]
        for number, header in enumerate(headers, column):
            place.sheet.cell(top + 1 if name else top, number, header)
            if not name:
                place.sheet.merge_cells(
                    start_row=top, end_row=top + 1, start_column=number, end_column=number
                )
        if name:
            place.sheet.cell(top, column, name)
            place.sheet.merge_cells(
                start_row=top,
                end_row=top,
                start_column=column,
                end_column=column + len(headers) - 1,
            )
        column += len(headers)
    place.row += 2


def _merge_repeated(ws: Worksheet, first: int, sheet: Sheet) -> None:
    keys = [tuple(row[: sheet.merged]) for row in sheet.rows]
    row = first
    for _, same in groupby(keys):
        last = row + len(list(same)) - 1
        for column in range(1, sheet.merged + 1):
            if last > row:
                ws.merge_cells(start_row=row, end_row=last, start_column=column, end_column=column)
        row = last + 1

"""Cells beside the table: lines that have slipped, and columns nobody gave a header."""

import pyarrow.compute as pc

from tend.ingest.cells import arrays
from tend.ingest.mapping.side_by_side import letters
from tend.ingest.sheet import REJECTED, Sheet


def check(sheet: Sheet) -> None:
    """A line of text with more cells than the header has slipped; cells without header are told."""
    headers = sheet.body.headers
    last = max((p for p, h in enumerate(headers) if h), default=0)
    for position, header in enumerate(headers):
        filled = arrays.mask(pc.is_valid(sheet.body.cells[position])) & ~sheet.skip
        if header or not filled.any():
            continue
        if position > last and not sheet.raw.typed:
            sheet.find(filled, "too_many_cells", REJECTED)
        else:
            name = letters(position + sheet.raw.first_column - 1)
            sheet.find_in_sheet("column_without_header", column=name, count=str(filled.sum()))

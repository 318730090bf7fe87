"""Cells beside the table: lines that have slipped, and columns nobody gave a header."""

import pyarrow.compute as pc

from tend.ingest.cells import values
from tend.ingest.draft import REJECTED, Draft


def check(draft: Draft) -> None:
    """A line of text with more cells than the header has slipped; cells without header are told."""
    headers = draft.body.headers
    last = max((p for p, h in enumerate(headers) if h), default=0)
    for position, header in enumerate(headers):
        filled = values.mask(pc.is_valid(draft.body.cells[position])) & ~draft.skip
        if header or not filled.any():
            continue
        if position > last and not draft.sheet.typed:
            draft.find(filled, "too_many_cells", REJECTED)
        else:
            name = _letters(position + draft.sheet.first_column - 1)
            draft.find_in_sheet("column_without_header", column=name, count=str(filled.sum()))


def _letters(position: int) -> str:
    """Name a column as spreadsheets do: A, B, ... Z, AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name

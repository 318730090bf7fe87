"""Tables side by side in one sheet: each with its own header is one of its own (M27)."""

from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.laying_out import header_lines
from tend.ingest.mapping import data_set
from tend.ingest.reading.raw_sheet import Merge, RawSheet
from tend.ingest.results import Decision

_BLANK = r"^\s*$"


def tables(raw: RawSheet) -> list[RawSheet]:
    """Cut a sheet where blank columns part tables that are whole by themselves; else give it as is.

    The first keeps the name of the sheet, another is called by the cell its header begins in.
    """
    whole = header_lines.find(raw.cells, raw.merges)
    blank = [] if whole is None else _blank_columns(raw.cells.slice(whole.at))
    parts = [_part(raw, first, last) for first, last in _between(blank, raw.cells.num_columns)]
    headers = [header_lines.find(part.cells, part.merges) for part in parts]
    fit = [bool(one and data_set.best(one.names, raw.called)) for one in headers]
    if sum(fit) < 2:
        return [raw]
    cells = [_cell(part, one.at if one else 0) for part, one in zip(parts, headers, strict=True)]
    starts = ", ".join(cell for cell, is_table in zip(cells, fit, strict=True) if is_table)
    told = Decision("", "side_by_side", {"cells": starts})
    first = fit.index(True)
    names = [raw.name if i == first else f"{raw.name}!{cell}" for i, cell in enumerate(cells)]
    return [
        replace(part, name=name, decisions=(*part.decisions, told))
        for part, name in zip(parts, names, strict=True)
    ]


def _blank_columns(cells: pa.Table) -> list[int]:
    """Give the places of columns without any cell."""
    places = range(cells.num_columns)
    head = cells.slice(0, 30)
    return [p for p in places if _is_blank(head.column(p)) and _is_blank(cells.column(p))]


def _is_blank(column: pa.ChunkedArray) -> bool:
    return not pc.any(pc.invert(pc.match_substring_regex(column, _BLANK))).as_py()


def _between(blank: list[int], count: int) -> Iterator[tuple[int, int]]:
    """Give first and last column of what lies between blank ones."""
    first = 0
    for place in (*blank, count):
        if place > first:
            yield first, place - 1
        first = place + 1


def _part(raw: RawSheet, first: int, last: int) -> RawSheet:
    """Cut out some columns; what is known of their cells goes with them."""
    chosen = raw.cells.select(range(first, last + 1))
    inside = [merge for merge in raw.merges if first <= merge.left <= last]
    return replace(
        raw,
        cells=chosen.rename_columns([f"c{i}" for i in range(chosen.num_columns)]),
        errors=tuple((r, c - first, text) for r, c, text in raw.errors if first <= c <= last),
        strays=tuple((r, c - first) for r, c in raw.strays if first <= c <= last),
        merges=tuple(Merge(m.top, m.left - first, m.bottom, m.right - first) for m in inside),
        first_column=raw.first_column + first,
    )


def _cell(part: RawSheet, row: int) -> str:
    """Name a table's first header cell as spreadsheets do."""
    return f"{letters(part.first_column - 1)}{part.first_row + row}"


def letters(position: int) -> str:
    """Name a column as spreadsheets do: A, B, ... Z, AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name

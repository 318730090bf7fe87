"""Where the table lies in a sheet: its header, and which lines below are rows of data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import cells as lengths
from tend.ingest.cells import dates, numbers, values
from tend.ingest.cells.values import Mask
from tend.ingest.laying_out.header_lines import Header
from tend.schema import headers as names
from tend.schema.words import listed, pattern, variants

_PLAIN_DATE = r"^(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d)\b"


@dataclass(frozen=True)
class Body:
    """The lines below the header, up to the last that is not blank (K9)."""

    headers: tuple[str, ...]
    raw: tuple[pa.Array, ...]  # the file's own cells
    cells: tuple[pa.Array, ...]  # trimmed, blanks null
    first: int  # position of the first line below the header, in the sheet's table
    rows: int
    lines: tuple[tuple[str, ...], ...] = ()  # the header's own lines


def body(table: pa.Table, header: Header) -> Body:
    """Cut out what lies below the header."""
    below = table.slice(header.at + 1)
    raw = tuple(_flat(c) for c in below.columns)
    cells = tuple(values.clean(c) for c in raw)
    filled = _filled(cells, below.num_rows)
    rows = int(np.flatnonzero(filled)[-1]) + 1 if filled.any() else 0
    return Body(
        header.names,
        tuple(c.slice(0, rows) for c in raw),
        tuple(c.slice(0, rows) for c in cells),
        header.at + 1,
        rows,
        header.lines,
    )


def _flat(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _filled(cells: Sequence[pa.Array], rows: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    count = np.zeros(rows, np.int64)
    for column in cells:
        if column.null_count < len(column):
            count += values.mask(pc.is_valid(column))
    return count


def skipped(table: Body, date_columns: frozenset[int], errors: Mask) -> dict[str, Mask]:
    """Tell which lines are no data, by kind: blank, the header again, totals (K23), notes (K9)."""
    filled = _filled(table.cells, table.rows)
    blank: Mask = (filled == 0) & ~errors
    again = _repeated(table, filled) & ~blank
    rest = ~(blank | again)
    totals, notes = np.zeros(table.rows, bool), np.zeros(table.rows, bool)
    for row in np.flatnonzero(_has_total_word(table, date_columns) & rest):
        totals[row] = _is_total([c[int(row)].as_py() for c in table.cells], date_columns)
    if sum(map(bool, table.headers)) > 1:
        for row in np.flatnonzero((filled == 1) & rest & ~totals & ~errors):
            notes[row] = _is_note([c[int(row)].as_py() for c in table.cells])
    return {"blank": blank, "header": again, "totals": totals, "note": notes}


def _repeated(table: Body, filled: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Mask:
    again: Mask = np.zeros(table.rows, bool)
    for line in {table.headers, *table.lines}:
        equal = np.zeros(table.rows, np.int64)
        for header, column in zip(line, table.cells, strict=True):
            if header:
                equal += values.mask(pc.equal(column, header))
        again |= (filled >= 2) & (equal == filled)
    for row in range(min(2, table.rows)):  # the header once more in the other language
        known = [names.recognised(str(c[row])) for c in table.cells if c[row].is_valid]
        again[row] |= len(known) >= 2 and all(known)
    return again


@cache
def _total_pattern() -> str:
    words = "|".join(
        r"\s*".join(_either(ch) for ch in w.replace(" ", ""))
        for w in sorted(listed("totals"), key=len, reverse=True)
    )
    things = pattern(listed("counted"))
    count = rf"\s*[:：]?\s*[(（]?\s*[\d,.]*\s*[)）]?\s*(?:{things})?\s*[:：)）]?"
    return rf"^\s*(?:{words}){count}$"


def _either(character: str) -> str:
    """Take a simplified character or a traditional one for it: cells are kept as they are."""
    forms = variants(character)
    return re.escape(forms) if len(forms) == 1 else f"[{forms}]"


def _has_total_word(table: Body, date_columns: frozenset[int]) -> Mask:
    """Find lines with such a word; those with a plain date, most by far, are none (K23)."""
    found = np.ones(table.rows, bool)
    for position in date_columns:
        found &= ~values.mask(pc.match_substring_regex(table.cells[position], _PLAIN_DATE))
    rows = np.flatnonzero(found)
    picked = pa.array(rows) if len(rows) < table.rows else None
    words = np.zeros(len(rows), bool)
    for column in table.cells:
        cells = column if picked is None else column.take(picked)
        words |= values.mask(pc.match_substring_regex(cells, _total_pattern(), ignore_case=True))
    found[rows] = words
    return found


def _is_total(cells: list[str | None], date_columns: frozenset[int]) -> bool:
    given = [(i, c) for i, c in enumerate(cells) if c]
    words = [i for i, c in given if _is_total_word(c)]
    # The word opens the line, or stands among nothing but numbers.
    opens = given[0][0] in words
    lonely = all(i in words or numbers.parse(c) is not None for i, c in given)
    has_date = any(dates.parse(c, numbers=i in date_columns) is not None for i, c in given)
    return (opens or lonely) and not has_date


def _is_total_word(cell: str) -> bool:
    """Tell whether a cell is such a word; the pattern sees no run of blanks."""
    is_short = lengths.is_short(cell)
    return is_short and bool(re.fullmatch(_total_pattern(), " ".join(cell.split()), re.IGNORECASE))


def _is_note(cells: list[str | None]) -> bool:
    text = next(c for c in cells if c)
    return numbers.parse(text) is None and dates.parse(text) is None

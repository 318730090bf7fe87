"""Which lines below a header are no data: blank, the header again, totals, notes."""

import re
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import arrays, bound, dates, numbers
from tend.ingest.cells.arrays import Mask
from tend.ingest.laying_out.body import Body, filled_cells
from tend.schema import headers as names
from tend.schema.words import listed, pattern, variants

_PLAIN_DATE = r"^(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d)\b"


def lines(table: Body, date_columns: frozenset[int], errors: Mask) -> dict[str, Mask]:
    """Tell which lines are no data, by kind: blank, the header again, totals (K23), notes (K9)."""
    filled = filled_cells(table.cells, table.rows)
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
                equal += arrays.mask(pc.equal(column, header))
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
        found &= ~arrays.mask(pc.match_substring_regex(table.cells[position], _PLAIN_DATE))
    rows = np.flatnonzero(found)
    picked = pa.array(rows) if len(rows) < table.rows else None
    words = np.zeros(len(rows), bool)
    for column in table.cells:
        cells = column if picked is None else column.take(picked)
        words |= arrays.mask(pc.match_substring_regex(cells, _total_pattern(), ignore_case=True))
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
    is_short = bound.is_short(cell)
    return is_short and bool(re.fullmatch(_total_pattern(), " ".join(cell.split()), re.IGNORECASE))


def _is_note(cells: list[str | None]) -> bool:
    text = next(c for c in cells if c)
    return numbers.parse(text) is None and dates.parse(text) is None

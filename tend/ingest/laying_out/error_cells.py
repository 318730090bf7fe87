"""Cells that hold an error, whether the workbook marks them or a text file spells them out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import arrays
from tend.ingest.cells.arrays import Mask
from tend.ingest.laying_out.body import Body
from tend.schema.words import listed, pattern

_SPELLED = rf"^(?:{pattern(map(str.upper, listed('error_cells')))}|Err:\d{{3}})$"
Errors = dict[int, dict[int, str]]


def take_out(body: Body, marked: Iterable[tuple[int, int, str]]) -> tuple[Body, Errors]:
    """Collect the error cells as column -> row -> text; as values they are blank."""
    found: Errors = {}
    for row, column, text in marked:
        if 0 <= row - body.first < body.rows and 0 <= column < len(body.headers):
            found.setdefault(column, {})[row - body.first] = text
    cells = list(body.cells)
    for position, column_cells in enumerate(cells):
        spelled = _spelled(column_cells)
        if spelled is not None:
            texts = {int(r): str(column_cells[int(r)]) for r in np.flatnonzero(spelled)}
            found[position] = texts | found.get(position, {})
            blank = pa.scalar(None, pa.string())
            cells[position] = pc.if_else(pa.array(spelled), blank, column_cells)
    return replace(body, cells=tuple(cells)), found


def _spelled(cells: pa.Array) -> Mask | None:
    if cells.null_count == len(cells):
        return None
    likely = pc.or_(pc.starts_with(cells, "#"), pc.starts_with(cells, "Err:"))
    if not pc.any(likely).as_py():
        return None
    rows = arrays.mask(pc.match_substring_regex(cells, _SPELLED))
    return rows if rows.any() else None


def rows(errors: Mapping[int, Mapping[int, str]], count: int) -> Mask:
    """Tell which rows have an error cell."""
    found = np.zeros(count, bool)
    for texts in errors.values():
        found[list(texts)] = True
    return found

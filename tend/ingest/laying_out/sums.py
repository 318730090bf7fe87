"""Lines of a matrix of months that add up others: called a total, and one (M28)."""

import re
from collections.abc import Mapping

import numpy as np
import pyarrow.compute as pc

from tend.ingest.cells import arrays
from tend.ingest.cells import kinds as number_cells
from tend.ingest.cells.arrays import Mask
from tend.ingest.laying_out.body import Body
from tend.ingest.laying_out.months import Months
from tend.schema.words import folded, listed, pattern

_NEAR = 0.01


def told(body: Body, months: Months, kinds: Mapping[str, Mask]) -> dict[str, Mask]:
    """Give the lines that are no data: totals too, and of names alone only those at the end."""
    numbers = np.logical_or.reduce([arrays.mask(pc.is_valid(body.cells[at])) for at in months])
    last = max(np.flatnonzero(numbers), default=-1)
    notes = kinds["note"] & (np.arange(body.rows) > last)
    found = {**kinds, "note": notes}
    no = np.logical_or.reduce(list(found.values()))
    return {**found, "totals": kinds["totals"] | lines(body, months, no)}


def lines(body: Body, months: Months, skip: Mask) -> Mask:
    """Tell which lines are called a total and are one: of all lines, of those above, of a group."""
    values = np.column_stack([_numbers(body, place) for place in months])
    total = re.compile(pattern(listed("totals")), re.IGNORECASE)
    found: Mask = np.zeros(body.rows, bool)
    for row in np.flatnonzero(~skip & values.any(axis=1)).tolist():
        if total.search(folded(_name(body, months, row))):
            found[row] = _adds_up(values, row, found | skip)
    return found


def _adds_up(
    values: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", row: int, no: Mask
) -> bool:
    last = max(np.flatnonzero(no[:row]), default=-1) + 1
    free = values * ~no[:, None]
    parts = (free[:row], free[last:row], free[row + 1 :])
    return any(
        len(part) and bool(np.allclose(part.sum(axis=0), values[row], atol=_NEAR)) for part in parts
    )


def _numbers(body: Body, place: int) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    values = number_cells.read_numbers(body.cells[place], is_typed=True).values
    found: np.ndarray[tuple[int], np.dtype[np.float64]] = pc.fill_null(values, 0.0).to_numpy()
    return found


def _name(body: Body, months: Months, row: int) -> str:
    """Give what a line is called: its first cell that is no month's."""
    own = (cells[row].as_py() for at, cells in enumerate(body.cells) if at not in months)
    return next((text for text in own if text), "")[:60]

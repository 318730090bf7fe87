"""Merged cells: what a cell over several rows says of each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from tend.ingest.cells.arrays import Mask
from tend.ingest.laying_out.body import Body
from tend.ingest.reading.raw_sheet import Merge


@dataclass
class Filled:
    """A body with its merged cells filled, and the sums that nobody can tell apart."""

    body: Body
    count: int = 0
    unclear: dict[int, Mask] = field(default_factory=dict)  # position -> rows


def fill(body: Body, merges: Sequence[Merge], sums: frozenset[int], key: int | None) -> Filled:
    """Give every row of a merged cell its value; never a sum, which would count several times.

    `sums` and `key` are positions. A sum merged over the same rows as the key of its fact is one
    fact in several lines: filled too.
    """
    inside = [
        Merge(m.top - body.first, m.left, min(m.bottom - body.first, body.rows - 1), m.right)
        for m in merges
        if m.bottom > m.top >= body.first
        and m.top - body.first < body.rows
        and m.left < len(body.headers)
    ]
    whole = {(m.top, m.bottom) for m in inside if m.left == key}
    found = Filled(body)
    for position in sorted({m.left for m in inside}):
        here = [m for m in inside if m.left == position]
        if position in sums:
            apart = [m for m in here if (m.top, m.bottom) not in whole]
            if apart:
                found.unclear[position] = _rows(apart, body.rows)
            here = [m for m in here if (m.top, m.bottom) in whole]
        found.count += _fill_column(found, position, here)
    return found


def _rows(merges: Sequence[Merge], count: int) -> Mask:
    rows = np.zeros(count, bool)
    for merge in merges:
        rows[merge.top : merge.bottom + 1] = True
    return rows


def _fill_column(found: Filled, position: int, merges: Sequence[Merge]) -> int:
    """Fill both the cells as they stand, so that rejected rows are whole, and the trimmed ones."""
    if not merges:
        return 0
    own = np.arange(found.body.rows)
    source = own.copy()
    for merge in merges:
        source[merge.top : merge.bottom + 1] = merge.top
    raw, cells = list(found.body.raw), list(found.body.cells)
    blank = cells[position].is_null().to_numpy(zero_copy_only=False)
    take = pa.array(np.where(blank, source, own))
    raw[position] = raw[position].take(take)
    cells[position] = cells[position].take(take)
    found.body = replace(found.body, raw=tuple(raw), cells=tuple(cells))
    return int(blank.sum()) - int(cells[position].null_count)

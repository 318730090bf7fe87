"""Merged cells: what a cell over several rows says of each of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from tend import schema
from tend.ingest.draft import REJECTED, WARNING, Draft
from tend.ingest.sandbox import Merge

_SUMS = frozenset(("amount", "number", "hours"))
_KEYS = {"contracts": "contract_id", "tickets": "ticket_id"}


def fill(draft: Draft) -> None:
    """Give every row of a merged cell its value; never a sum, which would count several times.

    A sum merged over the same rows as the key of its fact is one fact in several lines: filled too.
    """
    tall = [m for m in draft.sheet.merges if m.bottom > m.top]
    first, rows = draft.body.first, draft.body.rows
    inside = [
        Merge(max(m.top - first, 0), m.left, min(m.bottom - first, rows - 1), m.right)
        for m in tall
        if m.top >= first and m.top - first < rows and m.left < len(draft.body.headers)
    ]
    count = 0
    for position in sorted({m.left for m in inside}):
        here = [m for m in inside if m.left == position]
        if _is_sum(draft, position):
            whole = _key_blocks(draft, inside)
            _tell_sums(draft, position, [m for m in here if (m.top, m.bottom) not in whole])
            here = [m for m in here if (m.top, m.bottom) in whole]
        count += _fill_column(draft, position, here)
    if count:
        draft.decide("merged", count=str(count))


def _is_sum(draft: Draft, position: int) -> bool:
    columns = schema.DATASETS[draft.choice.dataset].columns
    types = {p: columns[c].type for c, p in draft.choice.columns.items()}
    return types.get(position) in _SUMS or position in draft.choice.measures


def _key_blocks(draft: Draft, merges: Sequence[Merge]) -> set[tuple[int, int]]:
    position = draft.choice.columns.get(_KEYS.get(draft.choice.dataset, ""))
    return {(m.top, m.bottom) for m in merges if m.left == position}


def _tell_sums(draft: Draft, position: int, merges: Sequence[Merge]) -> None:
    rows = np.zeros(draft.body.rows, bool)
    for merge in merges:
        rows[merge.top : merge.bottom + 1] = True
    is_amount = draft.choice.columns.get("amount") == position
    draft.find(rows, "merged_sum", REJECTED if is_amount else WARNING, position)


def _fill_column(draft: Draft, position: int, merges: Sequence[Merge]) -> int:
    """Fill both the cells as they stand, so that rejected rows are whole, and the trimmed ones."""
    if not merges:
        return 0
    source = np.arange(draft.body.rows)
    for merge in merges:
        source[merge.top : merge.bottom + 1] = merge.top
    raw, cells = list(draft.body.raw), list(draft.body.cells)
    blank = cells[position].is_null().to_numpy(zero_copy_only=False)
    source = np.where(blank, source, np.arange(draft.body.rows))
    raw[position] = raw[position].take(pa.array(source))
    before = int(cells[position].null_count)
    cells[position] = cells[position].take(pa.array(source))
    draft.body = replace(draft.body, raw=tuple(raw), cells=tuple(cells))
    return before - int(cells[position].null_count)

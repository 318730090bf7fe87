"""Equal rows that are several facts: two calls of one day, nameless answers (M5, M6)."""

from collections.abc import Callable, Mapping

import numpy as np

from tend.ingest.cells.arrays import Mask
from tend.ingest.checking import keys
from tend.ingest.checking.keys import Codes, Rows
from tend.ingest.sheet import WARNING, Sheet
from tend.schema.fact_tables import TABLES


def told_apart(rows: Rows, codes: Codes) -> Codes:
    """Give rows of one key their place among them, where nothing says that they are one fact."""
    if not rows.dataset.placed:
        return codes
    told_by = rows.dataset.told_by
    free = ~rows.has(told_by) if told_by else np.ones(len(rows), bool)
    equal = keys.combined(keys.dense(codes), rows.lists)
    place = np.where(free, keys.places(equal), 1)
    rows.put("place", place)
    _warn_of_copies(rows, equal, free)
    return keys.combined(codes, place)


def _warn_of_copies(rows: Rows, equal: Codes, free: Mask) -> None:
    """A row that is equal in every column counts, but may be a copy."""
    if not (keys.places(equal)[free] > 1).any():
        return
    names = [name for name in rows.dataset.columns if name in TABLES[rows.dataset.name].names]
    whole = equal
    for name in names:
        if name not in ("customer_id", "customer_name"):
            whole = keys.combined(keys.dense(whole), rows.column(name))
    first = keys.firsts(whole)
    copies = free & (first != np.arange(len(first)))
    others = {rows.at(i): _number(rows, first[i]) for i in np.flatnonzero(copies).tolist()}
    for sheet, mask in rows.by_sheet(copies):
        sheet.find(mask, "may_be_a_copy", WARNING, about=_of(sheet, others))


def _of(
    sheet: Sheet, others: Mapping[tuple[Sheet, int], str]
) -> Callable[[int], Mapping[str, str]]:
    return lambda row: {"others": others[sheet, row]}


def _number(rows: Rows, place: int) -> str:
    sheet, row = rows.at(place)
    return str(sheet.row_no[row])

"""Usage told in parts: by product, by feature, by user; the parts of a number are added up (M4)."""

from functools import reduce

import numpy as np
import pyarrow as pa

from tend import schema
from tend.ingest.cells import arrays
from tend.ingest.checking import keys
from tend.ingest.checking.keys import Codes, Rows
from tend.ingest.mapping.choice import is_label
from tend.ingest.sheet import Sheet
from tend.schema import headers

_USER, _ACTIVE = "user", "active_users"
# Of a user's rows these say the same of the whole customer: the largest counts.
_OF_ALL = ("licensed_users", "features_used")


def told_apart(rows: Rows, codes: Codes) -> Codes:
    """Number the parts of each number of usage, where a further column tells them apart."""
    if not rows.dataset.measures:
        return codes
    found = {id(sheet): _columns(sheet) for sheet in rows.sheets}
    if not any(found.values()):
        return codes
    whole = keys.dense(codes)
    part = keys.encoded(rows.whole(lambda sheet: _words(sheet, found[id(sheet)])))
    apart = keys.distinct(whole, part) > 1
    if apart.any():
        for sheet, mine in rows.by_sheet(apart):
            _tell(sheet, found[id(sheet)], mine)
        codes = keys.combined(codes, np.where(rows.of(lambda sheet: bool(sheet.parts)), part, 0))
        rows.put("part", keys.places(whole))
    _count_users(rows, found)
    return codes


def _columns(sheet: Sheet) -> tuple[int, ...]:
    """Find the columns that may tell parts apart: those whose headers say so, else labels."""
    free = [
        position
        for position, header in enumerate(sheet.body.headers)
        if header and position not in sheet.choice.positions | sheet.choice.fixed
    ]
    named = tuple(p for p in free if headers.part(sheet.body.headers[p]))
    return named or tuple(p for p in free if is_label(sheet.body.cells[p]))


def _words(sheet: Sheet, positions: tuple[int, ...]) -> pa.Array:
    """Give each row one word for all of its columns."""
    columns = [sheet.body.cells[p].fill_null("").to_pylist() for p in positions]
    joined = ["\x1f".join(row) for row in zip(*columns, strict=True)]
    return pa.array(joined, pa.string()) if columns else pa.nulls(sheet.body.rows, pa.string())


def _tell(sheet: Sheet, positions: tuple[int, ...], apart: arrays.Mask) -> None:
    """Say that parts are added up; where no header says what they are, ask."""
    if not positions:
        return
    named = ", ".join(sheet.body.headers[p] for p in positions)
    if all(headers.part(sheet.body.headers[p]) for p in positions):
        sheet.decide("added_up", positions[0], columns=named)
    elif _are_parts_refused(sheet, positions[0], named, apart):
        return
    sheet.parts = positions


def _are_parts_refused(sheet: Sheet, position: int, named: str, apart: arrays.Mask) -> bool:
    answers = ("add", "reject")
    return sheet.ask("added_up", answers, position, rows=apart, columns=named) == "reject"


def _count_users(rows: Rows, found: dict[int, tuple[int, ...]]) -> None:
    """Count the users with any action where the file has a row a user and no such number."""
    for sheet, mine in rows.by_sheet(np.ones(len(rows), bool)):
        users = [p for p in found[id(sheet)] if headers.part(sheet.body.headers[p]) == _USER]
        if not users or _ACTIVE in sheet.choice.columns:
            continue
        sheet.parts = sheet.parts or tuple(users)
        _keep_largest(sheet, mine)
        whose = keys.dense(_whose(sheet))
        user = reduce(keys.combined, [whose, *(keys.encoded(sheet.body.cells[p]) for p in users)])
        acting = mine & _has_action(sheet)
        idle = mine & ~np.isin(whose, whose[acting])  # nobody was active: 0 is a number, too
        sheet.users = _first(user, acting), _first(whose, idle)
        sheet.decide("users_counted", users[0])


def _first(codes: Codes, among: arrays.Mask) -> arrays.Mask:
    """Tell the first row of each number."""
    rows = np.flatnonzero(among)
    found = np.zeros(len(codes), bool)
    found[rows[np.unique(codes[rows], return_index=True)[1]]] = True
    return found


def _whose(sheet: Sheet) -> Codes:
    """Number the customers and periods of a sheet."""
    columns = ("customer_id", "name_key", *schema.key_columns("period"))
    found = [sheet.column(name, pa.string()) for name in columns]
    return reduce(keys.combined, [keys.encoded(column) for column in found])


def _has_action(sheet: Sheet) -> arrays.Mask:
    names = [f"measure:{header}" for header in sheet.choice.measures.values()]
    names += [name for name in (*sheet.dataset.measures, "value") if name in sheet.typed]
    names = [name for name in names if name != "licensed_users"]  # to have a seat is no action
    values = [sheet.typed[name].fill_null(0).to_numpy(zero_copy_only=False) for name in names]
    return (
        np.logical_or.reduce([v > 0 for v in values]) if values else np.ones(sheet.body.rows, bool)
    )


def _keep_largest(sheet: Sheet, mine: arrays.Mask) -> None:
    whose = keys.dense(_whose(sheet))
    for name in _OF_ALL:
        if name in sheet.typed:
            values = sheet.typed[name].fill_null(np.nan).to_numpy(zero_copy_only=False)
            order = np.lexsort((-np.where(np.isnan(values) | ~mine, -np.inf, values), whose))
            first = order[np.unique(whose[order], return_index=True)[1]]
            rest = np.ones(len(values), bool)
            rest[first] = False
            sheet.typed[name] = pa.array(values, pa.float64(), mask=rest | np.isnan(values))

"""How the dates of a sheet are read: one order for all its columns, the book's calendar (M11)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import arrays, dates, kinds
from tend.ingest.cells.dates import ORDERS, Reading
from tend.ingest.results import Options
from tend.ingest.sheet import Sheet

_LONGEST_TERM = 3_660  # days: ten years
_HAN = ("一", "鿿")
_KINDS = ("date", "moment", "period")


def reading(sheet: Sheet, options: Options) -> Reading:
    """Find the one order in which all dates of the sheet are dates, and contracts have terms."""
    is_1904 = any(decision.code == "date_1904" for decision in sheet.raw.decisions)
    plain = Reading(zone=options.time_zone, is_1904=is_1904)
    if options.date_order:
        return replace(plain, order=options.date_order, why="chosen")
    texts = {name: _plain_dates(cells) for name, cells in date_cells(sheet)}
    told = [text for column in texts.values() for text in column]
    ways = [orders for text in told if (orders := dates.readings(text))]
    fitting = [order for order in ORDERS if all(order in one for one in ways)]
    if not ways or not fitting:
        return plain  # columns that contradict each other decide each for itself
    if len(fitting) == 1:
        return replace(plain, order=fitting[0], why="sheet")
    with_terms = [order for order in fitting if _has_terms(sheet, order)]
    if len(with_terms) == 1:
        return replace(plain, order=with_terms[0], why="terms")
    if "ymd" in (with_terms or fitting) and _is_han(sheet):
        return replace(plain, order="ymd", why="years")
    near = dates.nearest(told, with_terms or fitting, dt.date.today().year)
    return replace(plain, order=near, why="years") if near else plain


def date_cells(sheet: Sheet) -> Iterator[tuple[str, pa.Array]]:
    """Give the cells of each column of dates; of two dates in one cell the part it names."""
    positions = list(sheet.choice.columns.values())
    for name, position in sheet.choice.columns.items():
        if sheet.dataset.columns[name].kind.name in _KINDS:
            cells = sheet.body.cells[position]
            if positions.count(position) > 1:
                cells = kinds.range_part(cells, 1 if name == "start_date" else 2)
            yield name, cells


def _plain_dates(cells: pa.Array) -> list[str]:
    """Give the distinct dates of numbers alone."""
    found = (dates.bare(text) for text in arrays.distinct(cells)[0])
    return [text for text in found if dates.readings(text)]


def _has_terms(sheet: Sheet, order: str) -> bool:
    """Tell whether, read so, each contract starts before it ends and runs ten years at most."""
    cells: Mapping[str, pa.Array] = dict(date_cells(sheet))
    if not {"start_date", "end_date"} <= cells.keys():
        return False
    start, end = (
        pc.cast(kinds.read_dates(cells[name], Reading(order)).values, pa.int32())
        for name in ("start_date", "end_date")
    )
    length = pc.subtract(end, start).drop_null().to_numpy(zero_copy_only=False)
    return bool(len(length)) and bool(np.all((length >= 0) & (length <= _LONGEST_TERM)))


def _is_han(sheet: Sheet) -> bool:
    return any(_HAN[0] <= sign <= _HAN[1] for header in sheet.body.headers for sign in header)

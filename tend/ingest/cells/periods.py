"""Periods of usage: days, weeks or months, decided by the whole column (K15)."""

import datetime as dt

import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import kinds
from tend.ingest.cells.dates import Reading
from tend.ingest.cells.kinds import Parsed
from tend.schema.words import normal, vocabulary


def read(cells: pa.Array, header: str, how: Reading = kinds.PLAIN) -> Parsed:
    """Read periods; what a plain date stands for is decided by the whole column (K15)."""
    parsed = kinds.read_dates(cells, how)
    days = pc.equal(parsed.grain, "day")
    plain = pc.drop_null(parsed.values.filter(days)).unique()
    grain = _granularity(plain.to_pylist(), header)
    if grain == "month":
        months = pc.cast(pc.floor_temporal(parsed.values, unit="month"), pa.date32())
        parsed.values = pc.if_else(days, months, parsed.values)
        parsed.last = pc.if_else(days, _month_ends(parsed.values), parsed.last)
    elif grain == "week":
        parsed.last = pc.if_else(days, _days_on(parsed.values, 6), parsed.last)
    names = pc.if_else(days, pa.scalar(grain), parsed.grain)
    names = pc.if_else(pc.is_in(names, value_set=pa.array(["quarter", "year"])), "month", names)
    parsed.beside = {
        "period_start": parsed.values,
        "period_end": parsed.last,
        "granularity": names,
    }
    if len(plain):
        parsed.decisions.append((f"{grain}_periods", {"count": str(len(plain))}))
    return parsed


def _month_ends(starts: pa.Array) -> pa.Array:
    ceiling = pc.ceil_temporal(starts, unit="month", ceil_is_strictly_greater=True)
    return _days_on(pc.cast(ceiling, pa.date32()), -1)


def _days_on(days: pa.Array, count: int) -> pa.Array:
    return pc.cast(pc.add(pc.cast(days, pa.int32()), pa.scalar(count, pa.int32())), pa.date32())


def _granularity(plain: list[dt.date], header: str) -> str:
    """Tell what plain dates stand for: all first or last days are months, equal weekdays weeks."""
    if not plain:
        return "day"
    named = {grain for word, grain in vocabulary("period").items() if word in normal(header)}
    is_last = len(plain) > 1 and all((d + dt.timedelta(days=1)).day == 1 for d in plain)
    if "month" in named or is_last or all(d.day == 1 for d in plain):
        return "month"
    is_weekly = len(plain) > 1 and len({d.weekday() for d in plain}) == 1
    return "week" if is_weekly or "week" in named else "day"

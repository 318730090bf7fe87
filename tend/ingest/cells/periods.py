"""Periods of usage: days, weeks or months, decided by the whole column (K15)."""

import datetime as dt

import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import values
from tend.ingest.cells.values import Parsed
from tend.ingest.draft import Draft
from tend.schema.words import normal, vocabulary


def read(draft: Draft, cells: pa.Array, header: str, order: str | None) -> Parsed:
    """Read periods; what a plain date stands for is decided by the whole column (K15)."""
    cells = pc.if_else(pa.array(draft.skip), pa.scalar(None, pa.string()), cells)
    parsed = values.read_dates(cells, order)
    days = pc.equal(parsed.grain, "day")
    plain = pc.drop_null(parsed.values.filter(days)).unique()
    grain = _granularity(plain.to_pylist(), header)
    starts = parsed.values
    if grain == "month":
        starts = pc.if_else(
            days, pc.cast(pc.floor_temporal(starts, unit="month"), pa.date32()), starts
        )
        month_ends = _month_ends(starts)
        parsed.last = pc.if_else(days, month_ends, parsed.last)
    elif grain == "week":
        parsed.last = pc.if_else(
            days,
            pc.cast(pc.add(pc.cast(starts, pa.int32()), pa.scalar(6, pa.int32())), pa.date32()),
            parsed.last,
        )
    names = pc.if_else(days, pa.scalar(grain), parsed.grain)
    names = pc.if_else(pc.is_in(names, value_set=pa.array(["quarter", "year"])), "month", names)
    draft.typed["period_start"], draft.typed["period_end"] = starts, parsed.last
    draft.typed["granularity"] = names
    parsed.values = starts
    if len(plain):
        parsed.decisions.append((f"{grain}_periods", {"count": str(len(plain))}))
    return parsed


def _month_ends(starts: pa.Array) -> pa.Array:
    ceiling = pc.ceil_temporal(starts, unit="month", ceil_is_strictly_greater=True)
    return pc.cast(
        pc.subtract(pc.cast(pc.cast(ceiling, pa.date32()), pa.int32()), pa.scalar(1, pa.int32())),
        pa.date32(),
    )


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

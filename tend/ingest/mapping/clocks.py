"""The time of day in a column of its own: it belongs to the day beside it (M5, M6)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from tend import schema
from tend.ingest.cells import dates, times
from tend.ingest.laying_out.body import Body
from tend.schema import headers as names
from tend.schema.words import listed, normal

_MOST, _LOOK_AT = 0.9, 300
_MIDNIGHT = " 00:00:00"
_EARLIEST = "06:00:00"  # what is mostly less is how long something took


def told_apart(
    dataset: str, headers: Sequence[str], columns: Mapping[str, int], cells: Sequence[pa.Array]
) -> tuple[dict[str, int], int | None]:
    """Give the columns, and where the time of day of the facts' moment stands by itself."""
    kept = dict(columns)
    name = schema.moment(dataset)
    if name is None or name not in kept:
        return kept, None
    if _are_clocks(cells[kept[name]]):  # a time was taken for the day: 拜访时间 beside 日期
        day = next((p for p in _others(headers, kept, dataset, name) if _are_days(cells[p])), None)
        if day is None:
            return kept, None
        return {**kept, name: day}, kept[name]
    free = [p for p in range(len(headers)) if p not in kept.values()]
    free += [kept["hours"]] if "hours" in kept and _is_of_day(cells[kept["hours"]]) else []
    said = (p for p in free if _says_time(headers, p, dataset, name) and _are_clocks(cells[p]))
    if (clock := next(said, None)) is not None and kept.get("hours") == clock:
        del kept["hours"]
    return kept, clock


def _others(
    headers: Sequence[str], columns: Mapping[str, int], dataset: str, name: str
) -> list[int]:
    """Give further columns that could be the moment."""
    taken = {*columns.values()}
    ranked = (
        (rank, p)
        for p, header in enumerate(headers)
        for rank, column in names.ranks(header, dataset)
        if p not in taken and column == name
    )
    return [p for _, p in sorted(ranked)]


def _says_time(headers: Sequence[str], position: int, dataset: str, name: str) -> bool:
    header = headers[position]
    is_listed = names.head(headers, position) in map(normal, listed("time_headers"))
    return is_listed or any(column == name for _, column in names.ranks(header, dataset))


def _are_clocks(column: pa.Array) -> bool:
    texts = _sample(column)
    found = sum(times.of_day(t) is not None and dates.parse(t) is None for t in texts)
    return bool(texts) and found >= _MOST * len(texts)


def _are_days(column: pa.Array) -> bool:
    texts = _sample(column)
    return bool(texts) and sum(dates.parse(t) is not None for t in texts) >= _MOST * len(texts)


def _is_of_day(column: pa.Array) -> bool:
    """Tell whether clock-like cells are times of day rather than how long something took."""
    found = sorted(filter(None, map(times.of_day, _sample(column))))
    return bool(found) and found[len(found) // 2] >= _EARLIEST


def _sample(column: pa.Array) -> list[str]:
    texts: list[str] = column.drop_null().unique().to_pylist()
    return texts[:_LOOK_AT]


def joined(body: Body, day_at: int, clock_at: int) -> Body:
    """Write each day together with its time; a day that has one keeps it."""
    days, clocks = body.cells[day_at].to_pylist(), body.cells[clock_at].to_pylist()
    told = [_both(day, clock) for day, clock in zip(days, clocks, strict=True)]
    cells = list(body.cells)
    cells[day_at] = pa.array(told, pa.string())
    return replace(body, cells=tuple(cells))


def _both(day: str | None, clock: str | None) -> str | None:
    if day is None or clock is None or times.of_day(day):
        return day
    time = times.of_day(clock)
    return f"{day.removesuffix(_MIDNIGHT)} {time}" if time else day

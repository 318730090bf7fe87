"""The time of day that a cell gives beside its day; midnight is a day without a time."""

import datetime as dt
import re

import pyarrow as pa

from tend.ingest.cells import bound, zones
from tend.ingest.cells.arrays import distinct, spread
from tend.schema.words import pattern, vocabulary

_HALVES = pattern(vocabulary("half_of_day"))
_CLOCK = re.compile(
    rf"(?:^|[t\s日号])({_HALVES})?\s*(\d{{1,2}})(?:[:时点](\d{{1,2}})?(?:[:分](\d{{1,2}}))?|(?=\s*[ap]\.?m))"
    rf"[\d.,]*[分秒]?\s*({_HALVES})?"
)
_SERIAL = re.compile(r"\d{5}(\.\d+)")
_UNIX = re.compile(r"1\d{9}(?:\d{3})?")


def read(cells: pa.Array, zone: str = "") -> pa.Array:
    """Give each cell's time of day as HH:MM:SS, null where there is none."""
    texts, indices = distinct(cells)
    local = zones.localised(texts, zone).texts
    return spread([of_day(text) for text in local], pa.string(), indices)


def of_day(text: str) -> str | None:
    """Give the time of day that a cell tells as HH:MM:SS."""
    cell = bound.folded(text) or ""
    seconds = _of_number(cell)
    if seconds is None:
        clock = _CLOCK.search(cell)
        seconds = _of_clock(clock) if clock else None
    if not seconds or seconds >= 86_400:
        return None
    return str((dt.datetime.min + dt.timedelta(seconds=seconds)).time())


def _of_number(cell: str) -> int | None:
    """Read a spreadsheet's serial, or seconds since 1970."""
    if serial := _SERIAL.fullmatch(cell):
        return round(float(serial[1]) * 86_400)
    return int(cell[:10]) % 86_400 if _UNIX.fullmatch(cell) else None


def _of_clock(clock: re.Match[str]) -> int:
    half = vocabulary("half_of_day").get(clock[1] or clock[5] or "")
    hour = int(clock[2])
    if half == "after" and hour < 12:
        hour += 12
    if half == "before" and hour == 12:
        hour = 0
    return hour * 3600 + int(clock[3] or 0) * 60 + int(clock[4] or 0)

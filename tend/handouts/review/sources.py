"""What the file was made from: each file and sheet that went in, with its rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tend.figures import wording
from tend.figures.reading import Reading
from tend.handouts.review.packing import Json, by_language, plain
from tend.language import format
from tend.view import View

_QUERY = "imported_sheets"
_COLUMNS = ("dataset", "file", "sheet", "accepted", "rejected", "imported_at")


def told(readings: Sequence[Reading], view: View) -> Json:
    """Tell each file and sheet that counts, and what was entered in the app."""
    heads = [
        by_language([wording.header(_QUERY, name, r.language, r.currency) for r in readings])
        for name in _COLUMNS
    ]
    rows = zip(*(_rows(reading, view) for reading in readings), strict=True)
    return {"heads": heads, "rows": [_row(row) for row in rows]}


def _rows(reading: Reading, view: View) -> list[dict[str, Any]]:
    """Give the rows in words; what was entered in the app has no file."""
    table = wording.worded(_QUERY, reading.ask(_QUERY, view), reading.language)
    entered = {"file": reading.say("review.entered")}
    return [row if row["import_id"] else row | entered for row in table.to_pylist()]


def _row(of_each: Sequence[dict[str, Any]]) -> list[Json]:
    return [by_language([_written(one[name]) for one in of_each]) for name in _COLUMNS]


def _written(value: object) -> Json:
    return format.moment(value, "") if isinstance(value, datetime) else plain(value)

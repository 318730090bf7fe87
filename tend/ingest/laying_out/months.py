"""Months across: headers that are months, one after the other (M28)."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tend.ingest.cells import dates
from tend.schema.words import folded, listed, pattern, vocabulary

_FEWEST = 3
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BARE = re.compile(r"(\d{1,2})\s*月(?:份)?|([a-z]{3,9})\.?")
_SAID = re.compile(rf"(?<![a-z])(?:{pattern(listed('recurring'))})(?![a-z])")
Months = Mapping[int, dt.date]


def across(cells: Sequence[str], year: int | None = None) -> Months:
    """Give the months of a header line by their places; none where they are no months in a row."""
    found: dict[int, dt.date] = {}
    for place, cell in enumerate(cells):
        last = max(found.values(), default=None)
        if cell and (month := _month(cell, year, last)):
            found[place] = month
    steps = [_index(two) - _index(one) for one, two in pairwise(found.values())]
    is_row = all(step > 0 for step in steps) or all(step < 0 for step in steps)
    near = sum(abs(step) == 1 for step in steps)
    return found if len(found) >= _FEWEST and is_row and 2 * near >= len(steps) else {}


def _index(month: dt.date) -> int:
    return 12 * month.year + month.month


def _month(cell: str, year: int | None, last: dt.date | None) -> dt.date | None:
    """Read a header as a month; one without a year is of the year given, or of the one after."""
    text = " ".join(_SAID.sub(" ", folded(cell)).strip(" :-_()（）").split())
    span = dates.parse(text)
    if span is not None:
        is_edge = span.first.day == 1 or (span.first + dt.timedelta(days=1)).day == 1
        is_month = span.grain == "month" or (span.grain == "day" and is_edge)
        return span.first.replace(day=1) if is_month else None
    number = _bare(text)
    if number is None or year is None:
        return None
    at = max(year, last.year) if last else year
    return dt.date(at + (last is not None and last >= dt.date(at, number, 1)), number, 1)


def _bare(text: str) -> int | None:
    """Read a month without a year."""
    match = _BARE.fullmatch(text)
    if match is None:
        return None
    number = int(match[1] or vocabulary("month").get(match[2] or "", 0))
    return number if 1 <= number <= 12 else None


def with_year(group: str, cell: str) -> str | None:
    """Join a year above with the month below it; None where they are something else."""
    year = _YEAR.search(group)
    return f"{year[0]} {cell}" if year and _bare(folded(cell)) else None


def year_in(texts: Sequence[str]) -> int | None:
    """Give the one year that titles and the name of a sheet speak of."""
    found = {int(year) for text in texts for year in _YEAR.findall(text)}
    return found.pop() if len(found) == 1 else None

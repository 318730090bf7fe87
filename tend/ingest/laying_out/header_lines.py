"""Which line of a sheet holds the column headers: below titles, in one line or in two."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from tend.ingest.cells import dates, numbers
from tend.ingest.laying_out.months import Months, across, with_year, year_in
from tend.ingest.reading.raw_sheet import Merge
from tend.schema import headers as names
from tend.schema.words import normal

CUT = "…"  # the end of a header that was longer than one may be
_LOOK_AT = 30


@dataclass(frozen=True)
class Header:
    """The headers and where they stand: the line they end in, and the lines themselves."""

    at: int  # position of the (last) header line in the table
    names: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...] = ()  # as they stand in the file, to know them again
    months: Months = field(default_factory=dict)  # places of months across
    above: tuple[str, ...] = ()  # titles


def find(
    table: pa.Table,
    merges: Sequence[Merge] = (),
    wanted: frozenset[str] = frozenset(),
    fewest: int = 2,
    name: str = "",
) -> Header | None:
    """Find the lines with the most known or wanted headers among the first ones."""
    texts = _first_lines(table)
    best: tuple[tuple[int, int, int, int], Header] | None = None
    titles = [name]
    for number, row in enumerate(texts):
        above = texts[number - 1] if number else [""] * len(row)
        titles += filter(None, above)
        for two, cells in _readings(above, row, number, merges):
            found = across(cells, year_in(titles))
            known = _known(cells, wanted) | {cells[place] for place in found}
            score = (len(known), -two, sum(map(bool, cells)), -number)
            if len(known) >= fewest and (best is None or score > best[0]):
                lines = (tuple(above), tuple(row)) if two else (tuple(row),)
                best = (score, Header(number, tuple(cells), lines, found, tuple(titles)))
    return None if best is None else best[1]


def _known(cells: Sequence[str], wanted: frozenset[str]) -> set[str]:
    known = (names.recognised, names.is_foreign)
    return {h for h in cells if h and (normal(h) in wanted or any(one(h) for one in known))}


def likely(table: pa.Table, *, sure: bool) -> Header | None:
    """Find a line of column names none of which is known, so that somebody can say what they mean.

    Unless it is `sure` that the sheet holds data, it takes three names and lines as wide below.
    """
    texts = _first_lines(table)
    for number, row in enumerate(texts):
        given = [cell for cell in row if cell]
        as_names = all(numbers.parse(c) is None and dates.parse(c) is None for c in given)
        below = [sum(map(bool, line)) for line in texts[number + 1 : number + 4]]
        is_table = len(given) > 2 and as_names and len(set(given)) == len(given)
        wide = len(below) > 1 and min(below[:2]) >= 0.6 * len(given)
        if (sure and len(given) > 1 and as_names) or (is_table and wide):
            return Header(number, tuple(row), (tuple(row),))
    return None


def _first_lines(table: pa.Table) -> list[list[str]]:
    columns = [c.to_pylist() for c in table.slice(0, _LOOK_AT).columns]
    return [
        [_short(" ".join((c or "").split())) for c in row] for row in zip(*columns, strict=True)
    ]


def _short(header: str) -> str:
    return header if len(header) <= names.LONGEST else header[: names.LONGEST - 1] + CUT


def _readings(
    above: list[str], row: list[str], number: int, merges: Sequence[Merge]
) -> Iterator[tuple[bool, list[str]]]:
    """Read a line as a header by itself, and together with the line above it."""
    yield False, row
    if sum(map(bool, above)) < 2 or sum(map(bool, row)) < 2:
        return
    if any(re.fullmatch(r"[\d.,/\- :%]+", cell) for cell in row if cell):
        return  # a line with numbers is data
    yield True, _grouped(_spread(above, number - 1, merges), above, row)


def _spread(above: list[str], number: int, merges: Sequence[Merge]) -> list[str]:
    """Give each column its group: by merged cells, and where there are none by the blanks."""
    groups = list(above)
    wide = [m for m in merges if m.top <= number <= m.bottom and m.right > m.left]
    for merge in wide:
        for column in range(merge.left, min(merge.right + 1, len(groups))):
            groups[column] = above[merge.left]
    if not wide:
        for column in range(1, len(groups)):
            groups[column] = groups[column] or groups[column - 1]
    return groups


def _grouped(groups: list[str], above: list[str], row: list[str]) -> list[str]:
    """Join a group with the names below it where these say too little by themselves."""
    count = Counter(row)
    cells = []
    for group, high, low in zip(groups, above, row, strict=True):
        month = with_year(group, low)
        both = month or (f"{group} {low}" if (group + low).isascii() else group + low)
        is_better = group and low and (month or names.is_exact(both) or count[low] > 1)
        cells.append(_short(both if is_better else low or high))
    return cells

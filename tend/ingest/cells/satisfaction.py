"""Satisfaction: points in numbers and words, and the scale they are on (G4, M17)."""

import re
from dataclasses import dataclass

import pyarrow as pa

from tend.ingest.cells import bound, numbers
from tend.ingest.cells.arrays import Mask, counts, distinct, marked, spread
from tend.ingest.cells.kinds import Parsed
from tend.schema.words import folded, vocabulary

SCALES = (5.0, 10.0, 100.0)
FEW, MOST = 20, 0.95  # so many answers may hold some that are on no scale
_OF_CELL = re.compile(r"[^/]*/\s*(\d{1,3})\s*分?")
_OF_HEADER = tuple(
    re.compile(pattern)
    for pattern in (
        r"满分\s*(?:为|是|:)?\s*(\d{1,3})",
        r"(?<!\d)(\d{1,3})\s*分制",
        r"out of\s*(\d{1,3})",
        r"/\s*(\d{1,3})(?!\d)",
        r"(?<!\d)[01]\s*(?:[-–~_ ]|至|到|to)\s*(\d{1,3})(?!\d)",
        r"(\d{1,3})[- ]?point",
    )
)
_IN_WORDS = {"五分制": 5, "十分制": 10, "百分制": 100, "%": 100, "percent": 100, "百分比": 100}


@dataclass(frozen=True)
class Points:
    """The distinct answers of a column as numbers, and how often each is given."""

    found: list[float | None]
    is_known: list[bool]  # a number, or a word that is understood
    count: list[int]
    indices: pa.Array
    given: float | None = None  # the scale that the cells name


@dataclass(frozen=True)
class Scale:
    """The greatest answer there may be; by which one value alone, where one decides."""

    top: float
    by: str  # header, cells, values
    without: float | None = None  # the scale if it were not for one value


def points(cells: pa.Array, *, is_typed: bool) -> Points:
    """Read each answer as points; words are points of 1 to 5."""
    words = vocabulary("satisfaction")
    texts, indices = distinct(cells)
    meanings = [words.get(folded(t)) for t in texts]
    found: list[float | None] = []
    tops = set()
    for text, meaning in zip(texts, meanings, strict=True):
        is_word = meaning or not bound.is_short(text)
        number = None if is_word else numbers.parse(text.split("/")[0], is_typed=is_typed)
        word = float(meaning) if meaning and meaning != "blank" else None
        found.append(word if number is None else number.value * (100 if number.is_percent else 1))
        if number:
            own = _OF_CELL.fullmatch(text) if len(text) < bound.LONGEST else None
            tops.add(100.0 if number.is_percent else float(own[1]) if own else None)
    known = [f for f in found if f is not None]
    given = max((top for top in tops if top), default=None)
    if not given and known and max(known) <= 1 and any(f % 1 for f in known):
        found, given = [None if f is None else f * 100 for f in found], 100.0  # Excel's 85 %
    is_known = [f is not None or m is not None for f, m in zip(found, meanings, strict=True)]
    return Points(found, is_known, counts(texts, indices), indices, given)


def scale(told: Points, header: str) -> Scale:
    """Tell the scale: of header or cells, else the smallest that holds them, or nearly all."""
    if named := told.given or scale_of(header):
        return Scale(named, "cells" if told.given else "header")
    values = [(f, n) for f, n in zip(told.found, told.count, strict=True) if f is not None]
    total = sum(n for _, n in values)
    enough = total if total < FEW else MOST * total
    fitting = [top for top in SCALES if _held(values, top) >= enough]
    top = fitting[0] if fitting else SCALES[-1]
    lone = (s for s in SCALES if s < top and total - _held(values, s) == 1)
    below = next(lone, None) if 1 < total < FEW else None
    return Scale(top, "values", below)


def _held(values: list[tuple[float, int]], top: float) -> int:
    return sum(n for value, n in values if value <= top)


def scale_of(header: str) -> float | None:
    """Read the scale that a header names: (1-5), 满分 10, out of 10."""
    text = folded(header)
    found = next((match for one in _OF_HEADER if (match := one.search(text))), None)
    top = int(found[1]) if found else next((n for w, n in _IN_WORDS.items() if w in text), 0)
    return float(top) if 1 < top <= SCALES[-1] else None


def on_scale(told: Points, top: float) -> tuple[Parsed, Mask]:
    """Give the answers on a scale, and which lie off it."""
    off = [f is not None and not 0 <= f <= top for f in told.found]
    values: list[object] = [None if o else f for f, o in zip(told.found, off, strict=True)]
    bad = marked([not known for known in told.is_known], told.indices)
    return Parsed(spread(values, pa.float64(), told.indices), bad), marked(off, told.indices)

"""A rate times a count: 1000 x 12, 1000×12月, $10/user/month x 50 users x 12."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from tend.schema.words import listed, pattern, vocabulary

_SIGN = re.compile(r"\s*(?:[×*✕]|(?<![a-z])x(?![a-z])|乘以?)\s*")
_PLAIN = re.compile(r"[\d.,]+")
_MOST = 4
_MONTHS = {"year": 12.0, "month": 1.0, "day": 12 / 365}


@dataclass(frozen=True)
class Count:
    """How often a rate counts: so many times, for so many seats, or for so many months each."""

    number: float
    months: float | None = None
    is_seats: bool = False


def parted(cell: str) -> tuple[str, tuple[Count, ...]] | None:
    """Part a folded cell into its rate and its counts; None where it is no such product."""
    parts = _SIGN.split(cell)
    if not 2 <= len(parts) <= _MOST:
        return None
    found = [_count(part) for part in parts]
    at = _rate_at(parts, found)
    rest = [one for place, one in enumerate(found) if place != at and one is not None]
    return (parts[at], tuple(rest)) if len(rest) == len(parts) - 1 else None


def _rate_at(parts: Sequence[str], found: Sequence[Count | None]) -> int:
    """Find the factor that is money: no count, else the first that is a mere number."""
    none = [place for place, one in enumerate(found) if one is None]
    plain = [place for place, part in enumerate(parts) if _PLAIN.fullmatch(part)]
    return (none or plain or [0])[0]


def _count(text: str) -> Count | None:
    match = _counted().fullmatch(text)
    if match is None:
        return None
    number = float(vocabulary("count").get(match["number"], match["number"]))
    unit = match["unit"] or ""
    if unit in vocabulary("term_unit"):
        return Count(number, _MONTHS[vocabulary("term_unit")[unit]])
    if unit in vocabulary("rate"):
        return Count(number, float(Fraction(vocabulary("rate")[unit])))
    return Count(number, is_seats=bool(unit))


@cache
def _counted() -> re.Pattern[str]:
    units = pattern([*vocabulary("rate"), *vocabulary("term_unit"), *listed("seat_units")])
    return re.compile(
        rf"(?P<number>\d{{1,5}}(?:\.\d{{1,2}})?|{pattern(vocabulary('count'))})"
        rf"\s*(?:(?P<unit>{units})s?|期|次)?"
    )

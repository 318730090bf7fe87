"""Lengths of contracts as people write them: 12, 3年, 18 months, 一年半 (M9)."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache

from tend.ingest.cells import bound
from tend.schema.words import folded, listed, pattern, vocabulary

_LONGEST = 1200  # months: a hundred years
# What a term is called behind it, and what is given on top: 3 year term, 18个月（赠3个月）.
_CALLED = re.compile(r"(?<=[a-z年月期天])\s*(?:terms?|contracts?|subscription|合同|有效)$")
_GIFT = re.compile(r"\s*[(,+]?\s*(?:赠送|赠|送|plus|\+)\s*(\d+\s*[^\d\s()]+?)(?:赠送|赠|free)?\)?$")
_NUMBER = r"\d{1,4}(?:\.\d{1,2})?"


@dataclass(frozen=True)
class Term:
    """So many months, and days beside; `option` are the months that may be added."""

    months: int
    days: int = 0
    option: int = 0

    def last_day(self, start: dt.date) -> dt.date | None:
        """Give the last day of a contract that starts so; None beyond all calendars."""
        year, month = divmod(start.year * 12 + start.month - 1 + self.months, 12)
        try:
            if (start.month, start.day) == (2, 29) and self.months % 12 == 0 and self.days == 0:
                return dt.date(year, 3, 1) - dt.timedelta(days=1 + (year % 4 == 0))
            first = dt.date(year, month + 1, 1)
            after = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
            return first.replace(day=min(start.day, after.day)) + dt.timedelta(days=self.days - 1)
        except (ValueError, OverflowError):
            return None


def parse(text: str, unit: str | None = None) -> Term | None:
    """Read one cell; a plain number is in the unit of its header, and no term without one."""
    cell = _GIFT.sub(r"+\1", _CALLED.sub("", without_renewal(text)))
    if "+" in cell:
        return _with_option(cell, unit)
    if re.fullmatch(rf"{_NUMBER}", cell):
        return _term(**{f"{unit}s": float(cell)}) if unit else None
    found = _pattern().fullmatch(re.sub(r"[()\s\-]|\band\b|零|又|共|为期", "", cell))
    if not found or not any(found.groups()):
        return None
    years, half, months, days = found.groups()
    return _term(_count(years) + (0.5 if half else 0), _count(months), _count(days))


def _with_option(cell: str, unit: str | None) -> Term | None:
    """Read 1+1年: a term, and what may be added to it; the unit of one is that of both."""
    parts = [part.strip() for part in cell.split("+")]
    last = re.sub(rf"^(?:{_NUMBER}|{pattern(vocabulary('count'))})\s?-?\s?", "", parts[-1])
    whole = [f"{part}{last}" if is_plain(part) and last else part for part in parts]
    found = [parse(part, unit) for part in whole if part]
    if len(parts) != 2 or len(found) != 2 or found[0] is None or found[1] is None:
        return None
    return replace(found[0], option=found[1].months)


def without_renewal(text: str) -> str:
    """Fold a cell and cut off that the contract renews itself, and how often."""
    cell = bound.folded(text) or ""
    found = _renewal().sub("", cell)
    return cell if found == cell else found.strip(" ,;()-/")


def renews_itself(text: str) -> bool:
    """Tell whether a cell says that the contract renews itself."""
    return _renewal().search(bound.folded(text) or "") is not None


@cache
def _renewal() -> re.Pattern[str]:
    words, more = (pattern(listed(name)) for name in ("auto_renewal", "auto_renewal_more"))
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])(?:\s*(?:{more})(?![a-z]))?")


def is_plain(text: str) -> bool:
    """Tell whether a cell is a number without a unit."""
    return re.fullmatch(_NUMBER, bound.folded(text) or "") is not None


def unit_of(header: str) -> str | None:
    """Read the unit that a header names: Contract Term (months), 服务年限."""
    text = folded(header)
    for unit in ("month", "day", "year"):
        if any(re.search(_word(word), text) for word in _units(unit)):
            return unit
    return None


def _word(word: str) -> str:
    return rf"(?<![a-z]){re.escape(word)}(?![a-z])"


def _term(years: float = 0, months: float = 0, days: float = 0) -> Term | None:
    whole = years * 12 + months
    if not whole and days == round(days) and (found := _years_of(int(days))):
        return Term(12 * found)
    rest = round((whole % 1) * 30 + days)
    return Term(int(whole), rest) if 0 < whole + days / 30 <= _LONGEST else None


def _years_of(days: int) -> int:
    """Give the years that so many days are: 365 and 366 are one, 730 and 731 are two."""
    years = round(days / 365.25)
    return years if 365 * years <= days <= 365 * years + (years + 3) // 4 else 0


def _count(written: str | None) -> float:
    if not written:
        return 0.0
    return float(vocabulary("count").get(written, written))


@cache
def _units(unit: str) -> tuple[str, ...]:
    return tuple(word for word, one in vocabulary("term_unit").items() if one == unit)


@cache
def _pattern() -> re.Pattern[str]:
    number = rf"({_NUMBER}|{pattern(vocabulary('count'))})"
    year, month, day = (pattern(_units(unit)) for unit in ("year", "month", "day"))
    return re.compile(
        rf"(?:{number}(?:{year})(半)?)?(?:{number}(?:{month}))?(?:{number}(?:{day}))?"
    )

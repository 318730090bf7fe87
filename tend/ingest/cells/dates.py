"""Dates as people write them: a day, a month or a quarter; which of day and month comes first."""
# ruff: noqa: E501 - the table of forms reads better with a form a line

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tend.ingest.cells import bound
from tend.schema.words import vocabulary

_YEARS = (1900, 2199)
EPOCH, EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
ORDERS = ("dmy", "mdy", "ymd")
_MONTHS = {word: int(number) for word, number in vocabulary("month").items()}
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_WEEKDAY = re.compile(
    r"(?<![(\s])[(\s]*+(?:星期|周|礼拜)[一二三四五六日天][)\s]*|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+"
)
_TIME = re.compile(
    r"(?:[t\s]+(?:上午|下午|am|pm)?\s*\d{1,2}[:时点]\d{0,2}.*|\s*(?:上午|下午)\s*\d.*|(?<=日)\d{1,2}[:时点]\d{0,2}.*)$"
)


@dataclass(frozen=True)
class Span:
    """The days a date cell means: one day, or all of a month, quarter, week or year."""

    first: dt.date
    last: dt.date
    grain: str = "day"


@dataclass(frozen=True)
class Order:
    """Whether day, month or year comes first in a column, and how many cells say so."""

    order: str | None  # one of ORDERS; None where the values cannot say
    count: int = 0
    example: str = ""


@dataclass(frozen=True)
class Reading:
    """How dates of a sheet are read: what comes first and who says so, the book's first day."""

    order: str | None = None  # None: each column decides for itself
    why: str = ""  # chosen, terms, sheet
    zone: str = ""
    is_1904: bool = False


def decide_order(texts: Sequence[str], counts: Sequence[int] | None = None) -> Order:
    """Tell what a column writes first, by the cells that allow one reading only."""
    found = dict.fromkeys(ORDERS, 0)
    examples: dict[str, str] = {}
    for text, count in zip(texts, counts or [1] * len(texts), strict=True):
        ways = readings(text)
        if len(ways) == 1:
            found[ways[0]] += count
            examples.setdefault(ways[0], text)
    best, second = sorted(ORDERS, key=lambda o: -found[o])[:2]
    if found[best] == found[second]:
        near = nearest(texts, _reading_all(texts), dt.date.today().year)
        return Order(near, found[best])
    return Order(best, found[best], examples[best])


def readings(text: str) -> tuple[str, ...]:
    """Give the orders in which a plain date is a day; none for what is no plain date."""
    match = _AMBIGUOUS.fullmatch(text)
    return tuple(o for o in ORDERS if match and _ordered(match, o)) if match else ()


def _reading_all(texts: Sequence[str]) -> list[str]:
    ways = [found for text in texts if (found := readings(text))]
    return [order for order in ORDERS if ways and all(order in one for one in ways)]


def nearest(texts: Sequence[str], orders: Sequence[str], year: int) -> str | None:
    """Give the order that puts years of two digits nearer to a year, where it is clearly nearer."""
    if len(orders) < 2:
        return None
    found = {}
    for order in orders:
        matches = (_AMBIGUOUS.fullmatch(text) for text in texts)
        days = [_ordered(m, order) for m in matches if m and len(m[3]) == 2]
        found[order] = sum(abs(day.year - year) for day in days if day)
        if not days:
            return None
    best, second = sorted(found, key=found.__getitem__)[:2]
    return best if 2 * found[best] <= found[second] and found[second] else None


def _ordered(match: re.Match[str], order: str) -> dt.date | None:
    one, two, three = match[1], match[2], match[3]
    if len(one if order == "ymd" else three) < 2 or (order == "ymd" and len(three) > 2):
        return None
    year, month_number, day = {
        "dmy": (three, two, one), "mdy": (three, one, two), "ymd": (one, two, three)
    }[order]  # fmt: skip
    try:
        return dt.date(_year(year), int(month_number), int(day))
    except ValueError:
        return None


def is_ambiguous(text: str) -> bool:
    """Tell whether a plain date could be read in two ways with another result."""
    match = _AMBIGUOUS.fullmatch(bare(text))
    return bool(match and len({_ordered(match, one) for one in ORDERS} - {None}) > 1)


def bare(text: str) -> str:
    """Fold a cell and cut off weekday and time of day; of a cell too long for a date, nothing."""
    return _bare(text) if bound.is_short(text) else ""


@lru_cache(100_000)  # a column's texts are looked at three times over
def _bare(text: str) -> str:
    folded = _WEEKDAY.sub(" ", bound.folded(text) or "").strip()
    return _TIME.sub("", folded).strip().rstrip(",")


def parse(
    text: str, order: str = "dmy", *, numbers: bool = True, epoch: dt.date = EPOCH
) -> Span | None:
    """Read one cell; None when it is no date. `numbers`: 45292 and 20240305 count as dates."""
    span = _parse(text, order, epoch if numbers else None)
    return span if span and _YEARS[0] <= span.first.year and span.last.year <= _YEARS[1] else None


def _parse(text: str, order: str, epoch: dt.date | None) -> Span | None:
    cell = bare(text)
    try:
        if "年" in cell:
            cell = _from_han(cell)
        for pattern, make in _FORMS:
            match = pattern.fullmatch(cell)
            if match:
                return make(match)
        match = _AMBIGUOUS.fullmatch(cell)
        if match:
            return _by_order(match, order)
        return _from_number(cell, epoch) if epoch else None
    except (ValueError, OverflowError):
        return None


def month(year: int, number: int) -> Span:
    """Give all of a month."""
    first = dt.date(year, number, 1)
    after = dt.date(year + number // 12, number % 12 + 1, 1)
    return Span(first, after - dt.timedelta(days=1), "month")


def _day(year: int, month_number: int, day: int) -> Span:
    date = dt.date(year, month_number, day)
    return Span(date, date)


def _quarter(year: int, number: int) -> Span:
    return Span(month(year, 3 * number - 2).first, month(year, 3 * number).last, "quarter")


def _week(year: int, number: int) -> Span:
    first = dt.date.fromisocalendar(year, number, 1)
    return Span(first, first + dt.timedelta(days=6), "week")


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) <= 2:
        return year + (2000 if year < 70 else 1900)
    return year + 1911 if len(digits) == 3 else year  # three digits: the calendar of Taiwan


def _by_order(match: re.Match[str], order: str) -> Span | None:
    """Read a plain date in its column's order, or else in the one it allows."""
    days = (_ordered(match, one) for one in (order, *ORDERS[:2]))
    day = next((one for one in days if one), None)
    return Span(day, day) if day else None


def _from_number(cell: str, epoch: dt.date) -> Span | None:
    if re.fullmatch(r"\d{8}", cell):
        return _day(int(cell[:4]), int(cell[4:6]), int(cell[6:]))
    if re.fullmatch(r"(19|20)\d{4}", cell):
        return month(int(cell[:4]), int(cell[4:]))
    if re.fullmatch(r"(19[5-9]|20)\d{1,2}", cell) and len(cell) == 4:
        return Span(dt.date(int(cell), 1, 1), dt.date(int(cell), 12, 31), "year")
    if re.fullmatch(r"\d{5}(\.\d+)?", cell) and 20_000 <= float(cell) <= 80_000:
        date = epoch + dt.timedelta(days=int(float(cell)))
        return Span(date, date)
    if re.fullmatch(r"1[0-9]{9}(\d{3})?", cell):  # seconds or milliseconds since 1970
        date = dt.datetime.fromtimestamp(int(cell[:10]), tz=dt.UTC).date()
        return Span(date, date)
    return None


def _from_han(cell: str) -> str:
    """二〇二四年三月十五日 -> 2024年3月15日; 第一季度 -> 第1季度."""
    cell = re.sub(r"(?<=[一二三四五六七八九])十(?=[一二三四五六七八九])", "", cell)
    cell = re.sub(r"(?<=[一二三四五六七八九])十", "0", cell)
    cell = re.sub(r"十(?=[一二三四五六七八九])", "1", cell).replace("十", "10")
    return cell.translate(_HAN_DIGITS)


def _name(text: str) -> int:
    if text.strip(".") not in _MONTHS:
        raise ValueError(text)
    return _MONTHS[text.strip(".")]


_AMBIGUOUS = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{1,2})")
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Span]], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?z?", lambda m: _day(int(m[1]), int(m[2]), int(m[3]))),
        (r"(\d{2,3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?", lambda m: _day(_year(m[1]), int(m[2]), int(m[3]))),
        (r"(\d{4})\s*[-/.年 ]\s*(\d{1,2})\s*月?", lambda m: month(int(m[1]), int(m[2]))),
        (r"(\d{2,3})\s*年\s*(\d{1,2})\s*月", lambda m: month(_year(m[1]), int(m[2]))),
        (r"(\d{1,2})[-/.](\d{4})", lambda m: month(int(m[2]), int(m[1]))),
        (r"(\d{4}|\d{2})\s*[-/年]?\s*第?\s*q?\s*([1-4])\s*(?:季度|季)", lambda m: _quarter(_year(m[1]), int(m[2]))),
        (r"(\d{4})\s*[-/. 年]?\s*q\s*([1-4])", lambda m: _quarter(int(m[1]), int(m[2]))),
        (r"q([1-4])\s*[-/,' ]?\s*(\d{4}|\d{2})", lambda m: _quarter(_year(m[2]), int(m[1]))),
        (r"([1-4])q\s*[-/' ]?(\d{4}|\d{2})", lambda m: _quarter(_year(m[2]), int(m[1]))),
        (r"(\d{4})\s*[-/年 ]?\s*(?:w|wk|week|第)\s*(\d{1,2})\s*周?", lambda m: _week(int(m[1]), int(m[2]))),
        (r"(?:w|wk|week)\s*(\d{1,2})[-/, ]+(\d{4})", lambda m: _week(int(m[2]), int(m[1]))),
        (r"(\d{4})\s*年", lambda m: Span(dt.date(int(m[1]), 1, 1), dt.date(int(m[1]), 12, 31), "year")),
        (r"([a-z]{3,9}\.?)\s*[- /]?\s*(\d{1,2})(?:st|nd|rd|th)?\s*[,\-/ ]\s*(\d{4}|'?\d{2})", lambda m: _day(_year(m[3].strip("'")), _name(m[1]), int(m[2]))),
        (r"(\d{1,2})(?:st|nd|rd|th)?\s*(?:of)?[-/. ]*([a-z]{3,9}\.?)[-/., ]*(\d{4}|'?\d{2})", lambda m: _day(_year(m[3].strip("'")), _name(m[2]), int(m[1]))),
        (r"(\d{4})[-/. ]*([a-z]{3,9})[-/. ]*(\d{1,2})", lambda m: _day(int(m[1]), _name(m[2]), int(m[3]))),
        (r"([a-z]{3,9}\.?)[-/,' ]*(\d{4}|\d{2})", lambda m: month(_year(m[2]), _name(m[1]))),
        (r"(\d{4})[-/ ]*([a-z]{3,9})", lambda m: month(int(m[1]), _name(m[2]))),
    )
)  # fmt: skip

"""Amounts in Chinese numerals, formal or ordinary, also among digits: 1万2千, 壹拾贰万元整."""

import re
from collections.abc import Iterator
from functools import cache

from tend.schema.words import pattern, vocabulary

_CENTS = re.compile(r"(?:(\d)角)?(?:(\d)分)?[整正]?")
_TEN_THOUSAND = 10_000
YUAN = ("元", "圆", "块")


def value(text: str) -> float | None:
    """Give the amount of a folded text all of which is a number with Chinese numerals in it."""
    if not _letters().search(text):
        return None
    whole, yuan, rest = _parted(text)
    found = _whole(whole)
    cents = _CENTS.fullmatch(_digits(rest).replace("0", ""))
    if found is None or cents is None or (rest and not yuan):
        return None
    return found + int(cents[1] or 0) / 10 + int(cents[2] or 0) / 100


def _parted(text: str) -> tuple[str, str, str]:
    """Part an amount at its 元; without one nothing but 整 may stand behind it."""
    for sign in YUAN:
        if sign in text:
            return text.partition(sign)
    return text.rstrip("整正"), "", ""


def _whole(text: str) -> float | None:
    """Read a number group by group: units of ten in their order, then 万 or 亿."""
    total = group = 0.0
    number: float | None = None  # that no unit has taken yet
    last = ceiling = 1e12
    for digits, unit, sign in _tokens(text):
        if sign is None or (digits and number is not None):
            return None
        if digits:
            number = digits
        elif unit is None:  # 零: what follows is no short form
            last = 1.0
        elif unit < _TEN_THOUSAND:
            if unit >= ceiling or (number is None and unit != 10):
                return None
            group, number, last, ceiling = group + (number or 1) * unit, None, unit, unit
        else:
            group += number or 0
            if not group:
                return None
            # 一万亿 is a group of groups, 三亿五千万 two beside each other
            total = (total + group) * unit if unit > total else total + group * unit
            group, number, last, ceiling = 0.0, None, unit, 1e12
    if number is not None:
        is_short = number < 10 and number % 1 == 0 and last > 10 and last < 1e12
        group += number * last / 10 if is_short else number  # 两千五 is 2,500
    return total + group or None


def _tokens(text: str) -> Iterator[tuple[float | None, float | None, str | None]]:
    """Give each number and each unit of a text; a sign that is none of them ends it."""
    at = 0
    while at < len(text):
        found = _token().match(text, at)
        if found is None:
            yield None, None, None
            return
        at = found.end()
        if found["number"]:
            yield float(found["number"].replace(",", "")), None, found[0]
        elif found["unit"]:
            yield None, float(vocabulary("han_unit")[found["unit"]]), found[0]
        else:
            yield float(vocabulary("han_digit")[found[0]]) or None, None, found[0]


def _digits(text: str) -> str:
    return "".join(vocabulary("han_digit").get(sign, sign) for sign in text)


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(pattern([*vocabulary("han_unit"), *vocabulary("han_digit")]))


@cache
def _token() -> re.Pattern[str]:
    units, digits = pattern(vocabulary("han_unit")), pattern(vocabulary("han_digit"))
    return re.compile(
        rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<unit>{units})|(?:{digits})"
    )

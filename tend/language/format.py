"""How numbers, dates and counts are written, by the rules of each language."""

import re
from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import get_currency_name

MISSING = "–"
_MINUS = "\u2212"
_PERCENT = {"en": " %", "zh": "%"}
# What Markdown would take for a sign of its own; names from spreadsheets are data.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$~:&])")
# A spreadsheet takes a text that starts so for a formula; in some languages the wide signs too.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What moves, hides, colours or turns other text: control signs but line ends and tabs, halves of
# signs, changes of way. Terminals obey them.
_MOVING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
# What Markdown takes for an address even where every sign is escaped (M26), and what keeps it from
# that unseen: a sign without width that allows no break.
_LINK = re.compile(r"(?<=[wW]{3})(?=\\\.)|(?=\\://)|(?<=\S)(?=@)")
_NO_LINK = "\u2060"
# What services of messages take for tags, mentions and marks: their wide twins mean nothing to any
# of them, and are found as the same by whoever searches (M29). Words that may be addresses are cut.
_ACTIVE = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in "<>[]*_`~#|\\@"})
_ADDRESS = re.compile(r"(?=://)|(?<=\w)(?=\.[^\W\d_]{2})|(?<=\S)(?=@)|(?<=@)(?=\S)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What Markdown acts on wherever it stands in a line, at its start, or as a pair around a word.
_ACTING = re.compile(r"[\\`*_\[\]<>|~$#]|&(?=#?\w+;)|:(?=[\w+-]+:)|^[-+=]")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
_UNITS = {
    "en": ((1e9, "B"), (1e6, "M"), (1e3, "K")),
    "zh": ((1e8, " 亿"), (1e4, " 万")),
}
_LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}


def number(value: float, pattern: str) -> str:
    """Write a number by a pattern of Python, with a true minus."""
    return f"{value:{pattern}}".replace("-", _MINUS)


def rate(value: float | None, language: str) -> str:
    """Write a fraction as per cent with one decimal: 86.2 %."""
    return MISSING if value is None else number(value * 100, ".1f") + _PERCENT[language]


def share(value: float, language: str) -> str:
    """Write a fraction that somebody set, with as many digits as it has: 80 %, 12.5 %."""
    return number(round(value * 100, 8), "g") + _PERCENT[language]


def percent(value: float) -> str:
    """Write a fraction in whole hundredths, for "77 of 100": 77."""
    return f"{value * 100:.0f}"


def points(change: float | None, language: str) -> str:
    """Write a change of a rate in signed points: \u22124.1 pts."""
    if change is None:
        return MISSING
    unit = "个百分点" if language == "zh" else "pts"
    return f"{number(_zeroless(change * 100), '+.1f')} {unit}"


def change(value: float | None) -> str:
    """Write a change of a score in signed points, with one decimal: \u22124.1."""
    if value is None:
        return MISSING
    return "0" if abs(value) < 0.05 else number(value, "+.1f")


def size_of_change(change: float) -> str:
    """Write how large a change of a rate is, without its sign: 4.1."""
    return f"{abs(change) * 100:.1f}"


def is_visible(change: float) -> bool:
    """Tell whether a change shows at one decimal of a point."""
    return size_of_change(change) != "0.0"


def count(value: float | None) -> str:
    """Write a whole number with separators: 1,234."""
    return MISSING if value is None else number(value, ",.0f")


def signed(value: float) -> str:
    """Write by how many something changed: +3, \u22123."""
    return number(value, "+,.0f")


def money(value: float | None, language: str) -> str:
    """Write an amount short: 1.23M, or 123.4 万 in Chinese."""
    if value is None:
        return MISSING
    for size, unit in _UNITS[language]:
        if abs(value) >= size:
            digits = 0 if abs(value) >= 1000 * size else 1 if abs(value) >= 10 * size else 2
            return number(value / size, f",.{digits}f") + unit
    return number(value, ",.0f")


def currency(code: str, language: str) -> str:
    """Name a currency as its readers do: CNY, 人民币; one that nobody knows by its code."""
    return str(get_currency_name(code, locale=_LOCALES[language])) if language == "zh" else code


def day(value: date | None, language: str) -> str:
    """Write a day as tables and forms do, in every language: 2026-11-22."""
    del language
    return MISSING if value is None else value.isoformat()


def month(value: date | None, language: str) -> str:
    """Write a month: Sep 2026, 2026年9月."""
    if value is None:
        return MISSING
    pattern = "MMM y" if language == "en" else "y年M月"
    return str(format_date(value, pattern, _LOCALES[language]))


def moment(value: datetime | None, language: str) -> str:
    """Write a day with its time, to the minute."""
    if value is None:
        return MISSING
    del language
    return value.isoformat(" ", "minutes")


def span(first: date | None, last: date | None, language: str) -> str:
    """Write a window of days, both included."""
    return f"{day(first, language)} – {day(last, language)}"


def listed(names: list[str], language: str) -> str:
    """Join names as a list is written."""
    return ("、" if language == "zh" else ", ").join(names)


def sentences(said: list[str], language: str) -> str:
    """Write sentences after each other; Chinese ones need no space."""
    return ("" if language == "zh" else " ").join(said)


def harmless(text: str) -> str:
    """Make a text no formula for the spreadsheet that opens it as CSV."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def printable(text: str) -> str:
    r"""Write out the signs that would move, hide or colour other text: \u001b, as JSON does."""
    return _MOVING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def clipped(text: str, most: int = 80) -> str:
    """Cut a text that is too long for its place; what is cut off shows as a mark."""
    written = printable(" ".join(text.split()))
    return written if len(written) <= most else f"{written[: most - 1]}…"


def plain(text: str) -> str:
    """Make a text safe where Markdown is rendered: every sign stands for itself."""
    safe = _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return _LINK.sub(_NO_LINK, safe)


def markdown(text: str) -> str:
    """Write a text for Markdown that is also read as it stands: no more is escaped than acts."""
    safe = _ACTING.sub(r"\\\g<0>", printable(" ".join(text.split())))
    return _ADDRESS.sub(_NO_LINK, _NUMBERED.sub(r"\1\\\2", safe))


def inert(text: str) -> str:
    """Make a text safe in any message: no service finds a mention, a link or a mark in it."""
    shown = _ENTITY.sub("＆", printable(" ".join(text.split()))).translate(_ACTIVE)
    return _ADDRESS.sub(_NO_LINK, shown)


def _zeroless(value: float) -> float:
    """Give 0.0 for what would be written as -0.0."""
    return 0.0 if abs(value) < 0.05 else value


def times(value: float | None) -> str:
    """Write a ratio or a number of years with one decimal: 3.3."""
    return MISSING if value is None else number(value, ",.1f")

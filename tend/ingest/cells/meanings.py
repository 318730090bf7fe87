"""What one cell means: an outcome, a mood, a score, a length of time, a size, two dates."""

import datetime as dt
import re
from collections.abc import Mapping

from tend.ingest.cells import bound, dates, numbers, terms
from tend.schema.words import folded, letters, listed, pattern, vocabulary

_OUTCOMES = {"lost": "lost", "ended": "lost", "over": "lost", "renewed": "renewed"}
_BETWEEN = re.compile(r"至|到|~|～|—+|–|-{2,}|\bto\b|\s-\s|-(?=\s*+\d{4}\D)")
_DIGIT, _NOT_DIGIT = re.compile(r"\d"), re.compile(r"\D")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NOTE = re.compile(r"([^()（）]*)[(（]([^()（）]*)[)）]\s*")
_FROM = re.compile(r"^([^起]*\d[日号月年]?)\s*起\s*(?:至|到|[,，])?\s*")
_DIGITS = 4  # of a date that may stand beside a hyphen
_NO_YEAR = re.compile(r"(次年|翌年|第二年)?(\d{1,2}月(?:\d{1,2}[日号]?)?)")
_ENGLISH = re.compile(r"[A-Za-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?")


def halves(text: str) -> tuple[str, str] | None:
    """Cut a cell at the first sign between two texts with digits; None where there is none."""
    if len(text) > bound.LONGEST_PAIR:
        return None
    text = _without_note(text)
    if (pair := _without_end(text)) is not None:
        return pair
    digit = _DIGIT.search(text)
    sign = _BETWEEN.search(text, digit.end()) if digit else None
    if sign is None:
        return _about_the_middle(text)
    one, other = text[: sign.start()].rstrip(), text[sign.end() :].lstrip().removesuffix("止")
    is_pair = _DIGIT.search(other) and "\n" not in one and "\n" not in other
    return _with_years(one, other) if is_pair else None


def _without_end(text: str) -> tuple[str, str] | None:
    """Cut 2025.3.1-长期 before the word that says: without end."""
    word = next((w for w in listed("open_ended") if w and text.endswith(w)), "")
    start = text.removesuffix(word).rstrip(" -–—~～至到,，")
    return (start, word) if word and dates.parse(start) else None


def _about_the_middle(text: str) -> tuple[str, str] | None:
    """Cut 03/2025-02/2026 at its middle hyphen, where both sides are dates of a like form."""
    parts = text.split("/" if text.count("/") == 1 and text.count("-") > 1 else "-")
    if len(parts) % 2:
        return None
    middle = len(parts) // 2
    one, other = "-".join(parts[:middle]).strip(), "-".join(parts[middle:]).strip()
    found = _with_years(one, other)
    is_whole = all(len(_NOT_DIGIT.sub("", half)) >= _DIGITS for half in found)
    return found if is_whole and all(map(dates.parse, found)) else None


def _with_years(one: str, other: str) -> tuple[str, str]:
    """Give each half its year: 2025年3月至次年2月, Mar 1 - Dec 31, 2025."""
    if (year := _YEAR.search(one)) and (rest := _NO_YEAR.fullmatch(other)):
        return one, f"{int(year[1]) + bool(rest[1])}年{rest[2]}"
    year = _YEAR.search(other)
    if year and not _YEAR.search(one) and _ENGLISH.fullmatch(one):
        return f"{one} {year[1]}", other
    return one, other


def _without_note(text: str) -> str:
    """Leave the side of a bracket that holds the period; 自 goes, and 起 is a sign between."""
    found = _NOTE.fullmatch(text)
    if found:
        text = max(found[1], found[2], key=lambda part: len(_NOT_DIGIT.sub("", part)))
    return _FROM.sub(r"\1至", text.strip().removeprefix("自").removeprefix("从"))


def is_range(text: str) -> bool:
    """Tell whether a cell holds two dates, or a start and what says its end."""
    pair = halves(text)
    if pair is None or not dates.parse(pair[0]):
        return False
    return bool(dates.parse(pair[1]) or terms.parse(pair[1]) or _is_endless(pair[1]))


def _is_endless(text: str) -> bool:
    return folded(text) in listed("open_ended")


def outcome(text: str, *, is_churn: bool, statuses: Mapping[str, str] | None = None) -> str | None:
    """Read a renewal outcome; in a churn column yes means lost, but "renewed" stays renewed.

    What a status word means, an outcome means as well (M12).
    """
    if said := _OUTCOMES.get((statuses or {}).get(letters(text), "")):
        return said
    word = (bound.folded(text) or "").rstrip(".。!！")
    known = vocabulary("outcome").get(word)
    if known is None:
        known = vocabulary("outcome").get(re.sub(r"[(\[].*[)\]]$", "", word).strip())
    if known is not None:
        return known
    answer = vocabulary("yes_no").get(word)
    if answer is None:
        return None
    return "renewed" if (answer == "yes") != is_churn else "lost"


def sentiment(text: str) -> float | None:
    """Read a sentiment as -1, 0 or 1 (J1)."""
    word = vocabulary("sentiment").get(folded(text))
    if word is not None:
        return {"positive": 1.0, "neutral": 0.0, "negative": -1.0}[word]
    number = numbers.parse(text)
    return number.value if number and -1 <= number.value <= 1 else None


def hours(text: str) -> float | None:
    """Read a length of time in hours: 1.5h, 90 min, 1:30, 2小时30分钟, a time cell of Excel."""
    cell = bound.folded(text)
    if cell is None:
        return None
    try:
        found = _clock(cell)
        return _lengths(cell) if found is None else found
    except ValueError:  # 1.2.3 h, 2024-02-30 1:00
        return None


def _clock(cell: str) -> float | None:
    clock = re.fullmatch(r"(?:(\d{4}-\d\d-\d\d) )?(\d{1,3}):(\d\d)(?::(\d\d))?", cell)
    if clock:
        days = (dt.date.fromisoformat(clock[1]) - dt.date(1899, 12, 31)).days if clock[1] else 0
        return days * 24 + int(clock[2]) + int(clock[3]) / 60 + int(clock[4] or 0) / 3600
    return None


def _number_of(unit: str) -> str:
    words = (word for word, meaning in vocabulary("duration").items() if meaning == unit)
    return rf"(?:([\d.]+)\s*(?:{pattern(words)}))?"


_DURATION = re.compile(r"\s*".join(map(_number_of, ("day", "hour", "minute"))))


def _lengths(cell: str) -> float | None:
    parts = _DURATION.fullmatch(cell)
    if parts and any(parts.groups()):
        day, hour, minute = (float(p or 0) for p in parts.groups())
        return day * 8 + hour + minute / 60
    number = numbers.parse(cell)
    return number.value if number else None


def nps(text: str) -> float | None:
    """Read a score: 9, 9分, "10 - very likely"."""
    match = re.fullmatch(
        r"(-?\d+(?:\.\d+)?)\s*(?:分|/\s*10|points?)?(?:\s*[-–:(（].*)?",
        bound.folded(text) or "",
    )
    return float(match[1]) if match else None


_SIZE_WORDS = re.compile(rf"{pattern(listed('size_words'))}|~(?=\d+$)|\s")
_LESS = re.compile(
    rf"(?:{pattern(listed('fewer_than'))})\d[\d,.]*[kw万千]?"
    rf"|\d[\d,.]*[kw万千]?(?:{pattern(listed('or_fewer'))})"
)
_MORE = re.compile(rf"^(?:{pattern(listed('more_than'))})|(?:{pattern(listed('or_more'))})$")


def size_number(text: str) -> float | None:
    """Read a size in people or shops, a range by its lower number (G1); None for a word."""
    cell = _SIZE_WORDS.sub("", bound.folded(text) or "")
    if _LESS.fullmatch(cell):
        return 0.0
    cell = _MORE.sub("", cell)
    low = re.split(r"(?<=[\dkw万千])(?:-|–|—|~|至|到|to)(?=\d)", cell)[0]
    whole = cell != low
    number = numbers.parse(
        low, "." if "." in low and not re.search(r"\.\d{3}$", low) else None, is_typed=True
    )
    if number is None or not low[:1].isdigit():
        return None
    if whole and cell[-1] in "kw万千" and low[-1].isdigit():  # 1-5万
        upper = numbers.parse("1" + cell[-1])
        size = number.value * (upper.value if upper else 1)
        return size if size <= numbers.LARGEST else None
    return number.value

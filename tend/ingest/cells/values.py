"""Columns of text cells -> typed columns; every distinct text is read once."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import cells as lengths
from tend.ingest.cells import dates, numbers
from tend.schema.words import folded, listed, pattern, vocabulary

Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass
class Parsed:
    """A typed column and the rows with something to say about it."""

    values: pa.Array
    bad: Mask  # not blank, not readable
    warned: dict[str, Mask] = field(default_factory=dict)  # problem code -> rows
    currency: pa.Array | None = None
    last: pa.Array | None = None  # dates: the last day of a month or quarter
    grain: pa.Array | None = None
    decisions: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def clean(cells: pa.Array) -> pa.Array:
    """Trim the cells; blanks and words for "nothing" become null."""
    cells = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    trimmed = pc.utf8_trim(cells, characters=" \t\r\n\u3000\u00a0\ufeff\u200b")
    # Words are looked up as they are usually written: folding every cell costs more than the rest.
    blank = pc.is_in(trimmed, value_set=_blank_words())
    return pc.if_else(blank, pa.scalar(None, pa.string()), trimmed) if _any(blank) else trimmed


@cache
def _blank_words() -> pa.Array:
    words = {*listed("blank"), ""}
    words |= {w.translate(str.maketrans("-/()*.", "－／（）＊．")) for w in words}
    forms = {form for w in words for form in (w, w.upper(), w.title(), w.capitalize())}
    return pa.array(sorted(forms), pa.string())


def _any(mask: pa.Array) -> bool:
    return bool(pc.any(mask).as_py())


def _distinct(cells: pa.Array) -> tuple[list[str], pa.Array]:
    encoded = cells.dictionary_encode()
    encoded = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
    return encoded.dictionary.to_pylist(), encoded.indices


def _spread(found: list[object], type_: pa.DataType, indices: pa.Array) -> pa.Array:
    return pa.array(found, type_).take(indices)


def _mask(found: list[bool], indices: pa.Array) -> Mask:
    return mask(pa.array(found, pa.bool_()).take(indices))


def mask(values: pa.Array) -> Mask:
    """Turn a boolean column into a numpy mask; null is False."""
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    result: Mask = pc.fill_null(values, False).to_numpy(zero_copy_only=False).astype(bool)
    return result


def read_dates(
    cells: pa.Array, order: str | None, *, is_end: bool = False, open_words: bool = False
) -> Parsed:
    """Read dates; months and quarters count from their first or to their last day (K7, K8)."""
    texts, indices = _distinct(cells)
    found = dates.decide_order([dates.bare(t) for t in texts], _counts(texts, indices))
    decided = order or found.order
    spans = [dates.parse(t, decided or "dmy") for t in texts]
    endless = [open_words and _is_endless(t) for t in texts]
    first = _spread([s and s.first for s in spans], pa.date32(), indices)
    last = _spread([s and s.last for s in spans], pa.date32(), indices)
    bad = _mask([s is None and not e for s, e in zip(spans, endless, strict=True)], indices)
    parsed = Parsed(last if is_end else first, bad, last=last)
    parsed.grain = _spread([s and s.grain for s in spans], pa.string(), indices)
    unsure = [s is not None and dates.is_ambiguous(t) for s, t in zip(spans, texts, strict=True)]
    if decided is None and any(unsure):
        parsed.warned["ambiguous_date_order"] = _mask(unsure, indices)
    if found.order or any(unsure):
        parsed.decisions.append(_order_decision(order, found))
    return parsed


def _order_decision(order: str | None, found: dates.Order) -> tuple[str, dict[str, str]]:
    """Say how day and month were told apart."""
    if order:
        return f"{order}_chosen", {}
    if found.order is None:
        return "dmy_default", {}
    return found.order, {"count": str(found.count), "example": found.example}


def _counts(texts: list[str], indices: pa.Array) -> list[int]:
    """Count the rows of each distinct text."""
    filled = indices.drop_null().to_numpy(zero_copy_only=False)
    return np.bincount(filled, minlength=len(texts)).tolist() if len(texts) else []


def _is_endless(text: str) -> bool:
    """Tell whether an end date says that there is none; SAP writes 9999-12-31."""
    return text.startswith("9999") or folded(text) in listed("open_ended")


_BETWEEN = re.compile(r"至|到|~|～|—+|–|-{2,}|\bto\b|\s-\s|-(?=\s*+\d{4}\D)")
_DIGIT = re.compile(r"\d")


def range_part(cells: pa.Array, part: int) -> pa.Array:
    """Give the start (1) or end (2) of cells that hold both; a cell without both stays."""
    texts, indices = _distinct(cells)
    found = [_halves(t) for t in texts]
    return _spread(
        [h[part - 1] if h else t for h, t in zip(found, texts, strict=True)], pa.string(), indices
    )


def _halves(text: str) -> tuple[str, str] | None:
    """Cut a cell at the first sign between two texts with digits; None where there is none."""
    if len(text) > lengths.LONGEST_PAIR:
        return None
    digit = _DIGIT.search(text)
    sign = _BETWEEN.search(text, digit.end()) if digit else None
    if sign is None:
        return None
    one, other = text[: sign.start()].rstrip(), text[sign.end() :].lstrip().removesuffix("止")
    is_pair = _DIGIT.search(other) and "\n" not in one and "\n" not in other
    return (one, other) if is_pair else None


def is_range(text: str) -> bool:
    """Tell whether a cell holds two dates."""
    halves = _halves(text)
    return bool(halves and all(map(dates.parse, halves)))


def read_numbers(cells: pa.Array, *, is_typed: bool, scale: float = 1.0) -> Parsed:
    """Read numbers; plain ones by the column, the others text by text."""
    plain = _plain_numbers(cells, is_typed=is_typed)
    if plain is not None:
        return bounded(Parsed(_scaled(plain, scale), np.zeros(len(cells), bool)))
    texts, indices = _distinct(cells)
    mark = numbers.decimal_mark(texts, _counts(texts, indices))
    # Typed cells (Excel's own numbers) have no thousands mark, whatever the texts beside them do.
    found = [numbers.parse(t, mark.mark, is_typed=is_typed) for t in texts]
    values = _spread([n and n.value for n in found], pa.float64(), indices)
    parsed = Parsed(_scaled(values, scale), _mask([n is None for n in found], indices))
    if mark.mark and not is_typed:
        name = "decimal_dot" if mark.mark == "." else "decimal_comma"
        parsed.decisions.append((name, {"count": str(mark.count), "example": mark.example}))
    parsed.currency = _spread([n and n.currency for n in found], pa.string(), indices)
    if any(n and n.is_ambiguous for n in found):
        parsed.warned["ambiguous_number"] = _mask(
            [bool(n and n.is_ambiguous) for n in found], indices
        )
    return bounded(parsed)


def bounded(parsed: Parsed) -> Parsed:
    """Let numbers no company has be unreadable: nothing that is calculated from them would hold."""
    over = mask(pc.greater(pc.abs(parsed.values), numbers.LARGEST))
    if over.any():
        blank = pa.scalar(None, pa.float64())
        parsed.values = pc.if_else(pa.array(over), blank, parsed.values)
        parsed.bad = parsed.bad | over
    return parsed


def _plain_numbers(cells: pa.Array, *, is_typed: bool) -> pa.Array | None:
    """Read a column of plain numbers in one go; None when a cell needs a closer look."""
    try:
        found = pc.cast(cells, pa.float64())
    except pa.ArrowInvalid:
        return None
    if not pc.all(pc.is_finite(found), min_count=0).as_py():
        return None
    # People's 1.234 may be a thousand (K22); a program's own numbers have no such doubt.
    if not is_typed and _any(pc.match_substring(cells, ".")):
        doubt = pc.match_substring_regex(cells, r"^-?\d{1,3}\.\d{3}$")
        return None if _any(doubt) else found
    return found


def _scaled(values: pa.Array, scale: float) -> pa.Array:
    return values if scale == 1.0 else pc.multiply(values, scale)


def read_words(cells: pa.Array, meaning: Callable[[str], object], type_: pa.DataType) -> Parsed:
    """Read a column whose cells are words; `meaning` gives None for a word it does not know."""
    texts, indices = _distinct(cells)
    found = [meaning(t) for t in texts]
    return Parsed(_spread(found, type_, indices), _mask([f is None for f in found], indices))


def outcome(text: str, *, is_churn: bool) -> str | None:
    """Read a renewal outcome; in a churn column yes means lost, but "renewed" stays renewed."""
    word = (lengths.folded(text) or "").rstrip(".。!！")
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


def read_csat(cells: pa.Array, *, is_typed: bool) -> tuple[Parsed, float]:
    """Read satisfaction and its scale, 5, 10 or 100 by the column's greatest value (G4)."""
    words = vocabulary("satisfaction")
    texts, indices = _distinct(cells)
    meanings = [words.get(folded(t)) for t in texts]
    found: list[float | None] = []
    percent = False
    for text, meaning in zip(texts, meanings, strict=True):
        is_word = meaning or not lengths.is_short(text)
        number = None if is_word else numbers.parse(text.split("/")[0], is_typed=is_typed)
        percent |= bool(number and number.is_percent)
        word = float(meaning) if meaning and meaning != "blank" else None
        found.append(word if number is None else number.value * (100 if number.is_percent else 1))
    known = [f for f in found if f is not None]
    top = max(known, default=0.0)
    if not percent and known and top <= 1 and any(f % 1 for f in known):  # Excel's 85 % is 0.85
        found, percent = [None if f is None else f * 100 for f in found], True
    scale = 100.0 if percent or top > 10 else 10.0 if top > 5 else 5.0
    bad = [
        (f is None and m is None) or (f is not None and not 0 <= f <= scale)
        for f, m in zip(found, meanings, strict=True)
    ]
    values = [None if b else f for f, b in zip(found, bad, strict=True)]
    return Parsed(_spread(list(values), pa.float64(), indices), _mask(bad, indices)), scale


def read_shares(cells: pa.Array, *, is_typed: bool) -> Parsed:
    """Read probabilities as 0..1; a column with plain numbers over 1 is in per cent."""
    texts, indices = _distinct(cells)
    found = [numbers.parse(t, is_typed=is_typed) for t in texts]
    is_hundred = any(n and not n.is_percent and n.value > 1 for n in found)
    values = [
        None if n is None else n.value / 100 if is_hundred and not n.is_percent else n.value
        for n in found
    ]
    bad = [v is None or not 0 <= v <= 1 for v in values]
    kept: list[object] = [None if b else v for v, b in zip(values, bad, strict=True)]
    return Parsed(_spread(kept, pa.float64(), indices), _mask(bad, indices))


def hours(text: str) -> float | None:
    """Read a length of time in hours: 1.5h, 90 min, 1:30, 2小时30分钟, a time cell of Excel."""
    cell = lengths.folded(text)
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
        lengths.folded(text) or "",
    )
    return float(match[1]) if match else None


def size_numbers(cells: pa.Array) -> pa.Array:
    """Read sizes in people or shops; words have no number."""
    texts, indices = _distinct(cells)
    return _spread([size_number(t) for t in texts], pa.float64(), indices)


_SIZE_WORDS = re.compile(rf"{pattern(listed('size_words'))}|~(?=\d+$)|\s")
_LESS = re.compile(
    rf"(?:{pattern(listed('fewer_than'))})\d[\d,.]*[kw万千]?"
    rf"|\d[\d,.]*[kw万千]?(?:{pattern(listed('or_fewer'))})"
)
_MORE = re.compile(rf"^(?:{pattern(listed('more_than'))})|(?:{pattern(listed('or_more'))})$")


def size_number(text: str) -> float | None:
    """Read a size in people or shops, a range by its lower number (G1); None for a word."""
    cell = _SIZE_WORDS.sub("", lengths.folded(text) or "")
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

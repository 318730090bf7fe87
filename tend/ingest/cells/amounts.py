"""Amounts of money as people write them: per month, about, with a note, for each seat (M10)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from tend.ingest.cells import bound, numbers
from tend.ingest.cells.numbers import Number
from tend.schema.words import listed, pattern, vocabulary

PER_SEAT, PERCENT = "amount_per_seat", "amount_percent"
_BASES = {0.0: "total", 1.0: "monthly", 3.0: "quarterly", 12.0: "annual"}
# Each is linear: a cell is short, and no part of a pattern can take what its neighbour takes.
_PER = re.compile(r"\s*(?:/|\b(?:per|every|each)\b|(?<=\s)an?(?=\s)|每)\s*")
_NOTE = re.compile(r"([^()]*)\(([^()]*)\)([^()]*)")
_BILLED = re.compile(r"^(?:billed|paid|invoiced) | (?:billing|billed|payments?|in advance|plan)$")
_DIGIT = re.compile(r"\d")
_BROKEN = re.compile(r"\d,\d{4}|\d{4},\d{3}(?!\d)")  # 1,2345 and 12345,678 are no groups of three


@dataclass(frozen=True)
class Amount:
    """What a cell says: a number, per how many months, and whether it is only about that."""

    number: Number
    months: float | None = None  # 0 for a total that is paid once
    is_about: bool = False

    @property
    def basis(self) -> str | None:
        """Name the basis that the cell itself gives, None where it gives none."""
        return basis_of(self.months)[0]

    @property
    def value(self) -> float:
        """Give the number of the basis: per two years is half of it a year."""
        return self.number.value * basis_of(self.months)[1]


def basis_of(months: float | None) -> tuple[str | None, float]:
    """Name what an amount for so many months is, and what to multiply it by to be that."""
    if months is None:
        return None, 1.0
    if months in _BASES:
        return _BASES[months], 1.0
    return "annual", 12 / months


def parse(text: str, mark: str | None = None, *, is_typed: bool = False) -> Amount | str | None:
    """Read one cell; for a price per seat or a percentage what it is, None for no number."""
    cell = bound.folded(text)
    if cell is None:
        return None
    cell, is_about = _without_about(cell)
    base, note = _without_note(cell)
    found = _read(f"{base} {note}", mark, is_typed=is_typed) if note else None
    if found is None:
        found = _read(base, mark, is_typed=is_typed)
    return replace(found, is_about=is_about) if isinstance(found, Amount) else found


def decimal_mark(texts: Sequence[str], counts: Sequence[int] | None = None) -> numbers.Mark:
    """Tell the decimal mark of a column; a comma before four digits is no witness."""
    sound = [not _BROKEN.search(t) for t in texts]
    of = counts or [1] * len(texts)
    return numbers.decimal_mark(
        [t for t, is_one in zip(texts, sound, strict=True) if is_one],
        [n for n, is_one in zip(of, sound, strict=True) if is_one],
    )


def interval(text: str) -> float | None:
    """Read how many months one billing interval has; 0 for a total that is billed once."""
    cell = _PER.sub("/", bound.folded(text) or "").removeprefix("/").removeprefix("按")
    cell = _BILLED.sub("", cell)
    if cell in vocabulary("rate_word"):
        return float(vocabulary("rate_word")[cell])
    found = re.fullmatch(rf"(\d{{0,3}})\s*-?\s*({_units()})s?", cell)
    return float(found[1] or 1) * float(vocabulary("rate")[found[2]]) if found else None


def _read(cell: str, mark: str | None, *, is_typed: bool) -> Amount | str | None:
    cell, currency = numbers.without_currency(cell)
    cell, per = _without_rates(_PER.sub("/", cell).strip(" ."))
    if _BROKEN.search(cell):
        return None
    number = numbers.parse(cell, mark, is_typed=is_typed, units=False)
    if number is None:
        return None
    if "seat" in per:
        return PER_SEAT
    if number.is_percent:
        return PERCENT
    months = [float(one) for one in per]
    number = replace(number, currency=number.currency or currency)
    if len(months) > 1:
        return None
    return Amount(number, months[0] if months else None)


def _without_rates(cell: str) -> tuple[str, list[str]]:
    """Cut off what an amount is per: "1,000/user/month" is per seat and per one month."""
    per = []
    for _ in range(3):
        found = _rate_behind().search(cell) or _rate_before().match(cell)
        if found is None:
            break
        unit, word = found["unit"], found["word"]
        count = float(found["count"] or 1)
        if word:
            per.append(vocabulary("rate_word")[word])
        elif unit in listed("seat_units"):
            per.append("seat")
        else:
            per.append(str(count * float(vocabulary("rate")[unit])))
        cell = (cell[: found.start()] + cell[found.end() :]).strip(" .")
    return cell, per


@cache
def _units() -> str:
    return pattern(vocabulary("rate"))


@cache
def _rate() -> str:
    units = pattern([*vocabulary("rate"), *listed("seat_units")])
    words = pattern(vocabulary("rate_word"))
    return rf"(?:/(?P<count>\d{{1,2}})?\s?(?P<unit>{units})s?|(?<![a-z])(?P<word>{words}))"


@cache
def _rate_behind() -> re.Pattern[str]:
    return re.compile(rf"{_rate()}\.?$")


@cache
def _rate_before() -> re.Pattern[str]:
    return re.compile(rf"^{_rate()}(?=[^a-z])")


def _without_about(cell: str) -> tuple[str, bool]:
    found = _about().sub("", cell).strip()
    return found, found != cell


@cache
def _about() -> re.Pattern[str]:
    words = pattern(listed("about"))
    return re.compile(rf"^(?:{words})(?![a-z])|(?<![a-z])(?:{words})$")


def _without_note(cell: str) -> tuple[str, str]:
    """Part an amount from what stands in brackets beside it; a note may be its unit."""
    found = _NOTE.fullmatch(cell)
    if not found or not _DIGIT.search(found[1] + found[3]):
        return cell, ""
    base = f"{found[1].strip()} {found[3].strip()}".strip()
    # a note with figures (6 % tax) is no part of the amount
    return base, "" if _DIGIT.search(found[2]) else found[2].strip()

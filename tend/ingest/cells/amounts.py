"""Amounts of money as people write them: per month, about, with a note, for each seat (M10)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from math import prod

from tend.ingest.cells import bound, numbers
from tend.ingest.cells.numbers import Number
from tend.ingest.cells.spelled import numerals, of_terms, products
from tend.schema.words import listed, pattern, vocabulary

PER_SEAT, PERCENT = "amount_per_seat", "amount_percent"
_BASES = {0.0: "total", 1.0: "monthly", 3.0: "quarterly", 12.0: "annual"}
# Each is linear: a cell is short, and no part of a pattern can take what its neighbour takes.
_PER = re.compile(r"\s*(?:/|\b(?:per|every|each)\b|(?<=\s)an?(?=\s)|每)\s*")
_NOTE = re.compile(r"([^()]*)\(([^()]*)\)([^()]*)")
_BILLED = re.compile(r"^(?:billed|paid|invoiced) | (?:billing|billed|payments?|in advance|plan)$")
_DIGIT = re.compile(r"\d")
_BROKEN = re.compile(r"\d,\d{4}|\d{4},\d{3}(?!\d)")  # 1,2345 and 12345,678 are no groups of three
_TWO = re.compile(r"\d\s*[^\d\s.,'\u2019]\D*\d")  # 12,000 x 3 years, 12,000/3 years, 12,000 (6 %)


@dataclass(frozen=True)
class Amount:
    """What a cell says: a number, per how many months, and whether it is only about that."""

    number: Number
    months: float | None = None  # 0 for a total that is paid once
    is_about: bool = False
    is_per_seat: bool = False
    spelled: str = ""  # numerals, products or of_terms
    term: int | None = None  # the months that a total is for

    @property
    def basis(self) -> str | None:
        """Name the basis that the cell itself gives, None where it gives none."""
        return basis_of(self.months)[0]

    @property
    def value(self) -> float:
        """Give the number of the basis: per two years is half of it a year."""
        return round(self.number.value * basis_of(self.months)[1], 9)


def basis_of(months: float | None) -> tuple[str | None, float]:
    """Name what an amount for so many months is, and what to multiply it by to be that."""
    if months is None:
        return None, 1.0
    if months in _BASES:
        return _BASES[months], 1.0
    times = 12 / months
    whole = round(times)  # a week is 52 times a year, and no hair beside it
    return "annual", float(whole) if abs(times - whole) < 1e-9 else times


def parse(text: str, mark: str | None = None, *, is_typed: bool = False) -> Amount | str | None:
    """Read one cell; for a price per seat or a percentage what it is, None for no number."""
    cell = bound.folded(text)
    if cell is None:
        return None
    cell, is_about = _without_about(cell)
    found = _any(cell, mark, is_typed=is_typed)
    if found is None:
        return None
    if found.is_per_seat:
        return PER_SEAT
    return PERCENT if found.number.is_percent else replace(found, is_about=is_about)


def _any(cell: str, mark: str | None, *, is_typed: bool) -> Amount | None:
    """Read an amount with its note, else one that is spelled out."""
    base, note = _without_note(cell)
    found = _read(f"{base} {note}", mark, is_typed=is_typed) if note else None
    for_term = of_terms.parted(cell)
    if found is None and not (for_term and base != cell):  # 36,000 (3 years)
        found = _read(base, mark, is_typed=is_typed)
    if found is None:
        found = _product(cell, mark, is_typed=is_typed)
    if found is None and for_term:
        amount, months = for_term
        found = _read(amount, mark, is_typed=is_typed)
        if found and not found.months:
            found = replace(found, months=0.0, term=months, spelled="of_terms")
    return found


def _product(cell: str, mark: str | None, *, is_typed: bool) -> Amount | None:
    """Read a rate times its counts: a total, or for so many seats alone a rate as before."""
    parts = products.parted(cell)
    found = _read(parts[0], mark, is_typed=is_typed) if parts else None
    if parts is None or found is None or found.number.is_percent:
        return None
    counts = parts[1]
    times = [
        c.number if c.months is None else c.number * c.months / (found.months or c.months)
        for c in counts
    ]
    value = round(found.number.value * prod(times), 9)
    seats = [c for c in counts if c.is_seats]
    if found.is_per_seat and not seats:  # a count without a unit is the seats'
        seats = [c for c in counts if c.months is None][:1]
    return replace(
        found,
        number=replace(found.number, value=value),
        months=found.months if len(seats) == len(counts) else 0.0,
        is_per_seat=found.is_per_seat and not seats,
        spelled="products",
    )


def decimal_mark(texts: Sequence[str], counts: Sequence[int] | None = None) -> numbers.Mark:
    """Tell the decimal mark of a column; 1,2345 and texts with two numbers are no witness."""
    sound = [not _BROKEN.search(t) and not _TWO.search(t) for t in texts]
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
        return float(Fraction(vocabulary("rate_word")[cell]))
    found = re.fullmatch(rf"(\d{{0,3}})\s*-?\s*({_units()})s?", cell)
    return float(found[1] or 1) * _months(found[2]) if found else None


def _months(unit: str) -> float:
    return float(Fraction(vocabulary("rate")[unit]))


def _read(cell: str, mark: str | None, *, is_typed: bool) -> Amount | None:
    cell, currency = numbers.without_currency(cell)
    cell, per = _without_rates(_PER.sub("/", cell).strip(" ."))
    if _BROKEN.search(cell):
        return None
    number = numbers.parse(cell, mark, is_typed=is_typed, units=False)
    in_words = numerals.value(cell) if number is None else None
    if in_words is not None:
        is_yuan = any(sign in cell for sign in numerals.YUAN)
        number = Number(in_words, "CNY" if is_yuan else None, is_scaled=True)
    months = [float(one) for one in per if one != "seat"]
    if number is None or len(months) > 1:
        return None
    return Amount(
        replace(number, currency=currency or number.currency),
        months[0] if months else None,
        is_per_seat="seat" in per,
        spelled="" if in_words is None else "numerals",
    )


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
            per.append(str(float(Fraction(vocabulary("rate_word")[word]))))
        elif unit in listed("seat_units"):
            per.append("seat")
        else:
            per.append(str(count * _months(unit)))
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

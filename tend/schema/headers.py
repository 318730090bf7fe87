"""Headers: their normalised forms, the columns they may name, and what they say of the values."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache

from tend import schema
from tend.schema import DATASETS
from tend.schema.words import abbreviations, folded, listed, normal, pattern, vocabulary

_NUMBERING = re.compile(r"^\s*(?:q?\d{1,2}\s*[、.:)]\s*|[*#]\s*)+")
_BRACKETS = re.compile(r"[(\[【〔{（][^)\]】〕}）]*[)\]】〕}）]?")
_UNIT_TAIL = re.compile(
    rf"(?<![\s/\-_,:])[\s/\-_,:]+(?:in\s+)?(?:{pattern(listed('header_units'))})$"
)
# The scale that a header of answers ends with: 1-5, out of 10, 满分10分 (M17).
_SCALE_TAIL = re.compile(
    r"(?<![\s_:,])[\s_:,]*+(?:out of \d{1,3}|满分\d{1,3}|\d{1,3}分制"
    r"|[01]\s?(?:[-–~_]|to|至|到)\s?\d{1,3})\s?(?:分|points?)?$"
)
# What an amount is per, as its header says it: 元/年, per month, 每人 (M10).
_UNITS = pattern([*vocabulary("rate"), *listed("seat_units")])
_PER = re.compile(rf"(?:/|(?<![a-z])(?:per|every|each)\s|每)\s?({_UNITS})s?(?!\w)")
LONGEST = 200  # characters of a header; what is longer is none
_WORD = re.compile(rf"[\s_(-]({pattern(vocabulary('rate_word'))})\)?$")
_IN_BRACKETS = re.compile(rf"\(({pattern(vocabulary('rate'))})\)$")  # 金额（年）
_PER_MONTHS = {"1": "monthly", "3": "quarterly", "12": "annual", "0": "total"}
_PARTS = re.compile(r"[:.]|\s[-–—]\s")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[\u4e00-\u9fff])")  # annualValue, MRR金额
_SHORT = re.compile(rf"(?<![a-z])({pattern(abbreviations())})\.?(?![a-z])")


@cache
def keys(header: str) -> tuple[str, ...]:
    """Give the normalised forms of a header to look up, the fullest first."""
    whole = _NUMBERING.sub("", folded(header))
    stripped = _BRACKETS.sub(" ", whole)
    forms = [whole, stripped, _UNIT_TAIL.sub("", stripped), _UNIT_TAIL.sub("", whole)]
    forms.append(_SCALE_TAIL.sub("", whole))
    if _PARTS.search(stripped):  # Deal - Organization
        forms.append(_PARTS.split(stripped)[-1])
    forms += [_SHORT.sub(lambda m: abbreviations()[m[1]], form) for form in (whole, stripped)]
    found = dict.fromkeys(normal(form) for form in forms)
    return tuple(key for key in found if key)


@cache
def spread() -> Mapping[str, frozenset[str]]:
    """Give the data sets that know a header: one that only one knows says the most."""
    found: dict[str, set[str]] = {}
    for name, dataset in DATASETS.items():
        for column in dataset.columns.values():
            for synonym in column.synonyms:
                found.setdefault(synonym, set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


@cache
def ranks(header: str, dataset: str) -> tuple[tuple[int, str], ...]:
    """Give the columns of a data set that a header may be, with a rank, lower is surer."""
    if len(header) > LONGEST:  # a cell that is asked whether the headers stand there once more
        return ()
    found = []
    for name, column in DATASETS[dataset].columns.items():
        if column.kind.name == "amount" and _is_per_seat(header):
            continue
        for place, key in enumerate(keys(header)):
            if key in column.synonyms:
                found.append((1000 * place + column.synonyms[key], name))
                break
            if len(key) > 5 and any(part in key for part in column.contains):
                found.append((5000, name))
                break
        else:
            is_rate = _rate_in(header) or _without_per(header) in column.synonyms
            if is_rate if column.kind.name == "amount" else _is_currency(header, column):
                found.append((6000, name))
    return tuple(found)


def _is_currency(header: str, column: schema.Column) -> bool:
    return column.kind.name == "currency" and priced_in(header) is not None


@cache
def priced_in(header: str) -> str | None:
    """Give the amount that a currency's header names: ACV Currency, 合同金额币种."""
    amounts = DATASETS["contracts"].columns["amount"].synonyms
    words = [normal(word) for word in listed("currency_headers")]
    for key in keys(header):
        behind = [key.removesuffix(w).removesuffix("的") for w in words if key.endswith(w)]
        before = [key.removeprefix(w).removeprefix("of") for w in words if key.startswith(w)]
        for rest in (*behind, *before):
            if rest in amounts:
                return rest
    return None


@cache
def is_exact(header: str) -> bool:
    """Tell whether a header as it stands is one of the known names."""
    return normal(header) in spread()


@cache
def recognised(header: str) -> bool:
    """Tell whether any data set knows the header."""
    return any(ranks(header, name) for name in DATASETS)


@cache
def is_foreign(header: str) -> bool:
    """Tell whether a list that is refused by its name alone has such a header (M24)."""
    return any(not kind.marks.isdisjoint(keys(header)) for kind in schema.foreign().values())


def assign(headers: Sequence[str], dataset: str) -> dict[str, int]:
    """Give each column of a data set the header that names it best, each header once."""
    candidates = sorted(
        (rank, position, column)
        for position, header in enumerate(headers)
        for rank, column in ranks(header, dataset)
    )
    columns: dict[str, int] = {}
    taken: set[int] = set()
    for _, position, column in candidates:
        if column not in columns and position not in taken:
            columns[column] = position
            taken.add(position)
    return columns


def fingerprint(headers: Iterable[str]) -> str:
    """Name a set of headers, whatever their order."""
    text = "\n".join(sorted(normal(h) for h in headers if h))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def basis(header: str) -> str:
    """Tell whether an amount column is a total or a value per month, quarter or year (C6)."""
    named = next((schema.bases()[k] for k in keys(header) if k in schema.bases()), None)
    per = _per(header)
    return named or (per and _PER_MONTHS.get(per, "annual")) or _rate_in(header) or "total"


def times(header: str) -> float:
    """Tell how often a year has what each value is for, where that is no month, quarter or year."""
    per = _per(header)
    if per is None or per in _PER_MONTHS or any(key in schema.bases() for key in keys(header)):
        return 1.0
    return float(12 / Fraction(per))


@cache
def _per(header: str) -> str | None:
    """Give the months that a header says each value is for: per month, 元/年, (annual), weekly."""
    whole = folded(header)
    units = [*_units(header), *_IN_BRACKETS.findall(whole)]
    months = [vocabulary("rate").get(unit, "") for unit in units]
    months += [vocabulary("rate_word")[word] for word in _WORD.findall(whole)]
    return next((one for one in months if one), None)


@cache
def _without_per(header: str) -> str:
    return normal(_WORD.sub("", _PER.sub("", folded(header))))


@cache
def _is_per_seat(header: str) -> bool:
    """Tell whether a header says that each value is a price for one: per user, 元/人/年."""
    return any(unit in listed("seat_units") for unit in _units(header))


def _units(header: str) -> list[str]:
    return _PER.findall(folded(header))


@cache
def _rate_in(header: str) -> str | None:
    """Find MRR or ARR among the words of a header that is about nothing else (M10)."""
    words = set(re.split(r"[\W_]+", _CAMEL.sub(" ", header).casefold()))
    found = [basis for basis, rates in schema.rates().items() if words & rates]
    return found[0] if len(found) == 1 and not words & schema.not_rates() else None


def says_total(header: str) -> bool:
    """Tell whether the header of an amount says that it is the whole contract's (M10)."""
    return any(word in key for key in keys(header)[:1] for word in schema.totals())


def part(header: str) -> str | None:
    """Tell whether a column of usage names a part of each number: a user, or another (M4)."""
    return next((schema.parts()[k] for k in keys(header) if k in schema.parts()), None)


def is_churn(header: str) -> bool:
    """Tell whether an outcome column asks for churn."""
    return any(key in schema.inverted() for key in keys(header))


def is_range(header: str) -> bool:
    """Tell whether a header names start and end together."""
    return any(key in _ranges() for key in keys(header))


@cache
def _ranges() -> frozenset[str]:
    return frozenset(normal(word) for word in listed("ranges"))


def head(headers: Sequence[str], position: int) -> str:
    """Give the normalised header at a position, without notes in brackets."""
    if position < 0:
        return ""
    return normal(_BRACKETS.sub("", headers[position]))

"""Numbers as people write them: currencies, 万 and k, brackets, per cent, comma or dot decimals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tend.ingest.cells import bound
from tend.schema.words import folded, listed, pattern, scales, vocabulary

LARGEST = 1e15  # more is no amount, and no double holds its cents
_UNITS = re.compile(rf"\s*(?:{pattern(listed('number_units'))})$")
_SCALE = re.compile(rf"({pattern(scales())})$")
_NUMBER = re.compile(r"[+-]?(?:\d[\d.,' _]*|[.,]\d+)(?:e[+-]?\d+)?")


@dataclass(frozen=True)
class Number:
    """A number read from a cell, and what stood around it."""

    value: float
    currency: str | None = None
    is_percent: bool = False
    is_ambiguous: bool = False  # 1.234: a thousand or not (K22)
    is_scaled: bool = False  # 万, k: its own unit stood behind it
    unit: float = 1.0  # what that unit is


@dataclass(frozen=True)
class Mark:
    """The decimal mark of a column, and how many cells say so."""

    mark: str | None
    count: int = 0
    example: str = ""


NO_MARK = Mark(None)


def decimal_mark(texts: Sequence[str], counts: Sequence[int] | None = None) -> Mark:
    """Tell whether a column writes decimals with dot or comma; None where it cannot say."""
    found = {".": 0, ",": 0}
    examples: dict[str, str] = {}
    for text, count in zip(texts, counts or [1] * len(texts), strict=True):
        if not bound.is_short(text):
            continue
        digits = re.sub(r"[^\d.,]", "", text).strip(".,")
        last = max(digits.rfind("."), digits.rfind(","))
        if last < 0:
            continue
        mark, tail = digits[last], len(digits) - last - 1
        both = "." in digits and "," in digits
        if digits.count(mark) > 1:  # several of one kind can only be thousands
            mark = "," if mark == "." else "."
        elif not both and tail == 3:
            continue
        found[mark] += count
        examples.setdefault(mark, text)
    if found["."] == found[","]:
        return Mark(None)
    best = max(found, key=lambda m: found[m])
    return Mark(best, found[best], examples[best])


def parse(
    text: str, mark: str | None = None, *, is_typed: bool = False, units: bool = True
) -> Number | None:
    """Read one cell; None when it is no number. `mark` is the column's decimal mark.

    `units`: what stands behind the number and says nothing of its size is let go.
    """
    short = bound.folded(text)
    if short is None:
        return None
    cell = short.replace("\u2212", "-").replace("−", "-")
    negative = cell.count("(") == 1 and bool(re.fullmatch(r"[^\d(]*\(.*\)[^\d()]*", cell))
    cell = cell.replace("(", "").replace(")", "").strip() if negative else cell
    cell, currency = without_currency(cell)
    if cell.startswith("-") or cell.endswith("-"):
        negative, cell = True, cell.strip("- ")
        cell, currency = without_currency(cell) if currency is None else (cell, currency)
    cell = _UNITS.sub("", cell) if units else cell
    percent = cell.endswith(("%", "percent"))
    cell = cell.removesuffix("percent").rstrip("% ")
    cell, scale = _without_scale(cell)
    if not _NUMBER.fullmatch(cell):
        return None
    plain, ambiguous = _plain(cell, mark, is_typed=is_typed)
    if plain is None:
        return None
    # what a unit makes larger is a decimal number again: 1.2345 万 is 12,345, not a hair beside it
    value = round(float(plain) * scale / (100 if percent else 1), 9)
    if not abs(value) <= LARGEST:
        return None
    return Number(-value if negative else value, currency, percent, ambiguous, scale != 1, scale)


def header_unit(header: str) -> tuple[float, str | None]:
    """Read the unit a header names: 合同金额（万元） -> 10,000 and CNY; Amount (k USD)."""
    text = folded(header)
    notes = re.findall(r"[(\[【〔{]([^)\]】〕}]*)[)\]】〕}]", text)
    tail = re.search(r"[/\-_:, ]\s*([^/\-_:, ]+)$", text)
    scale, currency = 1.0, None
    for note in [*notes, *([tail[1]] if tail else [])]:
        for word in ["".join(note.split()), *re.split(r"[\s,:/]+", note)]:
            found = _header_units().get(word.removeprefix("单位").strip(": ").removeprefix("in"))
            if found:
                scale = found[0] if scale == 1 else scale
                currency = currency or found[1]
    return scale, currency


def of_title(title: str) -> str | None:
    """Read the one currency that a title names: MRR by customer (USD), ARR in EUR by region."""
    words = set(re.findall(r"[A-Za-z]+", title))
    codes = words & {*_currencies().values()}
    if codes or words & {"RM", "Rs"}:  # a manager's portfolio is not in ringgit
        return codes.pop() if len(codes) == 1 else None
    return header_unit(title)[1]


@cache
def _header_units() -> dict[str, tuple[float, str | None]]:
    """Give the units headers name: word -> scale and currency."""
    units: dict[str, tuple[float, str | None]] = {}
    for name, scale in scales().items():
        for currency, code in _currencies().items():
            units[name + currency] = units[currency + name] = (scale, code)
        if len(name) > 1 or name in "万千亿k":
            units[name] = units[f"{name}s"] = (scale, None)
    units.update({currency: (1.0, code) for currency, code in _currencies().items()})
    return units | dict.fromkeys(listed("minute_headers"), (1 / 60, None))


@cache
def _currencies() -> dict[str, str]:
    known = dict(vocabulary("currency"))
    known.update({code.casefold(): code for code in set(known.values())})
    return known


@cache
def _currency_pattern() -> re.Pattern[str]:
    names = pattern(_currencies())
    han = "".join(w for w in (*vocabulary("han_digit"), *vocabulary("han_unit")))
    return re.compile(
        rf"^(?P<front>{names})\s*(?=[\d\-+.,({han}])|(?<=[\d\s)kmw{han}-])(?P<back>{names})\s*$"
    )


def currency(text: str) -> str | None:
    """Give the ISO code of a currency word; None for a word that is none."""
    word = bound.folded(text)
    if word is None:
        return None
    match = re.search(r"\b([a-z]{3})\b", word)
    known = _currencies().get(word) or (_currencies().get(match[1]) if match else None)
    return known or (word.upper() if re.fullmatch(r"[a-z]{3}", word) else None)


def without_currency(cell: str) -> tuple[str, str | None]:
    """Part a number from its currency, which may stand before or behind it."""
    code = None
    if cell and not cell.replace(".", "").replace(",", "").isdigit():
        for _ in range(2):  # "¥12,000元" has two
            match = _currency_pattern().search(cell)
            if not match:
                break
            code = code or _currencies()[match["front"] or match["back"]]
            cell = (cell[: match.start()] + cell[match.end() :]).strip()
    return cell, code


def _without_scale(cell: str) -> tuple[str, float]:
    match = _SCALE.search(cell)
    if match and cell[: match.start()].strip():
        return cell[: match.start()].strip(), scales()[match[1]]
    return cell, 1.0


def _plain(cell: str, mark: str | None, *, is_typed: bool) -> tuple[str | None, bool]:
    """Bring a number to digits and one dot; also tell whether its mark was a guess."""
    cell = cell.replace("'", "").replace(" ", "").replace("_", "").replace("\u00a0", "")
    number, e, power = cell.partition("e")
    dots, commas = number.count("."), number.count(",")
    ambiguous = False
    if dots and commas:
        decimal = "." if number.rfind(".") > number.rfind(",") else ","
    elif dots + commas == 1:
        decimal, ambiguous = _single(number, mark, is_typed=is_typed)
    else:
        decimal = "," if dots > 1 else "."
    thousands = "," if decimal == "." else "."
    whole, _, rest = number.partition(decimal)
    if rest.count(decimal) or thousands in rest:
        return None, False
    groups = whole.lstrip("+-").split(thousands)
    if len(groups) > 1 and (
        not 1 <= len(groups[0]) <= 3
        or len(groups[-1]) != 3
        or any(len(g) not in (2, 3) for g in groups[1:])
    ):
        return None, False
    return f"{whole.replace(thousands, '')}.{rest or '0'}{e}{power}", ambiguous


def _single(number: str, mark: str | None, *, is_typed: bool) -> tuple[str, bool]:
    """One dot or comma: 1.234 and 1,234 are decided by the column (K22)."""
    here = "." if "." in number else ","
    whole, _, tail = number.lstrip("+-").partition(here)
    could_be_thousands = len(tail) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    if not could_be_thousands:
        return here, False
    if mark is not None:
        return mark, False
    return ".", here == "." and not is_typed

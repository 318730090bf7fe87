"""Columns of text cells -> typed columns, with the rows that have something to say about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import amounts, dates, meanings, numbers, zones
from tend.ingest.cells.arrays import Mask, counts, distinct, is_any, marked, mask, spread
from tend.ingest.cells.dates import Reading
from tend.ingest.cells.numbers import NO_MARK, Mark

PLAIN = Reading()  # each column decides for itself


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
    beside: dict[str, pa.Array] = field(default_factory=dict)  # further columns of the facts
    faults: dict[str, Mask] = field(default_factory=dict)  # why a bad cell is bad -> rows
    is_scaled: Mask = field(default_factory=lambda: np.zeros(0, bool))  # 12万: a unit of its own
    is_signed: Mask = field(default_factory=lambda: np.zeros(0, bool))  # ¥12: its own currency


def read_dates(cells: pa.Array, how: Reading = PLAIN, *, is_end: bool = False) -> Parsed:
    """Read dates; months and quarters count from their first or to their last day (K7, K8)."""
    written, indices = distinct(cells)
    local = zones.localised(written, how.zone)
    texts = local.texts
    found = dates.decide_order([dates.bare(t) for t in texts], counts(texts, indices))
    decided = how.order or found.order
    epoch = dates.EPOCH_1904 if how.is_1904 else dates.EPOCH
    spans = [dates.parse(t, decided or "dmy", epoch=epoch) for t in texts]
    first = spread([s and s.first for s in spans], pa.date32(), indices)
    last = spread([s and s.last for s in spans], pa.date32(), indices)
    parsed = Parsed(last if is_end else first, marked([s is None for s in spans], indices))
    parsed.last = last
    parsed.grain = spread([s and s.grain for s in spans], pa.string(), indices)
    unsure = [s is not None and dates.is_ambiguous(t) for s, t in zip(spans, texts, strict=True)]
    if decided is None and any(unsure):
        parsed.warned["ambiguous_date_order"] = marked(unsure, indices)
    if found.order or any(unsure):
        parsed.decisions.append(_order_decision(how, found))
    if local.zone:
        parsed.decisions.append(("zone_of_midnights", {"zone": local.zone}))
    return parsed


def _order_decision(how: Reading, found: dates.Order) -> tuple[str, dict[str, str]]:
    """Say how day, month and year were told apart."""
    if how.order and (how.why == "chosen" or how.order != found.order or not found.count):
        return f"{how.order}_{how.why}", {}
    if found.order is None:
        return "dmy_default", {}
    if not found.count:
        return f"{found.order}_years", {}
    return found.order, {"count": str(found.count), "example": found.example}


def range_part(cells: pa.Array, part: int) -> pa.Array:
    """Give the start (1) or end (2) of cells that hold both; a cell without both stays."""
    texts, indices = distinct(cells)
    found = [meanings.halves(t) for t in texts]
    return spread(
        [h[part - 1] if h else t for h, t in zip(found, texts, strict=True)], pa.string(), indices
    )


def read_numbers(cells: pa.Array, *, is_typed: bool, of_sheet: Mark = NO_MARK) -> Parsed:
    """Read numbers; plain ones by the column, the others text by text."""
    plain = _plain_numbers(cells, is_typed=is_typed)
    if plain is not None:
        return bounded(Parsed(plain, np.zeros(len(cells), bool)))
    texts, indices = distinct(cells)
    own = numbers.decimal_mark(texts, counts(texts, indices))
    # Typed cells (Excel's own numbers) have no thousands mark, whatever the texts beside them do.
    found = [numbers.parse(t, _mark(t, own, of_sheet), is_typed=is_typed) for t in texts]
    values = spread([n and n.value for n in found], pa.float64(), indices)
    parsed = Parsed(values, marked([n is None for n in found], indices))
    parsed.decisions += [] if is_typed else _mark_decision(texts, own, of_sheet)
    parsed.currency = spread([n and n.currency for n in found], pa.string(), indices)
    if any(n and n.is_ambiguous for n in found):
        parsed.warned["ambiguous_number"] = marked(
            [bool(n and n.is_ambiguous) for n in found], indices
        )
    return bounded(parsed)


def read_amounts(cells: pa.Array, *, is_typed: bool, of_sheet: Mark = NO_MARK) -> Parsed:
    """Read money; the basis is what cells say themselves, null where they say nothing (M10)."""
    blank = pa.nulls(len(cells), pa.string())
    plain = _plain_numbers(cells, is_typed=is_typed)
    if plain is not None:
        nowhere = np.zeros(len(cells), bool)
        parsed = Parsed(plain, nowhere, currency=blank, is_scaled=nowhere, is_signed=nowhere)
        parsed.beside["amount_basis"] = blank
        parsed.beside["_amount_term"] = pa.nulls(len(cells), pa.float64())
        return parsed
    texts, indices = distinct(cells)
    own = amounts.decimal_mark(texts, counts(texts, indices))
    read = [amounts.parse(t, _mark(t, own, of_sheet), is_typed=is_typed) for t in texts]
    found = [one if isinstance(one, amounts.Amount) else None for one in read]
    values = spread([a and a.value for a in found], pa.float64(), indices)
    parsed = Parsed(values, marked([a is None for a in found], indices))
    parsed.currency = spread([a and a.number.currency for a in found], pa.string(), indices)
    parsed.is_scaled = marked([bool(a and a.number.is_scaled) for a in found], indices)
    parsed.is_signed = marked([bool(a and a.number.currency) for a in found], indices)
    parsed.beside["amount_basis"] = spread([a and a.basis for a in found], pa.string(), indices)
    for code in (amounts.PER_SEAT, amounts.PERCENT):
        parsed.faults[code] = marked([one == code for one in read], indices)
    units = spread([a and a.number.unit for a in found], pa.float64(), indices)
    parsed.beside["_unit"] = units
    of_term = spread([a and a.term for a in found], pa.float64(), indices)
    parsed.beside["_amount_term"] = of_term
    parsed.decisions += _spelled_decisions(found, texts, counts(texts, indices))
    parsed.warned["about_amount"] = marked([bool(a and a.is_about) for a in found], indices)
    parsed.warned["ambiguous_number"] = marked(
        [bool(a and a.number.is_ambiguous) for a in found], indices
    )
    parsed.decisions += [] if is_typed else _mark_decision(texts, own, of_sheet)
    return parsed


def _spelled_decisions(
    found: Sequence[amounts.Amount | None], texts: Sequence[str], count: Sequence[int]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Say which amounts are spelled out, and what one of them was read as."""
    for way in ("numerals", "products", "of_terms"):
        own = [place for place, one in enumerate(found) if one and one.spelled == way]
        if own:
            first = found[own[0]]
            value = f"{first.value:,.2f}".removesuffix(".00") if first else ""
            told = {"count": str(sum(count[place] for place in own)), "value": value}
            yield f"amount_{way}", {"example": texts[own[0]], **told}


def _mark(text: str, own: Mark, of_sheet: Mark) -> str | None:
    """Give the mark to read a number by: its column's, else the sheet's (M15).

    Where no number of the sheet says it, its separator and dates do, but of dots alone: 1,200 is
    a thousand there too.
    """
    if own.mark is None and (of_sheet.count or "." in text):
        return of_sheet.mark
    return own.mark


def _mark_decision(texts: list[str], own: Mark, of_sheet: Mark) -> list[tuple[str, dict[str, str]]]:
    """Say which mark was taken, and on what evidence."""
    mark = own.mark or of_sheet.mark
    name = "decimal_dot" if mark == "." else "decimal_comma"
    if own.mark:
        return [(name, {"count": str(own.count), "example": own.example})]
    example = next((t for t in texts if "." in t or "," in t), "")
    return [(f"{name}_sheet", {"example": example})] if mark and example else []


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
    if not is_typed and is_any(pc.match_substring(cells, ".")):
        doubt = pc.match_substring_regex(cells, r"^-?\d{1,3}\.\d{3}$")
        return None if is_any(doubt) else found
    return found


def read_words(cells: pa.Array, meaning: Callable[[str], object], type_: pa.DataType) -> Parsed:
    """Read a column whose cells are words; `meaning` gives None for a word it does not know."""
    texts, indices = distinct(cells)
    found = [meaning(t) for t in texts]
    return Parsed(spread(found, type_, indices), marked([f is None for f in found], indices))


def read_shares(cells: pa.Array, *, is_typed: bool) -> Parsed:
    """Read probabilities as 0..1; a column with plain numbers over 1 is in per cent."""
    texts, indices = distinct(cells)
    found = [numbers.parse(t, is_typed=is_typed) for t in texts]
    is_hundred = any(n and not n.is_percent and n.value > 1 for n in found)
    values = [
        None if n is None else n.value / 100 if is_hundred and not n.is_percent else n.value
        for n in found
    ]
    bad = [v is None or not 0 <= v <= 1 for v in values]
    kept: list[object] = [None if b else v for v, b in zip(values, bad, strict=True)]
    return Parsed(spread(kept, pa.float64(), indices), marked(bad, indices))


def size_numbers(cells: pa.Array) -> pa.Array:
    """Read sizes in people or shops; words have no number."""
    texts, indices = distinct(cells)
    return spread([meanings.size_number(t) for t in texts], pa.float64(), indices)

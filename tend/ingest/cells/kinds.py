"""Columns of text cells -> typed columns, with the rows that have something to say about it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import amounts, bound, dates, meanings, numbers, zones
from tend.ingest.cells.arrays import Mask, counts, distinct, is_any, marked, mask, spread
from tend.ingest.cells.dates import Reading
from tend.schema.words import folded, vocabulary

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


def read_numbers(cells: pa.Array, *, is_typed: bool, scale: float = 1.0) -> Parsed:
    """Read numbers; plain ones by the column, the others text by text."""
    plain = _plain_numbers(cells, is_typed=is_typed)
    if plain is not None:
        return bounded(Parsed(_scaled(plain, scale), np.zeros(len(cells), bool)))
    texts, indices = distinct(cells)
    mark = numbers.decimal_mark(texts, counts(texts, indices))
    # Typed cells (Excel's own numbers) have no thousands mark, whatever the texts beside them do.
    found = [numbers.parse(t, mark.mark, is_typed=is_typed) for t in texts]
    values = spread([n and n.value for n in found], pa.float64(), indices)
    parsed = Parsed(_scaled(values, scale), marked([n is None for n in found], indices))
    if mark.mark and not is_typed:
        name = "decimal_dot" if mark.mark == "." else "decimal_comma"
        parsed.decisions.append((name, {"count": str(mark.count), "example": mark.example}))
    parsed.currency = spread([n and n.currency for n in found], pa.string(), indices)
    if any(n and n.is_ambiguous for n in found):
        parsed.warned["ambiguous_number"] = marked(
            [bool(n and n.is_ambiguous) for n in found], indices
        )
    return bounded(parsed)


def read_amounts(cells: pa.Array, *, is_typed: bool) -> Parsed:
    """Read money; the basis is what cells say themselves, null where they say nothing (M10)."""
    blank = pa.nulls(len(cells), pa.string())
    plain = _plain_numbers(cells, is_typed=is_typed)
    if plain is not None:
        nowhere = np.zeros(len(cells), bool)
        parsed = Parsed(plain, nowhere, currency=blank, is_scaled=nowhere, is_signed=nowhere)
        parsed.beside["amount_basis"] = blank
        return parsed
    texts, indices = distinct(cells)
    mark = amounts.decimal_mark(texts, counts(texts, indices))
    read = [amounts.parse(t, mark.mark, is_typed=is_typed) for t in texts]
    found = [one if isinstance(one, amounts.Amount) else None for one in read]
    values = spread([a and a.value for a in found], pa.float64(), indices)
    parsed = Parsed(values, marked([a is None for a in found], indices))
    parsed.currency = spread([a and a.number.currency for a in found], pa.string(), indices)
    parsed.is_scaled = marked([bool(a and a.number.is_scaled) for a in found], indices)
    parsed.is_signed = marked([bool(a and a.number.currency) for a in found], indices)
    parsed.beside["amount_basis"] = spread([a and a.basis for a in found], pa.string(), indices)
    for code in (amounts.PER_SEAT, amounts.PERCENT):
        parsed.faults[code] = marked([one == code for one in read], indices)
    parsed.warned["about_amount"] = marked([bool(a and a.is_about) for a in found], indices)
    parsed.warned["ambiguous_number"] = marked(
        [bool(a and a.number.is_ambiguous) for a in found], indices
    )
    if mark.mark and not is_typed:
        name = "decimal_dot" if mark.mark == "." else "decimal_comma"
        parsed.decisions.append((name, {"count": str(mark.count), "example": mark.example}))
    return parsed


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


def _scaled(values: pa.Array, scale: float) -> pa.Array:
    return values if scale == 1.0 else pc.multiply(values, scale)


def read_words(cells: pa.Array, meaning: Callable[[str], object], type_: pa.DataType) -> Parsed:
    """Read a column whose cells are words; `meaning` gives None for a word it does not know."""
    texts, indices = distinct(cells)
    found = [meaning(t) for t in texts]
    return Parsed(spread(found, type_, indices), marked([f is None for f in found], indices))


def read_csat(cells: pa.Array, *, is_typed: bool) -> tuple[Parsed, float]:
    """Read satisfaction and its scale, 5, 10 or 100 by the column's greatest value (G4)."""
    words = vocabulary("satisfaction")
    texts, indices = distinct(cells)
    meanings = [words.get(folded(t)) for t in texts]
    found: list[float | None] = []
    percent = False
    for text, meaning in zip(texts, meanings, strict=True):
        is_word = meaning or not bound.is_short(text)
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
    return Parsed(spread(list(values), pa.float64(), indices), marked(bad, indices)), scale


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

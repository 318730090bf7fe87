"""The end of a contract: a date, a term from its start, or open; never endless by accident (M9)."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import arrays, kinds, lengths, meanings, terms
from tend.ingest.cells.arrays import Mask
from tend.ingest.cells.dates import Reading
from tend.ingest.cells.kinds import Parsed
from tend.ingest.cells.terms import Term
from tend.ingest.sheet import REJECTED, WARNING, Sheet
from tend.schema.words import folded, listed

_FAR = dt.date(2090, 1, 1)  # 2099-12-31, 31/12/99: no end anybody has agreed on (M11)
_ZERO = (dt.date(1901, 12, 31), dt.date(1970, 1, 1))  # 1900-01-01, or the first second of a clock
_NEVER = re.compile(
    r"(?:9999|2[2-9]\d\d|18\d\d|0001|1900\D0?1\D0?0(?!\d))(?:\D.*)?"
    r"|\d{1,2}\D\d{1,2}\D(?:9999|99)|[0\-/.: ]*0[\-/.: ]*"
)
_TERM, _END = "_term", "_end_term"
_YEARS_ALONE, _MONTHS_ALONE = 5, 120  # plain numbers up to it are years, or months, not days
_MONTH = 31
_MOST = 0.8
_SHOWN, _NAMED = 40, 8  # characters of a word that is told, and how many words are
_DIGIT = re.compile(r"\d")


def read(cells: pa.Array, how: Reading) -> Parsed:
    """Read ends: dates, terms that stand for one, and words or days that say: without end."""
    texts, indices = arrays.distinct(cells)
    days = arrays.spread([_day_of(text) for text in texts], pa.string(), indices)
    parsed = kinds.read_dates(days, how, is_end=True)
    found = [lengths.instead_of_an_end(text) for text in texts]
    is_term = arrays.marked([one is not None for one in found], indices) & parsed.bad
    endless = arrays.marked([_is_endless(text) for text in texts], indices)
    endless |= _beyond(parsed.values)
    parsed.values = _blanked(parsed.values, endless)
    parsed.bad &= ~is_term & ~endless
    parsed.beside[_END] = _kept(found, indices, is_term & ~endless)
    _tell_endless(parsed, cells, endless)
    _tell_renewals(parsed, texts, indices, ~endless)
    if periods := [text for text in texts if meanings.is_range(text)]:
        parsed.decisions.append(("end_of_period", {"example": periods[0]}))
    if options := [t for t, one in zip(texts, found, strict=True) if one and one.option]:
        parsed.decisions.append(("first_part", {"example": options[0][:_SHOWN]}))
    return parsed


def _tell_endless(parsed: Parsed, cells: pa.Array, endless: Mask) -> None:
    """Say how many contracts are open-ended, and by which words or days."""
    if endless.any():
        words = _some(cells.filter(pa.array(endless)))
        parsed.decisions.append(("open_ended", {"count": str(int(endless.sum())), "words": words}))


def _day_of(text: str) -> str:
    """Leave out what stands beside a day: that the contract renews itself, or a start."""
    if terms.renews_itself(text):
        text = terms.without_renewal(text)
    halves = meanings.halves(text)
    return halves[1] if halves and meanings.is_range(text) else text


def _tell_renewals(parsed: Parsed, texts: Sequence[str], indices: pa.Array, named: Mask) -> None:
    """Say that a contract that renews itself is due all the same on the day or term it names."""
    renewing = arrays.marked([terms.renews_itself(text) for text in texts], indices)
    renewing &= named & ~parsed.bad
    if renewing.any():
        parsed.decisions.append(("renews_itself", {"count": str(int(renewing.sum()))}))


def _some(cells: pa.Array) -> str:
    words = cells.unique().to_pylist()
    return ", ".join(word[:_SHOWN] for word in words[:_NAMED]) + (
        " …" if len(words) > _NAMED else ""
    )


def read_ended_on(cells: pa.Array, how: Reading) -> Parsed:
    """Read the day a contract really ended; a day no contract ends on is none."""
    parsed = kinds.read_dates(cells, how, is_end=True)
    texts, indices = arrays.distinct(cells)
    never = arrays.marked([_is_endless(text) for text in texts], indices) | _beyond(parsed.values)
    parsed.values, parsed.bad = _blanked(parsed.values, never), parsed.bad & ~never
    return parsed


def read_term(sheet: Sheet, cells: pa.Array, header: str) -> Parsed:
    """Read lengths; the unit of plain numbers is the header's, else asked for."""
    position = sheet.choice.columns["term"]
    texts, indices = arrays.distinct(cells)
    parts = [text.split("+") for text in texts]
    plain = [float(part) for one in parts if all(map(terms.is_plain, one)) for part in one]
    unit = terms.unit_of(header)
    if plain and unit is None:
        of_plain = arrays.marked([all(map(terms.is_plain, one)) for one in parts], indices)
        unit = sheet.ask("term_unit", _units(max(plain)), position, rows=of_plain)
    found = [terms.parse(text, unit) or lengths.of_word(text) for text in texts]
    found = _with_options(sheet, position, texts, indices, found)
    found = _rolled(sheet, position, texts, indices, found)
    endless = [_is_endless(text) for text in texts]
    bad = [one is None and not e for one, e in zip(found, endless, strict=True)]
    parsed = Parsed(cells, arrays.marked(bad, indices))
    parsed.beside[_TERM] = _kept(found, indices, np.ones(len(cells), bool))
    _tell_words(parsed, texts, found)
    without_end = arrays.marked(
        [e and one is None for e, one in zip(endless, found, strict=True)], indices
    )
    _tell_endless(parsed, cells, without_end)
    _tell_renewals(parsed, texts, indices, ~without_end)
    return parsed


def _units(longest: float) -> tuple[str, ...]:
    """Give the units that plain numbers may be in, the likeliest first."""
    if longest <= _YEARS_ALONE:
        return "year", "month"
    return ("day", "month", "year") if longest > _MONTHS_ALONE else ("month", "year")


def _with_options(
    sheet: Sheet,
    position: int,
    texts: Sequence[str],
    indices: pa.Array,
    found: Sequence[Term | None],
) -> list[Term | None]:
    """Of 1+1年 take the first part, until somebody says that the whole was agreed."""
    example = next((t for t, one in zip(texts, found, strict=True) if one and one.option), None)
    if example is None:
        return list(found)
    rows = arrays.marked([bool(one and one.option) for one in found], indices)
    answers, told = ("first", "whole"), example[:_SHOWN]
    said = sheet.ask("term_option", answers, position, rows=rows, example=told)
    return [
        replace(one, months=one.months + one.option) if one and said == "whole" else one
        for one in found
    ]


def _rolled(
    sheet: Sheet,
    position: int,
    texts: Sequence[str],
    indices: pa.Array,
    found: Sequence[Term | None],
) -> list[Term | None]:
    """A monthly term goes on, until somebody says that the contract ends after a month."""
    words = [text for text in texts if lengths.is_rolling(text)]
    if not words:
        return list(found)
    rows = arrays.marked([text in words for text in texts], indices)
    answers, told = ("open", "month"), words[0][:_SHOWN]
    said = sheet.ask("rolling_term", answers, position, rows=rows, word=told)
    month = Term(1) if said == "month" else None
    return [month if text in words else one for text, one in zip(texts, found, strict=True)]


def _tell_words(parsed: Parsed, texts: Sequence[str], found: Sequence[Term | None]) -> None:
    """Say what words without a number were taken for."""
    words = [
        f"{text[:_SHOWN]} → {one.months}"
        for text, one in zip(texts, found, strict=True)
        if one and not _DIGIT.search(text) and terms.parse(text) is None
    ]
    if words:
        parsed.decisions.append(("term_words", {"words": ", ".join(words[:_NAMED])}))


def look_for_one(sheet: Sheet) -> None:
    """Warn where no header is read as an end, and one that is not used holds days after starts."""
    if "start_date" not in sheet.typed or sheet.choice.columns.keys() & {"end_date", "term"}:
        return
    free = [p for p, header in enumerate(sheet.body.headers) if header]
    later = [p for p in free if p not in sheet.choice.positions and _is_later(sheet, p)]
    if later:
        columns = ", ".join(sheet.body.headers[p] for p in later)
        count = str(int(np.sum(sheet.has("start_date") & ~sheet.skip)))
        sheet.find_in_sheet("no_end_column", columns=columns, count=count)


def _is_later(sheet: Sheet, position: int) -> bool:
    """Tell whether most cells of a column are days, and after the start of their row."""
    days = kinds.read_dates(sheet.body.cells[position]).values
    after = arrays.mask(pc.fill_null(pc.greater(days, sheet.typed["start_date"]), False))
    filled = arrays.mask(pc.is_valid(sheet.body.cells[position])) & ~sheet.skip
    return bool(filled.any() and after[filled].mean() > _MOST)


def settle(sheet: Sheet) -> None:
    """Give each contract its last day: from its end, else from start and term."""
    cells, term = sheet.typed.pop(_END, None), sheet.typed.pop(_TERM, None)
    if term is None and (cells is None or cells.null_count == len(cells)):
        return
    start = sheet.column("start_date", pa.date32()).to_pylist()
    end = sheet.column("end_date", pa.date32())
    of_cells, of_terms = _last_days(start, cells), _last_days(start, term)
    named = _filled(sheet, "end_date")
    _check_terms(sheet, of_cells, of_terms, named)
    computed = [
        own or (None if is_named else term)
        for own, term, is_named in zip(of_cells, of_terms, named.tolist(), strict=True)
    ]
    if any(isinstance(day, dt.date) for day in computed):
        days = pa.array([d if isinstance(d, dt.date) else None for d in computed], pa.date32())
        sheet.typed["end_date"] = pc.coalesce(end, days)
        count = len(days) - days.null_count
        sheet.decide("end_from_term", sheet.choice.columns.get("term"), count=str(count))


def _check_terms(
    sheet: Sheet,
    of_cells: Sequence[dt.date | bool | None],
    of_terms: Sequence[dt.date | bool | None],
    named: Mask,
) -> None:
    """Reject what would be endless only because its end cannot be told; warn where two differ."""
    lost = np.array([day is False for day in of_cells], bool)
    sheet.find(lost, "term_without_start", REJECTED, "end_date")
    if "term" in sheet.unreadable:
        endless = sheet.unreadable["term"] & sheet.has("start_date") & ~named
        sheet.find(endless, "unreadable_value", REJECTED, "term", wanted="term")
    if "end_date" in sheet.typed:
        given = sheet.typed["end_date"].to_pylist()
        pairs = zip(given, of_terms, strict=True)
        differs = np.array([_differ(end, term) for end, term in pairs], bool)
        sheet.find(differs, "term_differs", WARNING, "term")


def _differ(end: dt.date | None, term: dt.date | bool | None) -> bool:
    return bool(end and isinstance(term, dt.date) and abs((end - term).days) > _MONTH)


def _filled(sheet: Sheet, name: str) -> Mask:
    """Tell in which rows the cell of a column is not blank."""
    position = sheet.choice.columns.get(name)
    if position is None:
        return np.zeros(sheet.body.rows, bool)
    return arrays.mask(pc.is_valid(sheet.body.cells[position]))


def _last_days(
    start: Sequence[dt.date | None], found: pa.Array | None
) -> list[dt.date | bool | None]:
    """Give each row's last day by its term; None without a term, False without a start."""
    if found is None:
        return [None] * len(start)
    return [
        None if term is None else (_last(first, Term(**term)) if first else False)
        for first, term in zip(start, found.to_pylist(), strict=True)
    ]


def _last(first: dt.date, term: Term) -> dt.date | bool:
    return term.last_day(first) or False


def _kept(found: Sequence[Term | None], indices: pa.Array, rows: Mask) -> pa.Array:
    kind = pa.struct({"months": pa.int32(), "days": pa.int32(), "option": pa.int32()})
    told = pa.array([vars(one) if one else None for one in found], kind).take(indices)
    return pc.if_else(pa.array(rows), told, pa.scalar(None, kind))


def _blanked(days: pa.Array, rows: Mask) -> pa.Array:
    return pc.if_else(pa.array(rows), pa.scalar(None, pa.date32()), days)


def _beyond(days: pa.Array) -> Mask:
    """Tell which days are too far or too early to be an end."""
    early, clock = _ZERO
    far = pc.or_(pc.greater_equal(days, pa.scalar(_FAR)), pc.equal(days, pa.scalar(clock)))
    return arrays.mask(pc.or_(far, pc.less_equal(days, pa.scalar(early))))


def _is_endless(text: str) -> bool:
    """Tell whether an end says that there is none; SAP writes 9999-12-31, a clock 0000-00-00."""
    word = folded(text)
    if terms.renews_itself(text) and not terms.without_renewal(text):
        return True
    return word in listed("open_ended") or bool(len(word) < 30 and _NEVER.fullmatch(word))

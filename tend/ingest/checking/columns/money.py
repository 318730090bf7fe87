"""Amounts of a sheet: what each is per, its unit and currency, and which are unlike the others."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend import schema
from tend.ingest import titles
from tend.ingest.cells import amounts, arrays, kinds, numbers
from tend.ingest.cells.kinds import Parsed
from tend.ingest.checking.columns import unlike
from tend.ingest.sheet import WARNING, Sheet
from tend.schema import headers as names

_DAYS, _MONTH = 365.25 / 12, 31  # days of a month, and by how many two terms may differ
_BY_INTERVAL, _TOTAL = "interval", "total"


def read(sheet: Sheet, column: schema.Column, cells: pa.Array, header: str) -> Parsed:
    """Read a column of money; the contract's value with what it is per, and its currency."""
    parsed = kinds.read_amounts(cells, is_typed=sheet.raw.typed, of_sheet=sheet.mark)
    position = sheet.choice.columns[column.name]
    scale, of_header = numbers.header_unit(header)
    if scale != 1:
        _scale(sheet, position, parsed, scale, "unit")
    elif (of_title := titles.scale(sheet)) != 1:
        _scale(sheet, position, parsed, of_title, "unit_of_title")
    if column.kind.name != "amount":
        _refuse_rates(parsed)
        return kinds.bounded(parsed)
    currency = parsed.currency
    parsed.beside["_amount_currency"] = pc.fill_null(currency, of_header) if of_header else currency
    _settle_basis(sheet, position, parsed, header)
    return kinds.bounded(parsed)


def _scale(sheet: Sheet, position: int, parsed: Parsed, scale: float, code: str) -> None:
    """Apply the unit of header or title, but to cells with a unit or a sign of their own (M35)."""
    own = parsed.is_scaled
    if (signed := parsed.is_signed & ~own).any():
        count, unit = str(int(signed.sum())), f"{scale:,.0f}"
        answers = ("sign", "unit")
        told = {"count": count, "scale": unit}
        if sheet.ask("sign_or_unit", answers, position, rows=signed, **told) == "sign":
            own = own | signed
    by = pa.array(np.where(own, 1.0, scale))
    parsed.values = pc.multiply(parsed.values, by)
    parsed.beside["_scale"] = by
    parsed.decisions.append((code, {"scale": f"{scale:,.0f}"}))


def _refuse_rates(parsed: Parsed) -> None:
    """An amount beside the contract's value has no basis of its own: a rate is no value there."""
    for name in ("_amount_term", "_unit", "_scale"):
        parsed.beside.pop(name, None)
    rates = arrays.mask(pc.not_equal(parsed.beside.pop("amount_basis"), _TOTAL))
    parsed.bad = parsed.bad | rates
    parsed.values = pc.if_else(pa.array(rates), pa.scalar(None, pa.float64()), parsed.values)


def _settle_basis(sheet: Sheet, position: int, parsed: Parsed, header: str) -> None:
    """Give each amount its basis: of its cell, else said for the column, else of the header."""
    own = parsed.beside["amount_basis"]
    said = sheet.choice.basis or names.basis(header)
    times = 1.0 if sheet.choice.basis else names.times(header)
    by = pc.if_else(pc.is_null(own), times, 1.0)
    parsed.values = pc.multiply(parsed.values, by) if times != 1 else parsed.values
    if sheet.choice.basis:
        sheet.decide(f"{said}_chosen", position)
    elif times != 1:
        sheet.decide("interval_of_header", position, times=f"{times:g}")
    elif said != _TOTAL:
        sheet.decide(said, position)
    elif not names.says_total(header):
        own = _by_interval(sheet, position, parsed)
    if (count := len(own) - own.null_count) and own is parsed.beside["amount_basis"]:
        sheet.decide("basis_of_cells", position, count=str(count))
    filled = pc.fill_null(own, said)
    blank = pa.scalar(None, pa.string())
    parsed.beside["amount_basis"] = pc.if_else(pc.is_valid(parsed.values), filled, blank)


def _by_interval(sheet: Sheet, position: int, parsed: Parsed) -> pa.Array:
    """Let an interval beside an amount say what it is per, where neither cell nor header do."""
    own = parsed.beside["amount_basis"]
    at = sheet.choice.columns.get("billing_interval")
    if at is None:
        return own
    months = kinds.read_words(sheet.body.cells[at], amounts.interval, pa.float64()).values
    interval = sheet.body.headers[at]
    if months.null_count == len(months):
        return own
    answers = (_BY_INTERVAL, _TOTAL)
    rows = arrays.mask(pc.is_valid(months)) & arrays.mask(pc.is_null(own))
    if sheet.ask("interval", answers, position, rows=rows, interval=interval) == _TOTAL:
        return own
    encoded = months.dictionary_encode()
    found = [amounts.basis_of(m) for m in encoded.dictionary.to_pylist()]
    basis = arrays.spread([b for b, _ in found], pa.string(), encoded.indices)
    by = pc.fill_null(arrays.spread([f for _, f in found], pa.float64(), encoded.indices), 1.0)
    free = pc.and_(pc.is_null(own), pc.is_valid(basis))
    parsed.values = pc.if_else(free, pc.multiply(parsed.values, by), parsed.values)
    sheet.decide("basis_of_interval", position, interval=interval)
    return pc.coalesce(own, basis)


def check(sheet: Sheet) -> None:
    """Note amounts below nothing and those unlike the others; settle the currency of each row."""
    _fill_currency(sheet)
    _settle_terms(sheet)
    values = sheet.column("amount", pa.float64())
    sheet.find(arrays.mask(pc.less(values, 0)), "negative_amount", WARNING, "amount")
    if "amount" in sheet.typed:
        unlike.check(sheet)


def _fill_currency(sheet: Sheet) -> None:
    if "amount" not in sheet.typed:
        return
    found = sheet.typed.pop("_amount_currency")
    found = titles.with_currency(sheet, pc.coalesce(sheet.column("currency", pa.string()), found))
    if "currency" in sheet.typed or found.null_count < len(found):
        sheet.typed["currency"] = found


def _settle_terms(sheet: Sheet) -> None:
    """An amount for a term is the contract's where that runs so long, else so much a year."""
    of_term = sheet.typed.pop("_amount_term", None)
    if of_term is None or of_term.null_count == len(of_term):
        return
    start, end = (
        pc.cast(sheet.column(name, pa.date32()), pa.int32()) for name in ("start_date", "end_date")
    )
    days = pc.add(pc.subtract(end, start), 1)
    apart = pc.abs(pc.subtract(pc.multiply(of_term, _DAYS), pc.cast(days, pa.float64())))
    other = pc.and_(pc.is_valid(of_term), pc.fill_null(pc.greater(apart, _MONTH), True))
    yearly = pc.divide(pc.multiply(sheet.typed["amount"], 12.0), of_term)
    sheet.typed["amount"] = pc.if_else(other, yearly, sheet.typed["amount"])
    sheet.typed["amount_basis"] = pc.if_else(other, "annual", sheet.typed["amount_basis"])
    sheet.find(arrays.mask(other), "amount_of_other_term", WARNING, "amount")

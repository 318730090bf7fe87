"""The rules of one row: what is wrong with it by itself."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend import schema
from tend.ingest.cells import arrays
from tend.ingest.cells.arrays import Mask
from tend.ingest.checking.columns import ends, money
from tend.ingest.sheet import REJECTED, WARNING, Sheet

# by kind of column
_MISSING = {"amount": "no_value", "date": "no_date", "moment": "no_date", "period": "no_date"}
_YEARS_OFF = dt.timedelta(days=20 * 365.25)


def check(sheet: Sheet) -> None:
    """Note what each row lacks, and what its values cannot be."""
    _error_cells(sheet)
    _check_needed(sheet)
    if not sheet.choice.months:
        _RULES.get(sheet.choice.dataset, lambda _: None)(sheet)


def _error_cells(sheet: Sheet) -> None:
    """An error cell is a problem of its row: rejected where the value is needed (K14)."""
    needed = {*schema.CUSTOMER, *sheet.dataset.needed}
    mapped = {p: c for c, p in sheet.choice.columns.items()}
    for column, texts in sheet.errors.items():
        severity = REJECTED if mapped.get(column) in needed else WARNING
        formulas = [row for row, text in texts.items() if not text]
        for code, rows in (
            ("error_cell", texts.keys() - formulas),
            ("formula_without_result", formulas),
        ):
            mask = np.zeros(sheet.body.rows, bool)
            mask[list(rows)] = True
            if column in sheet.choice.positions:
                sheet.find(mask, code, severity, column, about=_telling(texts))


def _telling(texts: Mapping[int, str]) -> Callable[[int], Mapping[str, str]]:
    return lambda row: {"value": texts[row]}


def _telling_all(label: str) -> Callable[[int], Mapping[str, str]]:
    return lambda _row: {"column": label}


def _check_needed(sheet: Sheet) -> None:
    named = sheet.has_any(sheet.dataset.named_by)
    first = sheet.first_of(reversed(schema.CUSTOMER))
    sheet.find(~named & ~_failed(sheet), "no_customer", REJECTED, first)
    if sheet.choice.months:
        return
    _ask_for_columns(sheet)
    for name in sheet.dataset.needed:
        column = sheet.dataset.columns[name]
        code = _MISSING.get(column.kind.name, "missing_value")
        rows = ~sheet.has(name) & ~_failed(sheet, name)
        rows &= ~sheet.unreadable.get(name, np.zeros(len(rows), bool))
        if name in sheet.choice.columns:
            sheet.find(rows, code, REJECTED, name)
        else:
            label = " / ".join(column.label.values())
            about = _telling_all(label)
            sheet.find(rows, code, REJECTED, about=about, wanted="column")
    if one_of := sheet.dataset.one_of:
        first = sheet.first_of(one_of)
        rows = ~sheet.has_any(one_of) & ~_unread(sheet, one_of)
        sheet.find(rows, "no_date_or_outcome", REJECTED, first)


def _unread(sheet: Sheet, names: Iterable[str]) -> Mask:
    """Tell which rows are rejected already for what cannot be read in these columns."""
    found = np.zeros(sheet.body.rows, bool)
    for name in names:
        if sheet.dataset.columns[name].is_strict and name in sheet.unreadable:
            found |= sheet.unreadable[name]
    return found


def _ask_for_columns(sheet: Sheet) -> None:
    """Name what the sheet lacks as a whole, and what it has that was not used (M24)."""
    columns = sheet.dataset.columns
    lacking = [columns[c] for c in sheet.dataset.needed if c not in sheet.choice.columns]
    if sheet.dataset.one_of and not sheet.first_of(sheet.dataset.one_of):
        lacking += [columns[c] for c in sheet.dataset.one_of]
    if lacking:
        used = sheet.choice.positions
        unused = [h for p, h in enumerate(sheet.body.headers) if h and p not in used]
        sheet.find_in_sheet(
            "missing_columns",
            dataset=" / ".join(sheet.dataset.label.values()),
            missing=", ".join(" / ".join(column.label.values()) for column in lacking),
            unused=", ".join(unused[:20]) or "-",
        )


def _failed(sheet: Sheet, name: str | None = None) -> Mask:
    """Tell which rows have an error cell where the value should be: one reason is enough."""
    rows = np.zeros(sheet.body.rows, bool)
    wanted = {sheet.choice.columns.get(c) for c in ((name,) if name else schema.CUSTOMER)} - {None}
    for finding in sheet.findings:
        if (
            finding.code in ("error_cell", "formula_without_result", "merged_sum")
            and finding.position in wanted
        ):
            rows |= finding.rows
    return rows


def _check_contracts(sheet: Sheet) -> None:
    _fill_outcome(sheet)
    ends.look_for_one(sheet)
    ends.settle(sheet)
    if "start_date" in sheet.typed and "end_date" in sheet.typed:
        late = arrays.mask(pc.less(sheet.typed["end_date"], sheet.typed["start_date"]))
        sheet.find(late, "end_before_start", REJECTED, "end_date", about=_days(sheet))
    money.check(sheet)
    for name in ("start_date", "end_date"):
        if name in sheet.typed:
            _implausible_dates(sheet, name)


def _days(sheet: Sheet) -> Callable[[int], Mapping[str, str]]:
    """Tell a row's two days as they were read: an end may follow from a term or a word."""
    start, end = sheet.typed["start_date"], sheet.typed["end_date"]
    return lambda row: {"start": str(start[row]), "end": str(end[row])}


def _fill_outcome(sheet: Sheet) -> None:
    """A blank in a renewal ledger is undecided; in a list with start dates it is left open."""
    if "outcome" not in sheet.typed:
        return
    if "start_date" not in sheet.choice.columns:
        sheet.typed["outcome"] = pc.fill_null(sheet.typed["outcome"], "undecided")


def _implausible_dates(sheet: Sheet, name: str) -> None:
    today = dt.date.today()
    days = sheet.typed[name]
    far = pc.or_kleene(
        pc.greater(days, pa.scalar(today + _YEARS_OFF)),
        pc.less(days, pa.scalar(today - _YEARS_OFF)),
    )
    rows = arrays.mask(far)
    if name == "end_date" and "start_date" in sheet.typed:
        length = pc.subtract(
            pc.cast(days, pa.int32()), pc.cast(sheet.typed["start_date"], pa.int32())
        )
        rows |= arrays.mask(pc.greater(length, _YEARS_OFF.days))
    sheet.find(rows, "implausible_value", WARNING, name)


def _check_surveys(sheet: Sheet) -> None:
    if "nps" in sheet.typed:
        nps = sheet.typed["nps"]
        outside = arrays.mask(pc.or_(pc.less(nps, 0), pc.greater(nps, 10)))
        sheet.find(outside, "nps_out_of_range", REJECTED, "nps")


_RULES = {"contracts": _check_contracts, "surveys": _check_surveys}

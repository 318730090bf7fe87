"""The rules of one row: cells -> typed columns, and what is wrong with a row by itself."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend import schema
from tend.ingest.cells import numbers, periods, values
from tend.ingest.cells.values import Mask, Parsed
from tend.ingest.draft import REJECTED, WARNING, Draft
from tend.ingest.model import Options
from tend.schema import headers as names
from tend.schema.words import name_key

_MISSING = {"amount": "no_value", "date": "no_date", "period": "no_date"}  # by kind of column
# Kinds whose cells say what they mean each by itself.
_READ: Mapping[str, tuple[Callable[[str], object], pa.DataType]] = {
    "currency": (numbers.currency, pa.string()),
    "nps": (values.nps, pa.float64()),
    "sentiment": (values.sentiment, pa.float64()),
}
_YEARS_OFF = dt.timedelta(days=20 * 365.25)


def cut_long_cells(draft: Draft, longest: int) -> None:
    """Cut cells no spreadsheet could hold, with a warning (K11)."""
    cells = list(draft.body.cells)
    for position, column in enumerate(cells):
        if (pc.max(pc.binary_length(column)).as_py() or 0) <= longest:
            continue
        length = pc.utf8_length(column)
        if pc.max(length).as_py() > longest:
            cells[position] = pc.utf8_slice_codeunits(column, 0, longest)
            draft.find(values.mask(pc.greater(length, longest)), "cell_cut", WARNING, position)
    draft.body = replace(draft.body, cells=tuple(cells))


def type_columns(draft: Draft, options: Options) -> None:
    """Type every column the sheet has and note what its cells have wrong."""
    for name, position in draft.choice.columns.items():
        column = draft.dataset.columns[name]
        cells = draft.body.cells[position]
        if column.kind.name == "date" and list(draft.choice.columns.values()).count(position) > 1:
            cells = values.range_part(cells, 1 if name == "start_date" else 2)
        if column.kind.name == "text":
            draft.typed[name] = cells
        else:
            _keep(draft, name, position, _parse(draft, column, cells, options))
    if draft.choice.dataset == "usage":
        _type_measures(draft)
    _type_customer(draft)
    _error_cells(draft)
    _check_needed(draft)
    _RULES.get(draft.choice.dataset, lambda _: None)(draft)


def _parse(draft: Draft, column: schema.Column, cells: pa.Array, options: Options) -> Parsed:
    typed = draft.sheet.typed
    header = draft.body.headers[draft.choice.columns[column.name]]
    match column.kind.name:
        case "size":
            draft.typed["size_number"] = values.size_numbers(cells)
            return Parsed(cells, np.zeros(len(cells), bool))
        case "date":
            return values.read_dates(
                cells,
                options.date_order,
                is_end=column.is_end,
                open_words=column.name == "end_date",
            )
        case "period":
            return periods.read(draft, cells, header, options.date_order)
        case "amount" | "money" | "number":
            return _read_amounts(draft, column, cells, header)
        case "currency" | "nps" | "sentiment" as kind:
            return values.read_words(cells, *_READ[kind])
        case "outcome":
            churn = names.is_churn(header)
            if churn:
                draft.decide("churn", draft.choice.columns["outcome"])
            return values.read_words(
                cells, lambda t: values.outcome(t, is_churn=churn), pa.string()
            )
        case "csat":
            parsed, scale = values.read_csat(cells, is_typed=typed)
            scales = pc.if_else(
                pc.is_valid(parsed.values), pa.scalar(scale), pa.scalar(None, pa.float64())
            )
            draft.typed["csat_scale"] = scales
            if scales.null_count < len(scales):
                draft.decide("csat_scale", draft.choice.columns["csat"], scale=f"{scale:g}")
            return parsed
        case "hours":
            unit = numbers.header_unit(header)[0]
            parsed = values.read_words(cells, values.hours, pa.float64())
            parsed.values = pc.multiply(parsed.values, unit) if unit != 1 else parsed.values
            return values.bounded(parsed)
        case _:
            return values.read_shares(cells, is_typed=typed)


def _read_amounts(draft: Draft, column: schema.Column, cells: pa.Array, header: str) -> Parsed:
    is_money = column.kind.name != "number"
    scale, header_currency = numbers.header_unit(header) if is_money else (1.0, None)
    parsed = values.read_numbers(cells, is_typed=draft.sheet.typed, scale=scale)
    if column.kind.name == "amount":
        found = (
            parsed.currency if parsed.currency is not None else pa.nulls(len(cells), pa.string())
        )
        draft.typed["_amount_currency"] = (
            pc.fill_null(found, header_currency) if header_currency else found
        )
        basis = pa.repeat(pa.scalar(names.basis(header), pa.string()), len(cells))
        draft.typed["amount_basis"] = pc.if_else(
            pc.is_valid(parsed.values), basis, pa.scalar(None, pa.string())
        )
        if (rate := names.basis(header)) != "total":
            draft.decide(rate, draft.choice.columns["amount"])
    if scale != 1:
        parsed.decisions.append(("unit", {"scale": f"{scale:,.0f}"}))
    return parsed


def _keep(draft: Draft, name: str, position: int, parsed: Parsed) -> None:
    draft.typed[name] = parsed.values
    column = draft.dataset.columns.get(name)  # None for a measure that the file alone knows
    code = "unknown_word" if column and column.kind.is_word else "unreadable_value"
    draft.find(parsed.bad, code, REJECTED if column and column.needed else WARNING, position)
    for warning, rows in parsed.warned.items():
        draft.find(rows, warning, WARNING, position)
    for decision, params in parsed.decisions:
        draft.decide(decision, position, **params)
    draft.typed[f"_bad_{name}"] = pa.array(parsed.bad)


def _type_measures(draft: Draft) -> None:
    for position, header in draft.choice.measures.items():
        parsed = values.read_numbers(draft.body.cells[position], is_typed=draft.sheet.typed)
        _keep(draft, f"measure:{header}", position, parsed)


def _type_customer(draft: Draft) -> None:
    given = draft.column("customer_name", pa.string())
    encoded = given.dictionary_encode()
    keys = pa.array([name_key(n) for n in encoded.dictionary.to_pylist()], pa.string())
    draft.typed["name_key"] = keys.take(encoded.indices)


def _error_cells(draft: Draft) -> None:
    """An error cell is a problem of its row: rejected where the value is needed (K14)."""
    needed = {*schema.CUSTOMER, *draft.dataset.needed}
    mapped = {p: c for c, p in draft.choice.columns.items()}
    known = {*mapped, *draft.choice.extras, *draft.choice.measures, *draft.choice.also.values()}
    for column, texts in draft.errors.items():
        severity = REJECTED if mapped.get(column) in needed else WARNING
        formulas = [row for row, text in texts.items() if not text]
        for code, rows in (
            ("error_cell", texts.keys() - formulas),
            ("formula_without_result", formulas),
        ):
            mask = np.zeros(draft.body.rows, bool)
            mask[list(rows)] = True
            if column in known:
                draft.find(mask, code, severity, column, about=_telling(texts))


def _telling(texts: Mapping[int, str]) -> Callable[[int], Mapping[str, str]]:
    return lambda row: {"value": texts[row]}


def _telling_all(label: str) -> Callable[[int], Mapping[str, str]]:
    return lambda _row: {"column": label}


def _check_needed(draft: Draft) -> None:
    named = draft.has_any(draft.dataset.named_by)
    first = draft.first_of(reversed(schema.CUSTOMER))
    draft.find(~named & ~_failed(draft), "no_customer", REJECTED, first)
    for name in draft.dataset.needed:
        column = draft.dataset.columns[name]
        code = _MISSING.get(column.kind.name, "missing_value")
        rows = ~draft.has(name) & ~_failed(draft, name)
        if name in draft.choice.columns:
            bad = draft.typed.get(f"_bad_{name}")
            draft.find(rows if bad is None else rows & ~values.mask(bad), code, REJECTED, name)
        else:
            label = " / ".join(column.label.values())
            draft.find(rows, code, REJECTED, about=_telling_all(label))
    if one_of := draft.dataset.one_of:
        first = draft.first_of(one_of)
        draft.find(~draft.has_any(one_of), "no_date_or_outcome", REJECTED, first)


def _failed(draft: Draft, name: str | None = None) -> Mask:
    """Tell which rows have an error cell where the value should be: one reason is enough."""
    rows = np.zeros(draft.body.rows, bool)
    wanted = {draft.choice.columns.get(c) for c in ((name,) if name else schema.CUSTOMER)} - {None}
    for finding in draft.findings:
        if (
            finding.code in ("error_cell", "formula_without_result", "merged_sum")
            and finding.position in wanted
        ):
            rows |= finding.rows
    return rows


def _check_contracts(draft: Draft) -> None:
    _fill_outcome(draft)
    if "start_date" in draft.typed and "end_date" in draft.typed:
        late = values.mask(pc.less(draft.typed["end_date"], draft.typed["start_date"]))
        draft.find(late, "end_before_start", REJECTED, "end_date")
    _fill_currency(draft)
    amounts = draft.column("amount", pa.float64())
    draft.find(values.mask(pc.less(amounts, 0)), "negative_amount", WARNING, "amount")
    _implausible_amounts(draft, amounts)
    for name in ("start_date", "end_date"):
        if name in draft.typed:
            _implausible_dates(draft, name)


def _fill_outcome(draft: Draft) -> None:
    """A blank in a renewal ledger is undecided; in a list with start dates it is left open."""
    if "outcome" not in draft.typed:
        return
    if "start_date" not in draft.choice.columns:
        draft.typed["outcome"] = pc.fill_null(draft.typed["outcome"], "undecided")


def _fill_currency(draft: Draft) -> None:
    if "amount" not in draft.typed:
        return
    found = draft.typed.pop("_amount_currency")
    own = draft.column("currency", pa.string())
    if "currency" in draft.typed or found.null_count < len(found):
        draft.typed["currency"] = pc.coalesce(own, found)


def _implausible_amounts(draft: Draft, amounts: pa.Array) -> None:
    sizes = pc.abs(pc.drop_null(amounts.filter(pa.array(~draft.skip))))
    sizes = sizes.filter(pc.greater(sizes, 0))
    if len(sizes) >= 3:
        median = float(np.median(sizes.to_numpy(zero_copy_only=False)))
        rows = values.mask(pc.greater_equal(pc.abs(amounts), 1000 * median))
        draft.find(rows, "implausible_value", WARNING, "amount")


def _implausible_dates(draft: Draft, name: str) -> None:
    today = dt.date.today()
    days = draft.typed[name]
    far = pc.or_kleene(
        pc.greater(days, pa.scalar(today + _YEARS_OFF)),
        pc.less(days, pa.scalar(today - _YEARS_OFF)),
    )
    rows = values.mask(far)
    if name == "end_date" and "start_date" in draft.typed:
        length = pc.subtract(
            pc.cast(days, pa.int32()), pc.cast(draft.typed["start_date"], pa.int32())
        )
        rows |= values.mask(pc.greater(length, _YEARS_OFF.days))
    draft.find(rows, "implausible_value", WARNING, name)


def _check_surveys(draft: Draft) -> None:
    if "nps" in draft.typed:
        nps = draft.typed["nps"]
        outside = values.mask(pc.or_(pc.less(nps, 0), pc.greater(nps, 10)))
        draft.find(outside, "nps_out_of_range", REJECTED, "nps")


_RULES = {"contracts": _check_contracts, "surveys": _check_surveys}

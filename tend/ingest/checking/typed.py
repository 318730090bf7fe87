"""Cells -> typed columns of a sheet, by the kinds of its columns, and what its cells have wrong."""

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend import schema
from tend.ingest.cells import amounts, ids, kinds, meanings, numbers, periods, times
from tend.ingest.cells.dates import Reading
from tend.ingest.cells.kinds import Parsed
from tend.ingest.checking import days, ends, matrix, money
from tend.ingest.results import Options
from tend.ingest.sheet import REJECTED, WARNING, Sheet
from tend.schema import headers as names
from tend.schema.words import name_key, visible

# Kinds whose cells say what they mean each by itself.
_READ: Mapping[str, tuple[Callable[[str], object], pa.DataType]] = {
    "currency": (numbers.currency, pa.string()),
    "interval": (amounts.interval, pa.float64()),
    "nps": (meanings.nps, pa.float64()),
    "sentiment": (meanings.sentiment, pa.float64()),
}
# The ends of contracts, which may be none.
_ENDS = {"end_date": ends.read, "ended_on": ends.read_ended_on}


def type_columns(sheet: Sheet, options: Options) -> None:
    """Type every column the sheet has and note what its cells have wrong."""
    how = days.reading(sheet, options)
    dated = dict(days.date_cells(sheet))
    for name, position in sheet.choice.columns.items():
        column = sheet.dataset.columns[name]
        cells = dated.get(name, sheet.body.cells[position])
        if column.kind.name == "text":
            sheet.typed[name] = cells
        elif column.kind.name == "id":
            _keep_ids(sheet, name, position)
        else:
            _keep(sheet, name, position, _parse(sheet, column, cells, how))
    if sheet.choice.months:
        matrix.read(sheet)
    if sheet.choice.dataset == "usage":
        _type_measures(sheet)
    _type_customer(sheet)


def _parse(sheet: Sheet, column: schema.Column, cells: pa.Array, how: Reading) -> Parsed:
    typed = sheet.raw.typed
    header = sheet.body.headers[sheet.choice.columns[column.name]]
    match column.kind.name:
        case "size":
            beside = {"size_number": kinds.size_numbers(cells)}
            return Parsed(cells, np.zeros(len(cells), bool), beside=beside)
        case "date" | "notice":
            return _ENDS.get(column.name, kinds.read_dates)(cells, how)
        case "term":
            return ends.read_term(sheet, cells, header)
        case "moment":
            parsed = kinds.read_dates(cells, how)
            parsed.beside["time_of_day"] = times.read(cells)
            return parsed
        case "period":
            data = pc.if_else(pa.array(sheet.skip), pa.scalar(None, pa.string()), cells)
            return periods.read(data, header, how)
        case "amount" | "money":
            return money.read(sheet, column, cells, header)
        case "number":
            return kinds.read_numbers(cells, is_typed=typed)
        case "currency" | "interval" | "nps" | "sentiment" as kind:
            return kinds.read_words(cells, *_READ[kind])
        case "outcome":
            return _outcomes(sheet, cells, header)
        case "csat":
            return _scores(sheet, cells)
        case "hours":
            unit = numbers.header_unit(header)[0]
            parsed = kinds.read_words(cells, meanings.hours, pa.float64())
            parsed.values = pc.multiply(parsed.values, unit) if unit != 1 else parsed.values
            return kinds.bounded(parsed)
        case _:
            return kinds.read_shares(cells, is_typed=typed)


def _scores(sheet: Sheet, cells: pa.Array) -> Parsed:
    parsed, scale = kinds.read_csat(cells, is_typed=sheet.raw.typed)
    scales = pc.if_else(pc.is_valid(parsed.values), pa.scalar(scale), pa.scalar(None, pa.float64()))
    parsed.beside["csat_scale"] = scales
    if scales.null_count < len(scales):
        sheet.decide("csat_scale", sheet.choice.columns["csat"], scale=f"{scale:g}")
    return parsed


def _outcomes(sheet: Sheet, cells: pa.Array, header: str) -> Parsed:
    churn = names.is_churn(header)
    if churn:
        sheet.decide("churn", sheet.choice.columns["outcome"])
    return kinds.read_words(
        cells,
        lambda t: meanings.outcome(t, is_churn=churn, statuses=sheet.statuses),
        pa.string(),
    )


def _keep_ids(sheet: Sheet, name: str, position: int) -> None:
    sheet.typed[name], had_point = ids.read(sheet.body.cells[position])
    if had_point:
        sheet.decide("ids_without_point", position)
    sheet.find(ids.cut(sheet.typed[name]), "id_cut", WARNING, position)


def _keep(sheet: Sheet, name: str, position: int, parsed: Parsed) -> None:
    sheet.typed |= {name: parsed.values, **parsed.beside}
    column = sheet.dataset.columns.get(name)  # None for a measure that the file alone knows
    code = "unknown_word" if column and column.kind.is_word else "unreadable_value"
    severity = REJECTED if column and (column.needed or column.is_strict) else WARNING
    told = np.zeros(len(parsed.bad), bool)
    for fault, rows in parsed.faults.items():
        sheet.find(rows, fault, severity, position)
        told |= rows
    sheet.find(parsed.bad & ~told, code, severity, position)
    for warning, rows in parsed.warned.items():
        sheet.find(rows, warning, WARNING, position)
    for decision, params in parsed.decisions:
        sheet.decide(decision, position, **params)
    sheet.unreadable[name] = parsed.bad


def _type_measures(sheet: Sheet) -> None:
    for position, header in sheet.choice.measures.items():
        parsed = kinds.read_numbers(sheet.body.cells[position], is_typed=sheet.raw.typed)
        _keep(sheet, f"measure:{header}", position, parsed)


def _type_customer(sheet: Sheet) -> None:
    given = sheet.column("customer_name", pa.string())
    encoded = given.dictionary_encode()
    names = encoded.dictionary.to_pylist()
    if "customer_name" in sheet.typed:
        seen = pa.array(map(visible, names), pa.string())
        sheet.typed["customer_name"] = seen.take(encoded.indices)
    sheet.typed["name_key"] = pa.array(map(name_key, names), pa.string()).take(encoded.indices)

"""Cells -> typed columns of a sheet, by the kinds of its columns, and what its cells have wrong."""

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend import schema
from tend.ingest import across
from tend.ingest.cells import amounts, ids, kinds, meanings, numbers, periods, times
from tend.ingest.cells.dates import Reading
from tend.ingest.cells.kinds import Parsed
from tend.ingest.checking.columns import days, ends, marks, money, scales
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
_WANTED = ("number", "date")  # what an unreadable cell should have been
# The ends of contracts, which may be none.
_NOTICE = {"notice": ends.read_ended_on}
_ENDS = {"end_date": ends.read, "ended_on": ends.read_ended_on}


def type_columns(sheet: Sheet, options: Options) -> None:
    """Type every column the sheet has and note what its cells have wrong."""
    how = days.reading(sheet, options)
    sheet.mark = marks.of_sheet(sheet)
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
        across.read(sheet)
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
        case "date" | "moment" | "notice":
            return _dates(column, cells, how)
        case "term":
            return ends.read_term(sheet, cells, header)
        case "period":
            data = pc.if_else(pa.array(sheet.skip), pa.scalar(None, pa.string()), cells)
            return periods.read(data, header, how)
        case "amount" | "money":
            return money.read(sheet, column, cells, header)
        case "number":
            return kinds.read_numbers(cells, is_typed=typed, of_sheet=sheet.mark)
        case "currency" | "interval" | "nps" | "sentiment" as kind:
            return kinds.read_words(cells, *_READ[kind])
        case "outcome":
            return _outcomes(sheet, cells, header)
        case "csat":
            return scales.read(sheet, cells, header)
        case "hours":
            unit = numbers.header_unit(header)[0]
            parsed = kinds.read_words(cells, meanings.hours, pa.float64())
            parsed.values = pc.multiply(parsed.values, unit) if unit != 1 else parsed.values
            return kinds.bounded(parsed)
        case _:
            return kinds.read_shares(cells, is_typed=typed)


def _dates(column: schema.Column, cells: pa.Array, how: Reading) -> Parsed:
    read = _ENDS.get(column.name) or _NOTICE.get(column.kind.name, kinds.read_dates)
    parsed = read(cells, how)
    if column.kind.name == "moment":
        parsed.beside["time_of_day"] = times.read(cells, how.zone)
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
    wanted = column.kind.cells if column else "number"
    if code == "unreadable_value" and wanted in _WANTED:
        sheet.find(parsed.bad & ~told, code, severity, position, wanted=wanted)
    else:
        sheet.find(parsed.bad & ~told, code, severity, position)
    for warning, rows in parsed.warned.items():
        sheet.find(rows, warning, WARNING, position)
    for decision, params in parsed.decisions:
        sheet.decide(decision, position, **params)
    sheet.unreadable[name] = parsed.bad


def _type_measures(sheet: Sheet) -> None:
    for position, header in sheet.choice.measures.items():
        cells = sheet.body.cells[position]
        parsed = kinds.read_numbers(cells, is_typed=sheet.raw.typed, of_sheet=sheet.mark)
        _keep(sheet, f"measure:{header}", position, parsed)


def _type_customer(sheet: Sheet) -> None:
    given = sheet.column("customer_name", pa.string())
    encoded = given.dictionary_encode()
    names = encoded.dictionary.to_pylist()
    if "customer_name" in sheet.typed:
        seen = pa.array(map(visible, names), pa.string())
        sheet.typed["customer_name"] = seen.take(encoded.indices)
    sheet.typed["name_key"] = pa.array(map(name_key, names), pa.string()).take(encoded.indices)

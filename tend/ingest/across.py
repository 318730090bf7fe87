"""The values of a matrix of months: typed, and what its rows have wrong (M28)."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest import titles
from tend.ingest.cells import kinds
from tend.ingest.sheet import REJECTED, WARNING, Sheet
from tend.schema import CUSTOMER

MONTH = "month:{}"


def read(sheet: Sheet) -> None:
    """Type the months; a cell that is no number rejects its row."""
    scale = titles.scale(sheet)
    found = pa.nulls(sheet.body.rows, pa.string())
    for place, month in sheet.choice.months.items():
        parsed = kinds.bounded(
            kinds.read_amounts(sheet.body.cells[place], is_typed=sheet.raw.typed)
        )
        sheet.find(parsed.bad, "unreadable_value", REJECTED, place, wanted="number")
        sheet.typed[MONTH.format(month)] = pc.multiply(parsed.values, scale)
        found = pc.coalesce(found, parsed.currency)
    if sheet.choice.dataset == "contracts":  # what is told of currencies goes by the last month
        last = max(sheet.choice.months.values())
        sheet.typed["amount"] = sheet.typed[MONTH.format(last)]
        found = pc.coalesce(sheet.column("currency", pa.string()), found)
        found = titles.with_currency(sheet, found)
        if found.null_count < len(found):
            sheet.typed["currency"] = found
    for place in {p for column in sheet.errors for p in [column] if p in sheet.choice.months}:
        rows = np.zeros(sheet.body.rows, bool)
        rows[list(sheet.errors[place])] = True
        sheet.find(rows, "error_cell", REJECTED, place, about=_telling(sheet, place))


def _telling(sheet: Sheet, place: int):  # type: ignore[no-untyped-def]
    return lambda row: {"value": sheet.errors[place][row]}


def check(sheet: Sheet) -> None:
    """Tell which rows are of a customer that an earlier row names: they are added up."""
    first: dict[tuple[object, ...], int] = {}
    key = (CUSTOMER[0], "name_key", *sheet.dataset.beside_months)
    columns = [sheet.column(name, pa.string()).to_pylist() for name in key]
    others: dict[int, str] = {}
    for row in np.flatnonzero(sheet.accepted()).tolist():
        whose = tuple(column[row] for column in columns)
        if (at := first.setdefault(whose, row)) != row:
            others[row] = str(sheet.row_no[at])
    rows = np.zeros(sheet.body.rows, bool)
    rows[list(others)] = True
    sheet.find(rows, "added_up", WARNING, about=lambda row: {"others": others[row]})

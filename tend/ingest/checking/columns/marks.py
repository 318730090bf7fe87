"""The decimal mark of a sheet: what its columns, separator and dates say where one cannot (M15)."""

import re

import pyarrow as pa

from tend.ingest.cells import amounts, arrays, dates
from tend.ingest.cells.numbers import Mark
from tend.ingest.checking.columns import days
from tend.ingest.sheet import Sheet

_NUMBERS = ("amount", "money", "number")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")  # as where the comma is the mark


def of_sheet(sheet: Sheet) -> Mark:
    """Tell the mark, by the numbers that can say it, else by the separator or dotted dates."""
    if sheet.raw.typed:
        return Mark(None)
    numbers = [text for cells in _number_cells(sheet) for text in arrays.distinct(cells)[0]]
    if (found := amounts.decimal_mark(numbers)).mark:
        return found
    cut_by_semicolon = any(
        one.code == "separator" and one.params["separator"] == ";" for one in sheet.raw.decisions
    )
    return Mark("," if cut_by_semicolon or _has_dotted_dates(sheet) else None)


def _number_cells(sheet: Sheet) -> list[pa.Array]:
    columns = sheet.choice.columns.items()
    named = [p for name, p in columns if sheet.dataset.columns[name].kind.name in _NUMBERS]
    return [sheet.body.cells[position] for position in (*named, *sheet.choice.measures)]


def _has_dotted_dates(sheet: Sheet) -> bool:
    """Tell whether a date is written 31.12.2024; of 24.12.31 nobody knows who writes so."""
    texts = (t for _, cells in days.date_cells(sheet) for t in arrays.distinct(cells)[0])
    return any(
        _DOTTED.fullmatch(bare) and dates.readings(bare)[:1] == ("dmy",)
        for bare in map(dates.bare, texts)
    )

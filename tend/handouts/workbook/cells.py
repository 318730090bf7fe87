"""How a value stands in a cell: with its type, shown by its kind, and never as a formula."""

import math
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pyarrow as pa
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tend.queries.kinds import Kind

# What Excel can hold in a cell, and what XML cannot.
_LONGEST = 32_767
_CONTROL = MappingProxyType({code: None for code in range(32) if code not in (9, 10, 13)})
_DAYS = MappingProxyType({"date": "yyyy-mm-dd", "month": "yyyy-mm", "moment": "yyyy-mm-dd hh:mm"})
# A sheet of this name Excel keeps for itself.
_KEPT = "history"
# Text is data also where it looks like a formula, and stays so when somebody edits it.
TEXT: Mapping[str, object] = MappingProxyType({"quote_prefix": True})
# Nothing a file says becomes a formula, a link or a number.
OPTIONS: Mapping[str, object] = MappingProxyType(
    {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
)


def look(kind: Kind | None, holds: pa.DataType, currency: str = "") -> Mapping[str, object]:
    """Give how a column's cells look that hold a type: text stays text, the rest by its kind."""
    if pa.types.is_date(holds):
        return {"num_format": _DAYS["month" if kind and kind.name == "month" else "date"]}
    if pa.types.is_timestamp(holds):
        return {"num_format": _DAYS["moment"]}
    if pa.types.is_integer(holds) or pa.types.is_floating(holds):
        return {"num_format": number(kind, currency)}
    return {} if pa.types.is_boolean(holds) else TEXT


def number(kind: Kind | None, currency: str = "") -> str:
    """Give Excel's format for numbers of a kind, money with its currency; else its own."""
    if kind is None or kind.digits is None:
        return "General"
    digits = f"0.{'0' * kind.digits}".rstrip(".")
    written = (
        f"{digits}%" if kind.is_rate else digits if kind.name == "ordinal" else f"#,##{digits}"
    )
    if kind.is_money and currency:
        written = f"[${currency}] {written}"
    return f"+{written};-{written};{written}" if kind.is_signed else written


def put(
    sheet: Worksheet, row: int, column: int, value: object, drawn: Format | None = None
) -> None:
    """Put a value down as what it is; what no cell can hold as a number is left blank."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        sheet.write_blank(row, column, None, drawn)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, drawn)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, drawn)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, drawn)
    else:
        sheet.write_string(row, column, text(value), drawn)


def text(value: object) -> str:
    """Give a text as a cell can hold it."""
    return str(value).translate(_CONTROL).encode("utf-8", "replace").decode()[:_LONGEST]


def sheet_name(wanted: str) -> str:
    """Give the name of a sheet: Excel bears no more than 31 letters, and not all of them."""
    named = "".join(sign for sign in text(wanted) if sign not in "[]:*?/\\'")[:31].strip()
    return named if named and named.lower() != _KEPT else "Tend"

"""Tables as files: CSV and Excel, types kept, and formulas in text made harmless."""

import csv
import io
from collections.abc import Mapping
from types import MappingProxyType

import openpyxl
import pyarrow as pa
import streamlit as st
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tend.language import format
from tend.queries.kinds import Kind
from tend.ui.parts import words

_NO_KINDS: Mapping[str, Kind] = MappingProxyType({})
# What Excel can hold in a cell, and what XML cannot.
_LONGEST = 32_767
_CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(
    table: pa.Table,
    headers: Mapping[str, str],
    title: str,
    kinds: Mapping[str, Kind],
    *,
    name: str,
    place: str,
) -> None:
    """Offer a table as an Excel file and as CSV; each is written when it is asked for."""
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            words.say("ui.as_xlsx"),
            lambda: as_xlsx(table, headers, title, kinds),
            file_name=f"{name}.xlsx",
            mime=XLSX,
            key=f"xlsx_{place}",
            on_click="ignore",
        )
        st.download_button(
            words.say("ui.as_csv"),
            lambda: as_csv(table, headers),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"csv_{place}",
            on_click="ignore",
        )


def as_csv(table: pa.Table, headers: Mapping[str, str]) -> bytes:
    """Write a table as CSV in UTF-8, with the mark by which Excel knows it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([format.harmless(headers.get(name, name)) for name in table.column_names])
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        writer.writerow(
            [format.harmless(value) if isinstance(value, str) else value for value in row]
        )
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(
    table: pa.Table,
    headers: Mapping[str, str],
    title: str,
    kinds: Mapping[str, Kind] = _NO_KINDS,
) -> bytes:
    """Write a table as an Excel file: numbers stay numbers, dates dates, texts texts.

    Columns are shown by their kinds, as on the page.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "Tend"
    sheet.freeze_panes = "A2"
    for place, name in enumerate(table.column_names, start=1):
        _put(sheet.cell(1, place), headers.get(name, name))
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = 18
        for row, value in enumerate(table.column(name).to_pylist(), start=2):
            cell = sheet.cell(row, place)
            _put(cell, value)
            if name in kinds and (shown := _shown(kinds[name])):
                cell.number_format = shown
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _shown(kind: Kind) -> str:
    """Give Excel's format for a kind; nothing where its own is right."""
    if kind.name == "month":
        return "yyyy-mm"
    if kind.digits is None:
        return ""
    digits = f"0.{'0' * kind.digits}".rstrip(".")
    return f"{digits}%" if kind.is_rate else f"#,##{digits}"


def _put(cell: openpyxl.cell.Cell, value: object) -> None:
    if isinstance(value, dict | list):
        value = str(value)
    if isinstance(value, str):
        cell.value = value.translate(_CONTROL)[:_LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = value

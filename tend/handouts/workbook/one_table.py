"""One table as an Excel file: numbers stay numbers, dates dates, texts texts."""

import io
from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa
from xlsxwriter import Workbook

from tend.handouts.workbook import cells
from tend.queries.kinds import Kind

_NO_KINDS: Mapping[str, Kind] = MappingProxyType({})
_WIDTH = 18


def write(
    table: pa.Table,
    heads: Mapping[str, str],
    title: str,
    kinds: Mapping[str, Kind] = _NO_KINDS,
) -> bytes:
    """Write a table with its heads; columns are shown by their kinds, as on the page."""
    out = io.BytesIO()
    with Workbook(out, dict(cells.OPTIONS)) as book:
        sheet = book.add_worksheet(cells.sheet_name(title))
        sheet.freeze_panes(1, 0)
        head = book.add_format({**cells.TEXT, "bold": True})
        for place, field in enumerate(table.schema):
            look = book.add_format(cells.look(kinds.get(field.name), field.type))
            sheet.set_column(place, place, _WIDTH)
            cells.put(sheet, 0, place, heads.get(field.name, field.name), head)
            for row, value in enumerate(table.column(place).to_pylist(), start=1):
                cells.put(sheet, row, place, value, look)
    return out.getvalue()

"""Write a workbook once more as Excel 97 would have kept it; only tests can write such files."""

from datetime import date
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.cell.cell import MergedCell


def as_xls(source: Path) -> Path:
    """Give an .xls beside the .xlsx: the same cells, merges and hidden sheets."""
    book = xlwt.Workbook(encoding="utf-8")
    dated = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for sheet in openpyxl.load_workbook(source).worksheets:
        page = book.add_sheet(sheet.title)
        page.visibility = 0 if sheet.sheet_state == "visible" else 1
        ranges = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, MergedCell) or cell.value is None:
                    continue
                style = [dated] if isinstance(cell.value, date) else []
                place = ranges.get((cell.row, cell.column))
                if place is None:
                    page.write(cell.row - 1, cell.column - 1, cell.value, *style)
                else:
                    rows, columns = (place.min_row, place.max_row), (place.min_col, place.max_col)
                    spot = [number - 1 for number in (*rows, *columns)]
                    page.write_merge(*spot, cell.value, *style)
    path = source.with_suffix(".xls")
    book.save(str(path))
    return path

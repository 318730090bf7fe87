"""One table as a workbook: types are kept, and what looks like a formula is text."""

import io
from datetime import date, datetime

import openpyxl
import pyarrow as pa
import pytest

from tend.handouts.workbook import one_table
from tend.queries import kinds as kinds_of

pytestmark = pytest.mark.quick

TABLE = pa.table(
    {
        "customer_name": ["=1+1", "+49 30", "@x", "-5", "Acme \x07", "\tTab", "普通"],
        "arr": [1.5, 2.0, None, 4.0, 5.0, 6.0, 7.0],
        "contracts": pa.array([1, 2, 3, 4, 5, 6, 7], pa.int64()),
        "end_date": pa.array([date(2025, 1, 31)] * 7, pa.date32()),
        "contract_renewal_rate": [0.5] * 7,
    }
)
HEADERS = {"customer_name": "Customer", "arr": "ARR"}


def test_excel_keeps_types() -> None:
    """Numbers stay numbers, dates dates, texts texts."""
    sheet = openpyxl.load_workbook(io.BytesIO(one_table.write(TABLE, HEADERS, "A/b: c"))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Customer", "ARR", "contracts", "end_date", "contract_renewal_rate")
    assert rows[1] == ("=1+1", 1.5, 1, datetime(2025, 1, 31), 0.5)
    assert rows[3][1] is None
    assert rows[7][0] == "普通"


def test_excel_shows_numbers_by_their_kind() -> None:
    """Money and counts whole, rates in per cent, hours with a digit, months without a day."""
    names = ("arr", "contracts", "contract_renewal_rate", "end_date")
    kinds = dict(zip(names, map(kinds_of.read, ("money", "count", "rate", "month")), strict=True))
    book = openpyxl.load_workbook(io.BytesIO(one_table.write(TABLE, HEADERS, "x", kinds)))
    shown = [cell.number_format for cell in book.active[2]]
    assert shown == ["General", "#,##0", "#,##0", "yyyy-mm", "0.0%"]


def test_excel_holds_no_formula() -> None:
    """A text that begins like a formula is stored as text, and stays one when edited."""
    sheet = openpyxl.load_workbook(io.BytesIO(one_table.write(TABLE, HEADERS, "x"))).active
    for row in range(2, 9):
        assert sheet.cell(row, 1).data_type == "s"
        assert sheet.cell(row, 1).quotePrefix

"""Whole files of kinds that went wrong, from bytes to the total ARR to come (M9-M11, M22, M35)."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tend.ingest.results import Remembered
from tend.store.facts import imports
from tend.store.facts.imports import ImportOptions
from tend.store.facts.preview import Draft, rehearse
from tend.store.workspace import Workspace

HEAD = "customer,start date,end date,amount\n"
YEAR = "2024-01-01,2024-12-31"
RATES = "".join(
    f"C{n},{YEAR},{cell}\n"
    for n, cell in enumerate(["1000 per month", "1000/月", "12000/yr", "1k p.m.", "12000"])
)


def arr(workspace: Workspace, path: Path, day: date, options: ImportOptions | None = None) -> float:
    """Preview the total ARR to come."""
    draft = Draft(imports.read(workspace, path, options=options))
    found = rehearse(workspace, [draft], today=day).to_come
    assert found is not None
    return round(found.arr, 6)


@pytest.mark.parametrize(
    ("words", "day", "total"),
    [
        (HEAD + RATES, date(2024, 6, 30), 60_000),
        (
            HEAD + "A,03/01/2024,02/28/2025,12000\nB,06/01/2024,05/31/2025,24000\n"
            "C,11/01/2023,10/31/2024,6000\nD,12/01/2024,11/30/2025,9000\n",
            date(2024, 12, 15),
            51_000,
        ),
        (
            "客户名称,开始日期,到期日期,合同金额\n甲,24.1.1,24.12.31,12000\n乙,24.1.1,24.12.31,24000\n",
            date(2024, 6, 30),
            36_000,
        ),
        (
            "customer,start date,Contract Term (months),amount\n"
            "A,2022-01-01,12,12000\nB,2022-01-01,36,36000\n",
            date(2024, 6, 30),
            12_000,
        ),
        (
            HEAD + f"A,{YEAR},50%\nB,{YEAR},\"12,000/user\"\nC,{YEAR},\"1,2345\"\n"
            f"D,{YEAR},12000（含税）\nE,{YEAR},约12万\nF,{YEAR},12000元/年\n",
            date(2024, 6, 30),
            144_000,
        ),
        (
            "客户名称,开始日期,到期日期,合同金额（万元）\n甲,2024-01-01,2024-12-31,\"¥283,800\"\n"
            "乙,2024-01-01,2024-12-31,30\n丙,2024-01-01,2024-12-31,20\n",
            date(2024, 6, 30),
            783_800,
        ),
    ],
    ids=["rates", "month first", "short years", "terms", "no values", "sign over unit"],
)  # fmt: skip
def test_a_file_gives_its_arr(workspace: Workspace, words: str, day: date, total: float) -> None:
    """Read without a mapping, as the preview says it."""
    path = workspace.path / "contracts.csv"
    path.write_text(words, encoding="utf-8")
    assert arr(workspace, path, day) == total


def test_a_mapping_file_says_the_basis(workspace: Workspace) -> None:
    """`mrr` under a name nobody knows, said as amount:monthly."""
    path = workspace.path / "deals.csv"
    path.write_text("Customer,Start Date,End Date,Paid\nA,2025-01-01,2025-12-31,100\n")
    told = Remembered("contracts", {"Paid": "amount:monthly"})
    options = ImportOptions(mappings={"deals": told})
    assert arr(workspace, path, date(2025, 6, 30), options) == 1200


def test_a_book_of_1904_counts_from_then(workspace: Workspace) -> None:
    """Whatever the format of the cell."""
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    for row in (
        ["customer", "start date", "end date", "amount"],
        ["A", 43830, date(2024, 12, 31), 12_000],
        ["B", date(2024, 3, 1), 44254, 24_000],
    ):
        sheet.append(row)
    made = BytesIO()
    book.save(made)
    path = workspace.path / "book.xlsx"
    path.write_bytes(made.getvalue())
    result = imports.read(workspace, path)
    assert result.sheets[0].facts is not None
    days = result.sheets[0].facts.select(["start_date", "end_date"]).to_pylist()
    assert [tuple(row.values()) for row in days] == [
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2024, 3, 1), date(2025, 2, 28)),
    ]
    assert arr(workspace, path, date(2024, 6, 30)) == 36_000

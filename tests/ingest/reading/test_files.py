"""Whole files through the reader's own process: formats, encodings, and files that fight back."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from tend.ingest import prepare
from tend.ingest.reading import csv_text
from tend.ingest.results import FileResult, Limits, Options
from tests.ingest.conftest import Rows, codes, facts

LEDGER = '客户名称,到期日,合同金额,是否续费\n甲公司,2024-03-31,"12,000",是\n'
Write = Callable[[Mapping[str, Rows]], Path]


def error(result: FileResult) -> str | None:
    """Give the code of a refused file."""
    return result.error.code if result.error else None


def test_a_workbook_of_several_sheets(write: Write) -> None:
    """Rows are numbered as Excel shows them, errors are found, hidden sheets only listed."""
    path = write(
        {
            "客户": [[], [None, "客户编号", "客户名称", "上线日期"], [None, "C1", "甲公司", "#N/A"], [None, "C2", "乙公司", "2024-01-01"]],
            "合同": [["客户名称", "到期日", "合同金额"], ["甲公司", "2024-12-31", "#REF!"], ["乙公司", "2024-12-31", 12000.5]],
            "说明": [["本表由系统导出"]],
        }
    )  # fmt: skip
    book = openpyxl.load_workbook(path)
    book.create_sheet("alt").sheet_state = "hidden"
    book.save(path)
    result = prepare(path)
    customers, contracts, notes, hidden = result.sheets
    assert error(result) is None
    assert len(result.content_hash) == 64
    assert codes(customers) == [(3, "error_cell")]
    assert (customers.accepted, customers.warnings) == (2, 1)
    assert [f["row_no"] for f in facts(customers)] == [3, 4]
    assert codes(contracts) == [(2, "error_cell")]
    assert contracts.problems[0].params["value"] == "#REF!"
    assert (contracts.accepted, contracts.rejected) == (1, 1)
    assert (notes.dataset, notes.reason, notes.rows, notes.skipped) == (None, "no_header", 1, 1)
    assert (hidden.dataset, hidden.reason) == (None, "hidden_sheet")


def test_merged_cells_hold_for_all_their_rows(write: Write) -> None:
    """A customer merged over two contracts is the customer of both."""
    path = write(
        {
            "合同": [
                ["客户名称", "到期日", "合同金额"],
                ["甲公司", "2024-12-31", 1],
                [None, "2025-12-31", 2],
            ]
        }
    )
    book = openpyxl.load_workbook(path)
    book["合同"].merge_cells("A2:A3")
    book.save(path)
    (contracts,) = prepare(path).sheets
    assert [f["customer_name"] for f in facts(contracts)] == ["甲公司", "甲公司"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (LEDGER, "utf-8"),
        (LEDGER, "utf-8-sig"),
        (LEDGER, "gb18030"),
        (LEDGER.replace(",", "\t").replace('"12\t000"', "12000"), "utf-16"),
        ("客戶名稱,到期日,合約金額,是否續約\n國泰世華銀行,2024-03-31,12000,是\n", "big5"),
        (
            "Customer Name;End Date;Amount;Renewed\nSociété Générale;31/03/2024;12.000,00 €;yes\n",
            "cp1252",
        ),
        ("sep=|\nCustomer Name|End Date|Amount|Renewed\nA|2024-03-31|12000|Y\n", "ascii"),
        (
            'Ours\n\nCustomer Name,End Date,Amount,Renewed\n"A ""B""\nLtd",2024-03-31,12000,Y,more\n',
            "ascii",
        ),
    ],
)
def test_text_files(text: str, encoding: str) -> None:
    """Encoding and delimiter are found; quoted line breaks and ragged lines are read."""
    table, *_ = csv_text.read(text.encode(encoding), Limits())
    rows = list(zip(*(c.to_pylist() for c in table.columns), strict=True))
    assert len(rows[0]) >= 4
    assert any("Name" in str(c) or "客" in str(c) for row in rows for c in row)
    assert rows[-1][0] in text.replace('""', '"')


def test_a_text_file_with_a_wrong_name(tmp_path: Path) -> None:
    """A CSV called .xlsx is read by its content (K12)."""
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(LEDGER.encode("gb18030"))
    (sheet,) = prepare(path).sheets
    assert (sheet.name, sheet.dataset, sheet.accepted) == ("ledger.xlsx", "contracts", 1)
    assert facts(sheet)[0]["customer_name"] == "甲公司"
    assert facts(sheet)[0]["amount"] == 12000


def bomb() -> dict[str, bytes]:
    """Give the parts of a small zip that is large inside."""
    return {"[Content_Types].xml": b"x", "xl/workbook.xml": b"0" * 60_000_000}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "empty_file"),
        ("page.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", "is_html"),
        ("broken.xlsx", b"PK\x03\x04garbage", "damaged"),
        ("paper.xlsx", b"%PDF-1.4 ...", "not_a_spreadsheet"),
        ("bytes.csv", bytes(range(256)) * 20, "not_a_spreadsheet"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password_protected"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "damaged"),
        ("prose.txt", b"Dear all,\nplease find nothing here.\n", "no_header"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_so(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    """Each refusal is one clear sentence in both languages."""
    path = tmp_path / name
    path.write_bytes(content)
    result = prepare(path)
    assert error(result) == code
    assert result.error is not None
    assert "{" not in result.error.message("en") + result.error.message("zh")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """The sizes a zip promises are looked at before anything is opened."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in bomb().items():
            archive.writestr(name, content)
    assert error(prepare(path)) == "zip_bomb"


def test_a_file_that_kills_its_reader(tmp_path: Path) -> None:
    """Cells in two far corners abort the reading process; we get a message and live on."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "客户名称"
    book.worksheets[0]["XFD1048576"] = "x"
    path = tmp_path / "corners.xlsx"
    book.save(path)
    assert error(prepare(path)) in ("reader_memory", "reader_died")


def test_a_file_that_takes_too_long(tmp_path: Path) -> None:
    """A reader over its time is ended."""
    path = tmp_path / "slow.csv"
    path.write_text(LEDGER, encoding="utf-8")
    assert error(prepare(path, options=Options(limits=Limits(seconds=0.01)))) == "reader_timeout"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file_bytes=10), "file_too_big"),
        (Limits(rows=1), "too_many_rows"),
        (Limits(columns=3), "too_many_columns"),
    ],
)
def test_limits(tmp_path: Path, limits: Limits, code: str) -> None:
    """Files over a limit are refused (K11)."""
    path = tmp_path / "ledger.csv"
    path.write_text(LEDGER, encoding="utf-8")
    assert error(prepare(path, options=Options(limits=limits))) == code


def test_a_missing_file(tmp_path: Path) -> None:
    """Even a file that is not there is a result with an error."""
    assert error(prepare(tmp_path / "none.csv")) == "unreadable_file"

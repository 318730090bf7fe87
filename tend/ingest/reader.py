"""The reader's own process: file bytes -> one Arrow file of text cells per sheet, and a small JSON.

`main` gets SOURCE FOLDER LIMITS ENCODING from sandbox.py, which starts it. It may die, hang or run
out of memory: nobody else is harmed.
"""

import io
import json
import re
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from tend.ingest import workbook_xml
from tend.ingest.model import Limits

_FILEPASS = 0x2F
_NO_TABLES = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf",
    b"BM", b"II*\x00", b"MM\x00*", b"RIFF", b"SQLite format", b"PAR1", b"MZ", b"\x7fELF",
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class RefusedError(Exception):
    """The file cannot be read; `code` is a text of `problems`."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass
class RawSheet:
    """A sheet as it lies in the file."""

    name: str
    hidden: bool = False
    first_row: int = 1  # the spreadsheet's number of the table's first row
    errors: list[tuple[int, int, str]] = field(default_factory=list)  # table row, column, text
    merges: list[tuple[int, int, int, int]] = field(
        default_factory=list
    )  # top, left, bottom, right
    typed: bool = True  # numbers and dates come typed (Excel), not as people wrote them (CSV)
    file: str = ""
    first_column: int = 1
    decisions: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def read(source: Path, folder: Path, limits: Limits, encoding: str = "") -> dict[str, object]:
    """Read every sheet of a file into `folder`; give the description of what is there."""
    head = source.open("rb").read(4096)
    kind = sniff(head)
    if kind == "html":
        raise RefusedError("is_html")
    if kind == "ole":
        _refuse_ole(source.read_bytes())
    if kind in ("zip", "ole"):
        sheets = _read_workbook(source, folder, limits, is_zip=kind == "zip")
        return {"kind": kind, "sheets": [asdict(s) for s in sheets]}
    from tend.ingest import csv_text  # its word lists cost a workbook's reader a part of its start

    try:
        table, decisions = csv_text.read(source.read_bytes(), limits.rows, encoding)
    except csv_text.NoTextError as error:
        raise RefusedError("not_a_spreadsheet") from error
    except LookupError as error:
        raise RefusedError("unknown_encoding", encoding=encoding) from error
    sheet = RawSheet(name="", typed=False, decisions=decisions)
    _write(sheet, table, folder, 0, limits)
    return {"kind": "csv", "sheets": [asdict(sheet)]}


def sniff(head: bytes) -> str:
    """Tell the format by content (K12): zip, ole, html or text; refuse pictures and the like."""
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise RefusedError("empty_file")
    if head.startswith(b"PK"):
        return "zip"
    if head.startswith(_OLE) or head[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02"):
        return "ole"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(
        (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body", b"<div")
    ):
        return "html"
    if text.startswith(b"<"):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
            raise RefusedError("xml_spreadsheet")
        return "html" if b"<html" in text or b"<table" in text else "text"
    if text.startswith(b"mime-version:"):
        return "html"
    if head.startswith(_NO_TABLES) and not (head[:2] in (b"BM", b"MZ") and head.isascii()):
        raise RefusedError("not_a_spreadsheet")
    return "text"


def _is_encrypted(data: bytes) -> bool:
    """Tell whether a compound file is a locked .xlsx, or an .xls with a FILEPASS record."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    at = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")  # where the workbook's records begin
    for _ in range(20 if at >= 0 else 0):
        kind, size = int.from_bytes(data[at : at + 2], "little"), data[at + 2 : at + 4]
        if kind == _FILEPASS:
            return True
        at += 4 + int.from_bytes(size, "little")
    return False


def _refuse_ole(data: bytes) -> None:
    """Refuse what is locked, and the other programs' files in the same kind of container."""
    if _is_encrypted(data):
        raise RefusedError("password_protected")
    names = ("WordDocument", "PowerPoint Document", "__properties_version1.0")
    if any(name.encode("utf-16-le") in data for name in names):
        raise RefusedError("not_a_spreadsheet")


def _read_workbook(source: Path, folder: Path, limits: Limits, *, is_zip: bool) -> list[RawSheet]:
    if is_zip:
        _check_zip(source, limits)
    try:
        return _read_fast(source, folder, limits, is_zip=is_zip)
    except (RefusedError, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as first:  # the readers raise many kinds, and panics that are no Exception
        if "password" in str(first).lower() or "encrypt" in str(first).lower():
            raise RefusedError("password_protected") from first
        if not is_zip:
            raise RefusedError("damaged", detail=_brief(first)) from first
        return _read_again(source, folder, limits, first)


def _check_zip(source: Path, limits: Limits) -> None:
    """Look at the sizes a zip promises, before anything is unpacked."""
    try:
        with zipfile.ZipFile(source) as archive:
            infos = archive.infolist()
    except zipfile.BadZipFile as error:
        raise RefusedError("damaged", detail=str(error)) from error
    names = {info.filename for info in infos}
    unpacked = sum(info.file_size for info in infos)
    allowed = min(
        limits.unpacked_bytes, max(limits.unpacked_ratio * source.stat().st_size, 1024**2)
    )
    if unpacked > allowed:
        raise RefusedError("zip_bomb", size=unpacked // 1024**2, limit=allowed // 1024**2)
    if not any(n.startswith("xl/") or n in ("content.xml", "[Content_Types].xml") for n in names):
        raise RefusedError("not_a_spreadsheet")
    if any(n.startswith(("word/", "ppt/")) for n in names):
        raise RefusedError("not_a_spreadsheet")


def _read_fast(source: Path, folder: Path, limits: Limits, *, is_zip: bool) -> list[RawSheet]:
    import fastexcel

    # By its bytes: given a path, the reader would go by the ending (K12).
    book = fastexcel.read_excel(source.read_bytes())
    names = book.sheet_names
    if not names:
        raise ValueError("no sheet")
    if len(names) > limits.sheets:
        raise RefusedError("too_many_sheets", count=len(names), limit=limits.sheets)
    decisions = workbook_xml.decisions(source) if is_zip else []
    sheets = []
    # The reader works outside of Python's lock: the scan of the XML costs no time of its own.
    with ThreadPoolExecutor(1) as beside:
        scan = beside.submit(workbook_xml.all_marks, source, names, is_zip=is_zip)
        for number, name in enumerate(names):
            try:
                loaded = book.load_sheet(name, header_row=None, dtypes="string")
                batch, found = loaded.to_arrow_with_errors()
            except fastexcel.FastExcelError:
                if number or len(names) > 1:  # one bad sheet does not spoil the book
                    sheets.append(_write(RawSheet(name), pa.table({}), folder, number, limits))
                    continue
                raise
            mark = scan.result().get(name, workbook_xml.Marks())
            sheet = _placed(RawSheet(name, loaded.visible != "visible", decisions=decisions), mark)
            sheet.errors += [
                (*e.position, _error_text(e.detail)) for e in (found.errors if found else ())
            ]
            sheets.append(_write(sheet, pa.Table.from_batches([batch]), folder, number, limits))
    return sheets


def _placed(sheet: RawSheet, mark: workbook_xml.Marks) -> RawSheet:
    """Count what the XML tells from the table's own first row and column."""
    row, column = mark.first_row, mark.first_column
    sheet.first_row, sheet.first_column = row, column
    sheet.errors = [(r - row, c - column, t) for r, c, t in mark.errors]
    sheet.merges = [
        (top - row, left - column, bottom - row, right - column)
        for top, left, bottom, right in mark.merges
    ]
    return sheet


_ERROR_NAMES = {
    "Div0": "#DIV/0!", "NA": "#N/A", "Name": "#NAME?", "Null": "#NULL!", "Num": "#NUM!",
    "Ref": "#REF!", "Value": "#VALUE!", "GettingData": "#GETTING_DATA",
}  # fmt: skip


def _error_text(detail: str) -> str:
    """Give an error as the spreadsheet shows it; the reader says "... got 'Error(Ref)'"."""
    match = re.search(r"Error\((\w+)\)", detail)
    return _ERROR_NAMES.get(match[1], "#N/A") if match else "#N/A"


def _read_again(source: Path, folder: Path, limits: Limits, first: BaseException) -> list[RawSheet]:
    """Ask openpyxl for a second opinion: it opens some files the first reader refuses."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(source.read_bytes()), data_only=True)
        pages = book.worksheets
        if len(pages) > limits.sheets:
            raise RefusedError("too_many_sheets", count=len(pages), limit=limits.sheets)
        marks = workbook_xml.marks(source, [ws.title for ws in pages])
        return [
            _write(*_second_opinion(ws, marks.get(ws.title)), folder, number, limits)
            for number, ws in enumerate(pages)
        ]
    except RefusedError:
        raise
    except Exception as second:  # whatever it is, both readers gave up
        raise RefusedError("damaged", detail=_brief(first)) from second


def _second_opinion(
    ws: Any,  # openpyxl has no types of its own
    mark: workbook_xml.Marks | None,
) -> tuple[RawSheet, pa.Table]:
    at = workbook_xml.Marks(1, 1, mark.errors if mark else (), mark.merges if mark else ())
    sheet = _placed(RawSheet(ws.title, ws.sheet_state != "visible"), at)
    sheet.decisions = [("second_reader", {})]
    rows = []
    for r, row in enumerate(ws.iter_rows()):
        rows.append([None if c.value is None or c.data_type == "e" else str(c.value) for c in row])
        sheet.errors += [(r, i, str(c.value)) for i, c in enumerate(row) if c.data_type == "e"]
    columns = zip(*rows, strict=True)
    return sheet, pa.table({f"c{i}": pa.array(c, pa.string()) for i, c in enumerate(columns)})


def _brief(error: BaseException) -> str:
    """Give an error's first line, which names no path of ours."""
    return (str(error).splitlines() or [""])[0][:120]


def _write(sheet: RawSheet, table: pa.Table, folder: Path, number: int, limits: Limits) -> RawSheet:
    if table.num_rows > limits.rows:
        raise RefusedError("too_many_rows", count=table.num_rows, limit=limits.rows)
    if table.num_columns > limits.columns:
        raise RefusedError("too_many_columns", count=table.num_columns, limit=limits.columns)
    names = [f"c{i}" for i in range(table.num_columns)]
    columns = [c.cast(pa.string()) for c in table.columns]
    sheet.file = f"sheet{number}.arrow"
    plain = pa.table(dict(zip(names, columns, strict=True)))
    with pa.OSFile(str(folder / sheet.file), "wb") as out, pa.ipc.new_file(out, plain.schema) as w:
        w.write_table(plain)
    return sheet


def _limit_self(limits: Limits) -> None:
    """Set the limits from inside: code between fork and exec is not safe beside threads."""
    if sys.platform == "win32":
        return
    import resource

    seconds = max(1, round(limits.seconds))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Read; leave `result.json` in the folder whatever happens, as long as the process lives."""
    source, folder = Path(arguments[0]), Path(arguments[1])
    limits = Limits(**json.loads(arguments[2]))
    _limit_self(limits)
    result: dict[str, object]
    try:
        result = read(source, folder, limits, arguments[3])
    except RefusedError as refused:
        result = {"error": {"code": refused.code, "params": refused.params}}
    except (MemoryError, pa.ArrowMemoryError):
        result = {"error": {"code": "reader_memory", "params": {}}}
    (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")
    return 0

"""Files that are damaged, locked, of another kind, too large, or made to do harm."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tend.ingest.results import Limits
from tests.kit.files import formats
from tests.kit.files.corpus import HEAD, LEDGER, Case, Want, book, raw, refused

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">'.encode() for i in range(12))
    + b"]>"
)
TRANSITIONAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
RELS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELS = b"http://purl.oclc.org/ooxml/officeDocument/relationships"


def _patched(change: Callable[[str, bytes], bytes | None]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        book(LEDGER)(path)
        formats.change_parts(path, change)

    return make


def _part(part: str, change: Callable[[bytes], bytes | None]) -> Callable[[Path], None]:
    return _patched(lambda name, data: change(data) if name == part else data)


def _zip(**parts: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name.replace("__", "/").replace("--", "."), data)

    return make


def _corner(made: Any) -> None:
    made.worksheets[0]["XFD1048576"] = "x"


def _cut(share: float) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        book(LEDGER)(path)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return make


def _laughs(data: bytes) -> bytes:
    body = data.split(b"?>", 1)[-1] if data.startswith(b"<?xml") else data
    return LAUGHS + body.replace("甲公司".encode(), b"&m;")


def _other_kinds() -> list[Case]:
    word = {"word__document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}
    return [
        refused("page.xls", "is_html", raw(b"<html><body><table><tr><td>1</td></tr></table></body></html>")),
        refused("page.xlsx", "is_html", raw(b'\xef\xbb\xbf\r\n<!DOCTYPE html>\n<html lang="zh"></html>')),
        refused("page.csv", "is_html", raw(b"<meta charset=utf-8><table><tr><td>1</td></tr></table>")),
        refused("archive.mht.xls", "is_html", raw(b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n")),
        refused("xml2003.xls", "xml_spreadsheet", raw(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>')),
        refused("paper.xlsx", "not_a_spreadsheet", raw(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")),
        refused("picture.xlsx", "not_a_spreadsheet", raw(b"\x89PNG\r\n\x1a\n" + bytes(range(200)))),
        refused("photo.csv", "not_a_spreadsheet", raw(b"\xff\xd8\xff\xe0" + bytes(range(200)))),
        refused("archive.xlsx", "not_a_spreadsheet", _zip(readme=b"hello")),
        refused("letter.xlsx", "not_a_spreadsheet", _zip(**word)),
        refused("letter.xls", "not_a_spreadsheet", raw(formats.compound({"WordDocument": b"x"}))),
        refused("packed.xlsx", "not_a_spreadsheet", raw(b"\x1f\x8b\x08" + bytes(100))),
        refused("rich.xls", "not_a_spreadsheet", raw(b"{\\rtf1\\ansi hello}")),
        refused("locked.xlsx", "password_protected", raw(formats.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}))),
        refused("locked.xls", "password_protected", lambda p: formats.write_xls(p, {"合同": LEDGER}, locked=True)),
    ]  # fmt: skip


def _damaged() -> list[Case]:
    return [
        refused("garbage.xlsx", "damaged", raw(b"PK\x03\x04garbage")),
        refused("half.xlsx", "damaged", _cut(0.5)),
        refused("nearly.xlsx", "damaged", _cut(0.98)),
        refused("no-workbook.xlsx", "damaged", _part("xl/workbook.xml", lambda _: None)),
        refused("no-sheet.xlsx", "nothing_to_read", _part("xl/worksheets/sheet1.xml", lambda _: None)),
        refused("cut-sheet.xlsx", "damaged", _part("xl/worksheets/sheet1.xml", lambda d: d[: len(d) // 2])),
        refused("no-xml.xlsx", "damaged", _part("xl/worksheets/sheet1.xml", lambda _: b"\x00\x01\x02")),
        refused("hollow.xls", "damaged", raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000))),
        refused("no-stream.xls", "damaged", raw(formats.compound({"Other": b"x"}))),
        Case("no-styles.xlsx", _part("xl/styles.xml", lambda _: None)),
        Case("no-theme.xlsx", _part("xl/theme/theme1.xml", lambda _: None)),
        Case("no-dimension.xlsx", _part("xl/worksheets/sheet1.xml", lambda d: d.replace(b'<dimension ref="A1:D3" />', b"").replace(b'<dimension ref="A1:D3"/>', b""))),
        Case("wrong-dimension.xlsx", _part("xl/worksheets/sheet1.xml", lambda d: d.replace(b"A1:D3", b"A1"))),
        Case("prefixed.xlsx", _part("xl/worksheets/sheet1.xml", lambda d: d)),
        Case("strict.xlsx", _patched(lambda _n, d: d.replace(TRANSITIONAL, STRICT).replace(RELS, STRICT_RELS))),
        Case("one-bad-sheet.xlsx", _one_bad_sheet, (Want(), Want(None, 0, 0, 0, None, reason="empty_sheet"))),
    ]  # fmt: skip


def _one_bad_sheet(path: Path) -> None:
    book({"合同": LEDGER, "坏": LEDGER})(path)
    formats.change_parts(path, lambda n, d: b"<x" if n == "xl/worksheets/sheet2.xml" else d)


def _hostile() -> list[Case]:
    bomb = b"0" * 60_000_000
    return [
        refused("bomb.xlsx", "zip_bomb", _zip(**{"[Content_Types].xml": b"x", "xl__workbook.xml": bomb})),
        refused("bomb.ods", "zip_bomb", _zip(**{"mimetype": b"x", "content.xml": bomb})),
        refused("unpacked.xlsx", "zip_bomb", book(LEDGER), Limits(unpacked_bytes=1000)),
        refused("corners.xlsx", "reader_memory", book(LEDGER, _corner)),
        refused("laughs-workbook.xlsx", "damaged", _part("xl/workbook.xml", lambda d: LAUGHS + d.replace("合同".encode(), b"&m;"))),
        refused("slow.csv", "reader_timeout", raw(b"a,b\n"), Limits(seconds=0)),
        refused("sheets.xlsx", "too_many_sheets", book({f"s{i}": LEDGER for i in range(5)}), Limits(sheets=4)),
        refused("rows.xlsx", "too_many_rows", book([HEAD, *[LEDGER[1]] * 30]), Limits(rows=10)),
        refused("columns.xlsx", "too_many_columns", book([[*HEAD, *["x"] * 1200]])),
        refused("big.xlsx", "file_too_big", book(LEDGER), Limits(file_bytes=1000)),
    ]  # fmt: skip


def cases() -> list[Case]:
    """Give the broken and hostile files."""
    return [*_other_kinds(), *_damaged(), *_hostile()]

"""What a file is, by its content, and its sheets: file bytes -> cells as text.

Runs in a process of its own (child.py), which may die, hang or run out of memory: nobody else is
harmed. Arrow is imported when the first cells are there, so that it loads while they are read.
"""

from pathlib import Path

from tend.ingest.reading import archive
from tend.ingest.reading.raw_sheet import RawSheet
from tend.ingest.reading.refused import RefusedError
from tend.ingest.results import Decision, Limits

_FILEPASS = 0x2F
_NO_TABLES = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf",
    b"BM", b"II*\x00", b"MM\x00*", b"RIFF", b"SQLite format", b"PAR1", b"MZ", b"\x7fELF",
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(source: Path, limits: Limits, encoding: str | None = None) -> list[RawSheet]:
    """Read every sheet of a file. Raises RefusedError where that cannot be."""
    with source.open("rb") as file:
        kind = sniff(file.read(4096))
    if kind == "html":
        raise RefusedError("is_html")
    if kind == "ole":
        _refuse_ole(source.read_bytes())
    if kind == "text":
        return [_text(source, limits, encoding or "")]
    from tend.ingest.reading import workbook

    if kind == "zip":
        archive.check(source, limits)
    return workbook.read(source, limits, is_zip=kind == "zip")


def _text(source: Path, limits: Limits, encoding: str) -> RawSheet:
    from tend.ingest.reading import (
        csv_text,  # its word lists cost a workbook's reader a part of its start
    )

    try:
        table, decided, strays = csv_text.read(source.read_bytes(), limits, encoding)
    except csv_text.NoTextError as error:
        raise RefusedError("not_a_spreadsheet") from error
    except LookupError as error:
        raise RefusedError("unknown_encoding", encoding=encoding) from error
    decisions = tuple(Decision("", code, params) for code, params in decided)
    return RawSheet("", False, 1, (), typed=False, cells=table, decisions=decisions, strays=strays)


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

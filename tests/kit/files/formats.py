"""Writers of small files in formats no library of ours writes: .xls, .xlsb, .ods, raw .xlsx parts."""

import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[object]]
_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}  # fmt: skip


def write_xls(
    path: Path, sheets: Mapping[str, Rows], *, locked: bool = False, epoch: int = 1900
) -> None:
    """Write a BIFF8 workbook in a compound file, as Excel 97 to 2003 did."""
    path.write_bytes(compound({"Workbook": _biff8(sheets, locked=locked, epoch=epoch)}))


def _biff8(sheets: Mapping[str, Rows], *, locked: bool, epoch: int) -> bytes:
    def record(kind: int, data: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def bof(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x1F00, 0x7CD, 0, 6))

    def cell(row: int, column: int, value: object) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if value in _ERRORS:
            return record(0x205, place + bytes([_ERRORS[str(value)], 1]))
        if isinstance(value, (int, float)):
            return record(0x203, place + struct.pack("<d", value))
        text = str(value)
        return record(0x204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))

    bodies = []
    for rows in sheets.values():
        width = max((len(r) for r in rows), default=0)
        body = bof(0x10) + record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
        for r, row in enumerate(rows):
            body += b"".join(cell(r, c, v) for c, v in enumerate(row) if v is not None)
        bodies.append(body + record(0x0A))
    head = (
        bof(5)
        + (record(0x2F, bytes(6)) if locked else b"")
        + record(0x22, struct.pack("<H", epoch == 1904))
    )
    names = [struct.pack("<HBB", 0, len(n), 1) + n.encode("utf-16-le") for n in sheets]
    at = len(head) + sum(len(n) + 8 for n in names) + 4
    for name, body in zip(names, bodies, strict=True):
        head += record(0x85, struct.pack("<I", at) + name)
        at += len(body)
    return head + record(0x0A) + b"".join(bodies)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Give an OLE compound file; every stream is made long enough to need no small sectors."""
    sectors, chains = b"", []
    for data in streams.values():
        padded = data.ljust(4096, b"\x00")
        padded += bytes(-len(padded) % 512)
        chains.append((2 + len(sectors) // 512, len(padded)))
        sectors += padded
    fat = [0xFFFFFFFD, 0xFFFFFFFE]
    for start, size in chains:
        fat += [*range(start + 1, start + size // 512), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    assert len(fat) == 128, "one sector of allocations is enough for a test"

    def entry(name: str, kind: int, start: int, size: int, child: int, right: int) -> bytes:
        text = name.encode("utf-16-le") + b"\x00\x00" if name else b""
        ids = struct.pack("<III", 0xFFFFFFFF, right, child)
        return (text.ljust(64, b"\x00") + struct.pack("<HBB", len(text), kind, 1) + ids + bytes(36) + struct.pack("<IQ", start, size))  # fmt: skip

    none = 0xFFFFFFFF
    entries = [entry("Root Entry", 5, 0xFFFFFFFE, 0, 1, none)]
    for number, (name, (start, size)) in enumerate(zip(streams, chains, strict=True), start=1):
        entries.append(
            entry(name, 2, start, size, none, number + 1 if number < len(streams) else none)
        )
    directory = b"".join(entries).ljust(512, b"\x00")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    head += struct.pack("<I", 0) + b"\xff" * 432
    return head + struct.pack("<128I", *fat) + directory + sectors


def write_xlsb(path: Path, sheets: Mapping[str, Rows]) -> None:
    """Write a binary workbook of Excel 2007."""

    def record(kind: int, data: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size, length = b"", len(data)
        while True:
            size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
            length >>= 7
            if not length:
                return number + size + data

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    def cell(column: int, value: object) -> bytes:
        place = struct.pack("<II", column, 0)
        if value in _ERRORS:
            return record(3, place + bytes([_ERRORS[str(value)]]))
        if isinstance(value, (int, float)):
            return record(5, place + struct.pack("<d", value))
        return record(6, place + text(str(value)))

    bundle = b""
    rels, types, parts = "", "", {}
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        bundle += record(156, struct.pack("<II", 0, number) + text(f"rId{number}") + text(name))
        rels += f'<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{number}.bin"/>'
        types += f'<Override PartName="/xl/worksheets/sheet{number}.bin" ContentType="application/vnd.ms-excel.worksheet"/>'
        width = max(map(len, rows), default=1)
        data = (
            record(129)
            + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
            + record(145)
        )
        for r, row in enumerate(rows):
            data += record(0, struct.pack("<I", r) + bytes(13))
            data += b"".join(cell(c, v) for c, v in enumerate(row) if v is not None)
        parts[f"xl/worksheets/sheet{number}.bin"] = data + record(146) + record(130)
    parts["xl/workbook.bin"] = record(131) + record(143) + bundle + record(144) + record(132)
    parts["xl/_rels/workbook.bin.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>'
    ).encode()
    parts["[Content_Types].xml"] = (f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>{types}</Types>').encode()  # fmt: skip
    _zip(path, parts)


def write_ods(path: Path, sheets: Mapping[str, Rows], *, hidden: Sequence[str] = ()) -> None:
    """Write an OpenDocument spreadsheet; an error is a text cell marked as one."""
    tables = ""
    for name, rows in sheets.items():
        lines = "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
        )
        style = "h" if name in hidden else "v"
        tables += f'<table:table table:name="{escape(name)}" table:style-name="{style}">{lines}</table:table>'
    names = {"office": "office", "table": "table", "text": "text", "style": "style"}
    spaces = " ".join(
        f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in names.items()
    )
    styles = "".join(
        f'<style:style style:name="{n}" style:family="table"><style:table-properties table:display="{d}"/></style:style>'
        for n, d in (("v", "true"), ("h", "false"))
    )
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>'
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    _zip(
        path,
        {
            "META-INF/manifest.xml": manifest,
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
        },
    )


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def _zip(path: Path, parts: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def change_parts(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Write a zip again with changed parts; a part that becomes None is left out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = {name: change(name, data) for name, data in parts.items()}
    _zip(path, {name: data for name, data in changed.items() if data is not None})

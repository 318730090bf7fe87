"""What files that attack are made of: long texts, wide sheets, archives that lie."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.kit.files import formats
from tests.kit.files.corpus import HEAD, LEDGER, ONE, book

Make = Callable[[Path], None]


MEGA = 1024**2


LONGEST = 32_767


@dataclass(frozen=True)
class Attack:
    """A file of one kind: "read A/R" (accepted and rejected rows), or the code of its refusal."""

    name: str  # with its ending
    kind: str
    outcome: str
    make: Make


def text(*lines: str, repeat: str = "", times: int = 0) -> Make:
    """Write lines, then one line many times."""

    def make(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write("".join(f"{line}\n" for line in lines))
            for _ in range(times // 10_000):
                file.write(f"{repeat}\n" * 10_000)
            file.write(f"{repeat}\n" * (times % 10_000))

    return make


def numbered(head: str, line: str, times: int) -> Make:
    """Write a head and lines that differ by a number."""

    def make(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(f"{head}\n")
            file.writelines(f"{line.format(n=n, month=n % 12 + 1)}\n" for n in range(times))

    return make


def of(data: Callable[[], bytes]) -> Make:
    """Write bytes that are made when they are needed."""
    return lambda path: void(path.write_bytes(data()))


def void(_count: int) -> None:
    """Give nothing."""


def sheet(rows: str, *, before: str = "", after: str = "") -> bytes:
    """Give a sheet's XML around rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{space}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    ).encode()


def cell(value: object) -> str:
    """Give a cell's XML, text in place."""
    if isinstance(value, (int, float)):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def rows(lines: Iterable[Iterable[object]]) -> str:
    """Give rows' XML."""
    return "".join(f"<row>{''.join(map(cell, line))}</row>" for line in lines)


TABLE = rows([HEAD, ONE])


def workbook(parts: Callable[[], dict[str, bytes]], pad: int = 1) -> Make:
    """Write a plain workbook with other parts, so large that these do not look packed too well."""

    def make(path: Path) -> None:
        book(LEDGER)(path)
        given = {"pad.bin": random.Random(1).randbytes(pad * MEGA), **parts()}
        formats.change_parts(path, lambda name, data: given.pop(name, data))
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, data in given.items():
                archive.writestr(name, data)

    return make


SHEET = "xl/worksheets/sheet1.xml"


STRINGS = "xl/sharedStrings.xml"


def one_sheet(made: Callable[[], bytes], pad: int = 1) -> Make:
    """Write a workbook whose sheet is this XML."""
    return workbook(lambda: {SHEET: made()}, pad)


def deflated(pieces: Iterable[tuple[bytes, int]]) -> bytes:
    """Deflate pieces, each many times: a piece is packed once, whatever it unpacks to."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    out = b""
    for piece, times in pieces:
        packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
        out += packed * times
    return out + packer.flush()


def packed(members: Iterable[tuple[str, bytes, int, int]]) -> bytes:
    """Write a zip by hand: names, deflated bytes, the size that is promised, and the checksum."""
    out, index = io.BytesIO(), b""
    count = 0
    for name, data, promised, checked in members:
        about = struct.pack(
            "<HHHHHIIIHH", 20, 0, 8, 0, 33, checked, len(data), promised, len(name), 0
        )
        index += b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, out.tell()) + name.encode()  # fmt: skip
        out.write(b"PK\x03\x04" + about + name.encode() + data)
        count += 1
    at = out.tell()
    return out.getvalue() + index + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(index), at, 0)  # fmt: skip


def liar(part: str, pieces: Callable[[], list[tuple[bytes, int]]], promised: int) -> Make:
    """Write a workbook one part of which unpacks to far more than it promises."""

    def make(path: Path) -> None:
        book(LEDGER)(path)
        with zipfile.ZipFile(path) as archive:
            honest = {name: archive.read(name) for name in archive.namelist()}
        honest.pop(part, None)
        members = [(n, deflated([(d, 1)]), len(d), zlib.crc32(d)) for n, d in honest.items()]
        members.append((part, deflated(pieces()), promised, 0))
        path.write_bytes(packed(members))

    return make


def wide_rows(times: int) -> list[tuple[bytes, int]]:
    """Give a sheet of many megabytes, a megabyte of rows again and again."""
    start, end = sheet("\0").split(b"\0")
    line = rows([ONE]).encode()
    return [(start + rows([HEAD]).encode(), 1), (line * (MEGA // len(line)), times), (end, 1)]


def many_sheets(count: int, lines: int) -> Make:
    """Write a workbook of many sheets, made by hand: the libraries are slow at it."""

    def parts() -> dict[str, bytes]:
        one = sheet(rows([HEAD, *([f"客户{n}", "2024-03-31", n, "是"] for n in range(lines))]))
        names = [f"S{n}" for n in range(1, count + 1)]
        listed = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="r{i}"/>' for i, n in enumerate(names, 1))  # fmt: skip
        links = "".join(f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(1, count + 1))  # fmt: skip
        return {
            "xl/workbook.xml": f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'.encode(),
            **{f"xl/worksheets/sheet{i}.xml": one for i in range(1, count + 1)},
        }

    return workbook(parts)


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def strings_again(cells: int) -> dict[str, bytes]:
    """Give one long shared string and very many cells that show it."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    line = '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c><c><v>1</v></c></row>'
    shared = f'<sst xmlns="{space}"><si><t>{"y" * LONGEST}</t></si></sst>'
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    links = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId9" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    return {
        SHEET: sheet(rows([HEAD]) + line * (cells // 2)),
        STRINGS: shared.encode(),
        "xl/_rels/workbook.xml.rels": links.encode(),
        "[Content_Types].xml": types.encode(),
    }


def repeated(columns: int, lines: int) -> Make:
    """Write an OpenDocument sheet whose one cell is repeated to the corners."""

    def make(path: Path) -> None:
        formats.write_ods(path, {"合同": LEDGER})
        one = b"<table:table-row>"
        many = f'<table:table-row table:number-rows-repeated="{lines}"><table:table-cell office:value-type="string" table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row>'.encode()
        formats.change_parts(path, lambda n, d: d.replace(one, many + one, 1) if n == "content.xml" else d)  # fmt: skip

    return make


FILLS = {
    "blanks": " ", "digits": "1", "brackets": "(", "slashes": "/", "dashes": "-", "quotes": "'",
    "commas": "，", "han": "一二十", "pairs": "1 ", "to": "至1", "years": "2024年", "dots": "1.",
}  # fmt: skip

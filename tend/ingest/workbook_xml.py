"""What the fast reader does not tell of an Excel sheet: where it starts, errors, merged cells."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b([^>]*?\bt="e"[^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.S
)
_REF = re.compile(rb'\br="([A-Z]+)(\d+)"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_MOST_MERGES = 20_000


@dataclass(frozen=True)
class Marks:
    """Positions in a sheet, all 1-based as the spreadsheet shows them."""

    first_row: int = 1
    first_column: int = 1
    errors: tuple[tuple[int, int, str], ...] = ()
    merges: tuple[tuple[int, int, int, int], ...] = ()  # top, left, bottom, right


def marks(source: Path, names: Sequence[str]) -> dict[str, Marks]:
    """Scan the XML of each .xlsx sheet; sheets of other formats are left out."""
    with zipfile.ZipFile(source) as archive:
        try:
            parts = _parts(archive)
            return {n: _scan(archive.read(parts[n])) for n in names if n in parts}
        except (KeyError, ElementTree.ParseError):
            return {}


def offsets(source: Path, names: Sequence[str]) -> dict[str, int]:
    """Ask the other reader where a sheet starts, for formats that are no XML."""
    if not names:
        return {}
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(source))
    found = {}
    for name in names:
        try:
            start = book.get_sheet_by_name(name).start
        except python_calamine.CalamineError:
            continue
        found[name] = start[0] + 1 if start else 1
    return found


def filled(table: pa.Table, mark: Marks, first_row: int) -> pa.Table:
    """Give every cell of a merged block of several rows the block's value."""
    tall = [m for m in mark.merges if m[2] > m[0]]
    if not tall or len(tall) > _MOST_MERGES:
        return table
    columns: dict[int, list[str | None]] = {}
    for top, left, bottom, right in tall:
        for number in range(left - mark.first_column, right - mark.first_column + 1):
            row = top - first_row
            if not 0 <= number < table.num_columns or not 0 <= row < table.num_rows:
                continue
            cells = columns.setdefault(number, table.column(number).to_pylist())
            source = left - mark.first_column
            value = columns.setdefault(source, table.column(source).to_pylist())[row]
            for i in range(row, min(bottom - first_row + 1, table.num_rows)):
                cells[i] = value if cells[i] is None else cells[i]
    for number, filled_cells in columns.items():
        name = table.column_names[number]
        table = table.set_column(number, name, pa.array(filled_cells, pa.string()))
    return table


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give sheet name -> path of its XML."""
    root = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    rels = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {r.attrib["Id"]: r.attrib["Target"] for r in rels}
    found = {}
    for element in root.iter():
        if element.tag.endswith("}sheet") and _REL in element.attrib:
            target = targets[element.attrib[_REL]]
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if path in archive.namelist():
                found[element.attrib["name"]] = path
    return found


def _scan(xml: bytes) -> Marks:
    errors = []
    if b't="e"' in xml:
        for match in _ERROR.finditer(xml):
            place = _REF.search(match[1])
            if place:
                errors.append((int(place[2]), _number(place[1]), match[2].decode()))
    merges = [
        (int(m[2]), _number(m[1]), int(m[4]), _number(m[3]))
        for m in _MERGE.finditer(xml[-4_000_000:])
    ]
    first_row, first_column = _start(xml)
    return Marks(first_row, first_column, tuple(errors), tuple(merges))


def _start(xml: bytes) -> tuple[int, int]:
    """Find the first row and column that hold a value; the columns of many rows are looked at."""
    row, column, seen = 0, 0, 0
    for match in _CELL.finditer(xml):
        if not match[2]:
            continue
        place = _REF.search(match[1])
        if place is None:
            return 1, 1
        row = row or int(place[2])
        column = min(column or 99_999, _number(place[1]))
        seen += 1
        if column == 1 or seen > 20_000:
            break
    return row or 1, column or 1


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number

"""What the fast reader does not tell of a sheet: where it starts, merged cells, bare formulas."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

from tend.ingest.results import Decision

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# No pattern reads past the next "<", and none takes back what it took: each is linear.
_CELL = re.compile(rb"<(?:\w++:)?c\b([^<>]*+)>")
# The end of a formula that no program has worked out yet. Found from its literal start: fast.
_NO_RESULT = re.compile(
    rb"(?:</(?:x:)?f>|<(?:x:)?f/>|<(?:x:)?f [^<>]*/>)\s*+"
    rb"(?:<(?:x:)?v\s*+/>|<(?:x:)?v>\s*+</(?:x:)?v>)?\s*+</(?:x:)?c>"
)
_OPENS = re.compile(rb"<(?:x:)?c [^<>]*+>")
_REF = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_MERGE = re.compile(
    rb'<(?:\w++:)?mergeCell\b[^<>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_MOST_MERGES = 20_000


@dataclass(frozen=True)
class Marks:
    """Positions in a sheet, all 1-based as the spreadsheet shows them."""

    first_row: int = 1
    first_column: int = 1
    errors: tuple[tuple[int, int, str], ...] = ()  # "": a formula without a result
    merges: tuple[tuple[int, int, int, int], ...] = ()  # top, left, bottom, right


def all_marks(source: Path, names: Sequence[str], *, is_zip: bool) -> dict[str, Marks]:
    """Give the marks of each sheet, from its XML where it has one."""
    found = marks(source, names) if is_zip else {}
    return found | other_marks(source, [name for name in names if name not in found])


def marks(source: Path, names: Sequence[str]) -> dict[str, Marks]:
    """Scan the XML of each .xlsx sheet; sheets of other formats are left out."""
    with zipfile.ZipFile(source) as archive:
        try:
            parts = _parts(archive)
            return {n: _scan(archive.read(parts[n])) for n in names if n in parts}
        except (KeyError, ElementTree.ParseError):
            return {}


def other_marks(source: Path, names: Sequence[str]) -> dict[str, Marks]:
    """Ask the other reader where a sheet starts and what is merged, in formats that are no XML."""
    if not names:
        return {}
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.read_bytes()))
    found = {}
    for name in names:
        try:
            sheet = book.get_sheet_by_name(name)
            blocks = sheet.merged_cell_ranges or []
        except python_calamine.CalamineError:
            continue
        row, column = sheet.start or (0, 0)
        merges = tuple(
            (top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in blocks[:_MOST_MERGES]
        )
        found[name] = Marks(row + 1, column + 1, (), merges)
    return found


def decisions(source: Path) -> tuple[Decision, ...]:
    """Tell what the workbook itself decides: dates that count from 1904."""
    with zipfile.ZipFile(source) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return ()
        is_1904 = re.search(rb'\bdate1904="(1|true)"', archive.read("xl/workbook.xml"))
    return (Decision("", "date_1904"),) if is_1904 else ()


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give sheet name -> path of its XML."""
    root = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - read in a process with limits; expat knows no outer entities
    rels = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - read in a process with limits; expat knows no outer entities
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
    formulas, after = [], 0
    start = b"<x:f" if b"<x:worksheet" in xml[:2000] else b"<f"
    for match in _NO_RESULT.finditer(xml) if start in xml else ():
        opened = max(xml.rfind(sign, after, match.start()) for sign in (b"<c ", b"<x:c "))
        cell = _OPENS.match(xml, opened) if opened >= 0 else None
        after = match.end()
        place = _REF.search(cell[0]) if cell else None
        # An empty text (t="str") is a result.
        if cell and place and b't="str"' not in cell[0]:
            formulas.append((int(place[2]), _number(place[1]), ""))
    merges = [
        (int(m[2]), _number(m[1]), int(m[4]), _number(m[3]))
        for m in islice(_MERGE.finditer(xml, max(0, len(xml) - 4_000_000)), _MOST_MERGES)
    ]
    first_row, first_column = _start(xml)
    return Marks(first_row, first_column, tuple(formulas), tuple(merges))


def _start(xml: bytes) -> tuple[int, int]:
    """Find the first row and column that hold a value; the columns of many rows are looked at."""
    row, column, seen = 0, 0, 0
    for match in _CELL.finditer(xml):
        if match[1].endswith(b"/") or xml.startswith(b"</", match.end()):
            continue  # nothing in it
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

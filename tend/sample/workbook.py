"""The workbook of the sample company: one sheet per data set, the same bytes for the same seed."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tend.sample.signals import Row
from tend.sample.words import Table, Words

MADE_ON = (2026, 1, 1, 0, 0, 0)
DATE_FORMAT = "yyyy-mm-dd"


def save(path: Path, words: Words, sheets: Mapping[str, Sequence[Row]]) -> Path:
    """Write the workbook; every data set of the words becomes a sheet, also an empty one."""
    book = Workbook(write_only=True)
    for dataset, title in words.sheets.items():
        _sheet(book, title, words.headers[dataset], sheets.get(dataset, ()))
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(timeless(raw.getvalue()))
    return path


def _sheet(book: Workbook, title: str, headers: Table, rows: Iterable[Row]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, header in enumerate(headers.values(), 1):
        width = max(12, 2 * len(header.encode("gbk", "replace")) // 2 + 4)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_heading(sheet, header) for header in headers.values()])
    for row in rows:
        sheet.append([_cell(sheet, row.get(column)) for column in headers])


def _heading(sheet: object, text: str) -> object:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: object, value: object) -> object:
    if not isinstance(value, date):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = DATE_FORMAT
    return cell


def timeless(workbook: bytes) -> bytes:
    """Take the moment of writing out of a workbook: the same content is the same file."""
    clean = io.BytesIO()
    stamp = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*MADE_ON).encode()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(clean, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", stamp, content)
            new.writestr(zipfile.ZipInfo(name, MADE_ON), content, zipfile.ZIP_DEFLATED)
    return clean.getvalue()

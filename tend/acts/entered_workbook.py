"""What was entered in the app as a workbook that can be imported anywhere."""

import io

from openpyxl import Workbook
from openpyxl.cell import Cell

from tend.language.errors import TendError
from tend.schema import DATASETS, Kind
from tend.store.facts import entry_export
from tend.store.workspace import Workspace

_TEXT = "@"
# What XML cannot hold.
_CONTROL = {code: None for code in range(32) if code not in (9, 10)}


def workbook(workspace: Workspace, language: str) -> bytes:
    """Write one sheet per data set in the import format.

    Raises TendError where nothing is, and for who may take no files out.
    """
    workspace.require("export")
    found = entry_export.facts(workspace)
    if not found:
        raise TendError("no_entries")
    book = Workbook()
    book.remove(book.active)
    for name, rows in found.items():
        dataset = DATASETS[name]
        sheet = book.create_sheet(dataset.label[language])
        columns = [column for column in rows[0] if any(row[column] is not None for row in rows)]
        sheet.append([dataset.columns[column].label[language] for column in columns])
        for number, row in enumerate(rows, start=2):
            for place, column in enumerate(columns, start=1):
                _write(sheet.cell(number, place), row[column], dataset.columns[column].kind)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def _write(cell: Cell, value: object, kind: Kind) -> None:
    """Put a value down: days as days, texts as texts, also where they look like a formula."""
    if isinstance(value, str):
        cell.value = value.translate(_CONTROL)
        cell.data_type, cell.number_format, cell.quotePrefix = "s", _TEXT, True
        return
    cell.value = value
    if kind.keeps == "date":
        cell.number_format = kind.format

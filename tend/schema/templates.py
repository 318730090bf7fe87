"""Empty spreadsheets to fill in: typed columns, lists to choose from, an example and notes.

Notes and the example stand above the headers, where the reader takes nothing for data.
"""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tend.language import text
from tend.schema import CUSTOMER, DATASETS, Column, DataSet

HEADER_ROW = 4  # above it: a note, the example, where to write
_LAST_ROW = 1_048_576
_QUIET = Font(color="6B7280", italic=True)
_FILL = PatternFill("solid", fgColor="E5EDF5")
_FILL_NEEDED = PatternFill("solid", fgColor="FCE8C8")


def write(dataset: str | None, language: str) -> bytes:
    """Give the template of one data set, or one workbook with a sheet for each (None)."""
    book = Workbook()
    book.remove(book.active)
    for name in DATASETS if dataset is None else (dataset,):
        _sheet(book.create_sheet(DATASETS[name].label[language]), DATASETS[name], language)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def columns(dataset: str) -> tuple[Column, ...]:
    """Give the columns that a template asks for: measures side by side, not one a row."""
    long_form = ("measure", "value") if DATASETS[dataset].measures else ()
    return tuple(c for c in DATASETS[dataset].columns.values() if c.name not in long_form)


def _sheet(sheet: Worksheet, dataset: DataSet, language: str) -> None:
    asked = columns(dataset.name)
    _lines_above(sheet, dataset.name, asked, language)
    for number, column in enumerate(asked, 1):
        _column(sheet, number, column, dataset.name, language)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    above = f"A1:{get_column_letter(len(asked))}{HEADER_ROW - 1}"
    closed = DataValidation("custom", "FALSE", errorStyle="stop", showErrorMessage=True)
    closed.error = text.say("templates.not_here", language)
    closed.add(above)
    sheet.add_data_validation(closed)


def _lines_above(sheet: Worksheet, dataset: str, asked: Sequence[Column], language: str) -> None:
    sheet.cell(1, 1, text.say(f"templates.note.{dataset}", language)).font = Font(bold=True)
    sheet.cell(3, 1, text.say("templates.fill_in", language)).font = _QUIET
    for number, column in enumerate(asked, 1):
        cell = sheet.cell(2, number, _example(column, dataset, language))
        cell.font = _QUIET
        cell.number_format = column.kind.format


def _column(sheet: Worksheet, number: int, column: Column, dataset: str, language: str) -> None:
    letter = get_column_letter(number)
    is_needed = column.needed or column.name in DATASETS[dataset].named_by
    label = column.label[language] + (" *" if is_needed else "")
    header = sheet.cell(HEADER_ROW, number, label)
    header.font = Font(bold=True)
    header.fill = _FILL_NEEDED if is_needed else _FILL
    header.alignment = Alignment(wrap_text=True, vertical="center")
    header.comment = Comment(_meaning(column, dataset, language), "Tend", width=280, height=90)
    width = sheet.column_dimensions[letter]
    width.number_format = column.kind.format
    width.width = max(14, 2 * len(label) if language == "zh" else len(label) + 4)
    if text.has(choices := f"templates.choices.{column.name}"):
        _offer(sheet, letter, text.say(choices, language), language)


def _offer(sheet: Worksheet, letter: str, words: str, language: str) -> None:
    """Offer words to choose from; other words can be written, with a question first."""
    listed = '"' + ",".join(words.split("|")) + '"'
    choice = DataValidation("list", listed, allow_blank=True, errorStyle="warning")
    choice.showErrorMessage, choice.error = True, text.say("templates.odd_value", language)
    choice.add(f"{letter}{HEADER_ROW + 1}:{letter}{_LAST_ROW}")
    sheet.add_data_validation(choice)


def _meaning(column: Column, dataset: str, language: str) -> str:
    needed = "either" if column.name in CUSTOMER else "needed" if column.needed else None
    said = text.say(_key(column, dataset, "meaning"), language)
    return f"{said} {text.say(f'templates.{needed}', language)}" if needed else said


def _example(column: Column, dataset: str, language: str) -> object:
    said = text.say(_key(column, dataset, "example"), language)
    if not said:
        return None  # the example leaves it blank
    match column.kind.cells:
        case "date" if column.kind.keeps:
            return date.fromisoformat(said)
        case "number":
            return float(said) if "." in said else int(said)
        case _:
            return said


def _key(column: Column, dataset: str, part: str) -> str:
    table = "customer" if column.name in CUSTOMER else dataset
    return f"templates.{table}.{column.name}.{part}"

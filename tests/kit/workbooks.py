"""A weekly workbook as another library opens it, held against the queries it was written from."""

import io
import warnings
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tend.figures import wording
from tend.handouts import told
from tend.handouts.told import Shown
from tend.handouts.workbook import weekly
from tend.handouts.workbook.contents import SHEETS, Cross
from tend.language import text
from tend.queries import library
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL

VIEW = View(UNTIL)


def written(workspace: Workspace, language: str, view: View = VIEW) -> bytes:
    """Write the workbook."""
    reading = told.reading(workspace, language)
    return weekly.write(workspace, reading, view, told.signed(workspace, view, language))


def opened(raw: bytes) -> Workbook:
    """Open it by another library, which does not know paths in cells."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(raw))


def sheet_of(raw: bytes, number: int) -> str:
    """Give a sheet as it stands in the file."""
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return file.read(f"xl/worksheets/sheet{number}.xml").decode()


def named(book: Workbook) -> dict[str, Any]:
    """Give what each name of the workbook points at, found as Excel finds it."""
    found = {}
    for name, defined in book.defined_names.items():
        [(sheet, cell)] = defined.destinations
        found[name] = book[sheet][cell.replace("$", "")].value
    return found


def hold_tables(workspace: Workspace, book: Workbook, language: str) -> None:
    """Hold every table of the workbook against the answer of its query."""
    reading = told.reading(workspace, language)
    places = {name: sheet for sheet in book for name in sheet.tables}
    for plan in SHEETS:
        for part in plan.parts:
            shown = told.figure(reading, part.page or plan.page, part.figure, VIEW)
            if not len(shown.codes):
                assert part.figure not in places
                continue
            found = cells_of(places[part.figure], part.figure)
            if part.cross:
                hold_turned(shown, part.cross, found, language)
            else:
                hold(shown, found, language)


def cells_of(sheet: Worksheet, name: str) -> list[list[Any]]:
    """Give the cells of a table, its heads first; days as days."""
    return [
        [c.value.date() if isinstance(c.value, datetime) else c.value for c in row]
        for row in sheet[sheet.tables[name].ref]
    ]


def hold(shown: Shown, found: list[list[Any]], language: str) -> None:
    """Hold a table against the answer of its query."""
    heads, *rows = found
    words = wording.worded(shown.figure.query, shown.codes, language).to_pylist()
    names = {wording.dimension(name, language): name for name in words[0]}
    assert len(rows) == len(words)
    compared = [head for head in heads if head in names]
    assert len(compared) >= len(heads) - 1  # the way of one that moved is made of two columns
    for row, answered in zip(rows, words, strict=True):
        for head, cell in zip(heads, row, strict=True):
            if head in names:
                assert cell == expected(
                    answered[names[head]], language if head == heads[0] else ""
                ), head


def expected(value: Any, language: str) -> Any:
    """Give what stands in a cell for a value of an answer."""
    if isinstance(value, bool):
        return "✓" if value else None
    if value is None and language:
        return text.say("values.all", language)
    return (
        pytest.approx(value)
        if isinstance(value, float)
        else value or (value if value == 0 else None)
    )


def hold_turned(shown: Shown, cross: Cross, found: list[list[Any]], language: str) -> None:
    """Hold a table turned to rows and columns: every number of the query, once, and no other."""
    kinds = library.find(shown.figure.query).kinds
    words = wording.worded(shown.figure.query, shown.codes, language).to_pylist()
    heads, *rows = found
    cells = {
        (row[0], head): cell
        for row in rows
        for head, cell in zip(heads[1:], row[1:], strict=True)
        if cell is not None
    }
    for number, value in enumerate(cross.values):
        more = f" · {wording.dimension(value, language)}" if number else ""
        for row in words:
            down, across = (
                wording.cell(kinds[name], row[name], language)
                for name in (cross.down, cross.across)
            )
            if row[value] is not None:
                assert cells.pop((down, across + more)) == pytest.approx(row[value])
    assert cells == {}

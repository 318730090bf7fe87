"""weekly.xlsx: its numbers have names and are those of a second calculation, its tables queries."""

from datetime import datetime
from math import fsum
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tend.figures import wording
from tend.handouts import told
from tend.handouts.told import Shown
from tend.handouts.workbook.contents import NAMED, SHEETS, Cross
from tend.language import text
from tend.queries import asking, library
from tend.store.workspace import Workspace
from tend.view import View, window
from tests.handouts.workbook.conftest import SMALL, VIEW, named
from tests.kit.companies import UNTIL, Companies
from tests.kit.samples import signal_sheets, spreadsheets
from tests.oracle.renewals import rates
from tests.oracle.service import service
from tests.oracle.service.service import Team
from tests.oracle.week import week


def test_names_hold_the_numbers_of_a_second_calculation(
    companies: Companies, sample: Workspace, english: Workbook
) -> None:
    """Renewal rates, ARR in force and due, touch rate and NPS, from the spreadsheet alone."""
    [path] = companies.books(**SMALL)
    team = Team(spreadsheets.company(path, "en"), signal_sheets.signals(path, "en"))
    year = View(UNTIL, *window("last_12_months", UNTIL))
    [whole] = rates.renewal_rates(team.company, year)
    due = week.waiting(team, VIEW, UNTIL)
    cells = service.cells(team, VIEW, UNTIL)
    month: list[Any] = service.touch_rate(team, View(UNTIL, UNTIL.replace(day=1), UNTIL))
    asked: list[Any] = [row for row in service.sop_matrix(team, VIEW) if row["answers"]]
    meeting = asking.run(sample, "last_meeting", VIEW)["meeting"][0].as_py()
    moved = asking.run(sample, "quadrant_movement", View(UNTIL, meeting), exact=True).to_pylist()
    assert named(english) == pytest.approx(
        {
            **{name: whole[name] for name in NAMED if name.endswith("renewal_rate")},
            "arr": fsum(arr for *_, arr in cells.values()),
            "arr_overdue": due["overdue"][1],
            **{f"arr_due_{days}": due.get(f"d{days}", (0, 0))[1] for days in (30, 60, 90)},
            "customers_fell": sum(r["customers"] for r in moved if r["direction"] == "fall"),
            "touch_rate": sum(r["touched"] for r in month) / sum(r["customers"] for r in month),
            "nps": fsum(row["nps"] * row["answers"] for row in asked)
            / sum(row["answers"] for row in asked),
        }
    )


def test_every_table_is_its_query(sample: Workspace, english: Workbook) -> None:
    """Cell by cell: numbers and days as the query gives them, codes in words, flags as marks."""
    reading = told.reading(sample, "en")
    places = {name: sheet for sheet in english for name in sheet.tables}
    for plan in SHEETS:
        for part in plan.parts:
            shown = told.figure(reading, part.page or plan.page, part.figure, VIEW)
            if not len(shown.codes):
                assert part.figure not in places
                continue
            found = cells_of(places[part.figure], part.figure)
            if part.cross:
                hold_turned(shown, part.cross, found)
            else:
                hold(shown, found)


def cells_of(sheet: Worksheet, name: str) -> list[list[Any]]:
    """Give the cells of a table, its heads first; days as days."""
    return [
        [c.value.date() if isinstance(c.value, datetime) else c.value for c in row]
        for row in sheet[sheet.tables[name].ref]
    ]


def hold(shown: Shown, found: list[list[Any]]) -> None:
    """Hold a table against the answer of its query."""
    heads, *rows = found
    words = wording.worded(shown.figure.query, shown.codes, "en").to_pylist()
    names = {wording.dimension(name, "en"): name for name in words[0]}
    assert len(rows) == len(words)
    compared = [head for head in heads if head in names]
    assert len(compared) >= len(heads) - 1  # the way of one that moved is made of two columns
    for row, answered in zip(rows, words, strict=True):
        for head, cell in zip(heads, row, strict=True):
            if head in names:
                assert cell == expected(answered[names[head]], head == heads[0]), head


def expected(value: Any, is_first: bool) -> Any:
    """Give what stands in a cell for a value of an answer."""
    if isinstance(value, bool):
        return "✓" if value else None
    if value is None and is_first:
        return "All"
    return (
        pytest.approx(value)
        if isinstance(value, float)
        else value or (value if value == 0 else None)
    )


def hold_turned(shown: Shown, cross: Cross, found: list[list[Any]]) -> None:
    """Hold a table turned to rows and columns: every number of the query, once, and no other."""
    kinds = library.find(shown.figure.query).kinds
    words = wording.worded(shown.figure.query, shown.codes, "en").to_pylist()
    for number, value in enumerate(cross.values):
        more = f" · {wording.dimension(value, 'en')}" if number else ""
        heads, *rows = found
        told_of = {
            (row[0], head): cell
            for row in rows
            for head, cell in zip(heads, row, strict=True)
            if cell is not None
        }
        for row in words:
            down, across = (
                wording.cell(kinds[name], row[name], "en") for name in (cross.down, cross.across)
            )
            if row[value] is not None:
                assert told_of.pop((down, across + more)) == pytest.approx(row[value])


def test_both_languages_hold_the_same_numbers(english: Workbook, chinese: Workbook) -> None:
    """Names are the same, and what they point at; the sheets have their Chinese names."""
    assert named(english) == named(chinese)
    names = ("week", "renewals", "due", "movement", "value", "sop", "definitions", "sources")
    for book, language in ((english, "en"), (chinese, "zh")):
        assert book.sheetnames == [text.say(f"workbook.sheets.{name}", language) for name in names]
    assert english.sheetnames == [
        *("This week", "Renewals", "Due", "Movement", "Value", "SOP", "Definitions", "Sources")
    ]


def test_every_number_is_defined(english: Workbook) -> None:
    """The sheet of definitions names each number that has a name, and says what it means."""
    rows = cells_of(english["Definitions"], "definitions_numbers")[1:]
    assert [name for name, *_ in rows] == list(NAMED)
    assert all(label and definition for _, label, definition in rows)
    queries = {row[-1] for row in cells_of(english["Definitions"], "definitions_figures")[1:]}
    assert queries <= set(library.queries())

"""weekly.xlsx: its numbers have names and are those of a second calculation, its tables queries."""

from math import fsum
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from tend.handouts.workbook.contents import NAMED
from tend.language import text
from tend.queries import asking, library
from tend.store.workspace import Workspace
from tend.view import View, window
from tests.handouts.workbook.conftest import SMALL
from tests.kit.companies import UNTIL, Companies
from tests.kit.samples import signal_sheets, spreadsheets
from tests.kit.workbooks import VIEW, cells_of, hold_tables, named
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
            **{
                f"arr_due_{days}": fsum(
                    due.get(f"d{n}", (0, 0))[1] for n in range(30, days + 1, 30)
                )
                for days in (30, 60, 90)
            },
            "customers_fell": sum(r["customers"] for r in moved if r["direction"] == "fall"),
            "touch_rate": sum(r["touched"] for r in month) / sum(r["customers"] for r in month),
            "nps": fsum(row["nps"] * row["answers"] for row in asked)
            / sum(row["answers"] for row in asked),
        }
    )


def test_every_table_is_its_query(sample: Workspace, english: Workbook) -> None:
    """Cell by cell: numbers and days as the query gives them, codes in words, flags as marks."""
    hold_tables(sample, english, "en")


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

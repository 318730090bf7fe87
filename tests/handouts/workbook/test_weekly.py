"""weekly.xlsx: its numbers have names and are those of a second calculation, its tables queries."""

import io
import re
import warnings
import zipfile
from datetime import datetime
from math import fsum
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tend.figures import wording
from tend.handouts import told
from tend.handouts.told import Shown
from tend.handouts.workbook import weekly
from tend.handouts.workbook.contents import NAMED, SHEETS, Cross
from tend.language import text
from tend.queries import asking, library
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View, window
from tests.kit.companies import UNTIL, Companies
from tests.kit.samples import signal_sheets, spreadsheets
from tests.oracle.renewals import rates
from tests.oracle.service import service
from tests.oracle.service.service import Team
from tests.oracle.week import week

VIEW = View(UNTIL)
SMALL: dict[str, Any] = {"customers": 90}


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


@pytest.fixture(scope="module")
def sample(companies: Companies) -> Workspace:
    """The sample company."""
    return companies.read(**SMALL)


@pytest.fixture(scope="module")
def english(sample: Workspace) -> Workbook:
    """Its week, in English."""
    return opened(written(sample, "en"))


@pytest.fixture(scope="module")
def chinese(sample: Workspace) -> Workbook:
    """The same, in Chinese."""
    return opened(written(sample, "zh"))


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


def test_sheets_are_made_to_be_read_and_printed(english: Workbook) -> None:
    """Heads stay in sight, lists have filters, prints fit; each sheet begins with a finding."""
    for sheet in english:
        assert sheet.freeze_panes
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # one page wide is what Excel takes where nothing is said
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows.startswith("$1:")
        assert UNTIL.isoformat() in sheet.oddFooter.left.text
        assert text.say("ui.all_customers", "en") in sheet.oddFooter.left.text
        assert all(table.autoFilter for table in sheet.tables.values())
        assert len(sheet["A2"].value) > 20
    due = english["Due"]
    [head, *_] = due[due.tables["week_due_list"].ref]
    assert due.freeze_panes == f"A{head[0].row + 1}"
    charts = {sheet.title: len(sheet._charts) for sheet in english}
    assert charts == {
        **dict.fromkeys(english.sheetnames, 0),
        "This week": 1,
        "Renewals": 2,
        "Movement": 1,
        "Value": 1,
    }


def test_cells_have_types_and_name_their_currency(english: Workbook) -> None:
    """Money, rates, days and states look like what they are."""
    looks = {
        name: english[sheet][cell.replace("$", "")].number_format
        for name, one in english.defined_names.items()
        for sheet, cell in one.destinations
    }
    assert looks["arr"] == "[$CNY] #,##0"
    assert looks["contract_renewal_rate"] == "0.0%"
    assert looks["nps"].startswith("+#,##0.0")
    sheet = english["Due"]
    heads, first, *_ = sheet[sheet.tables["week_due_list"].ref]
    cells = {head.value: cell for head, cell in zip(heads, first, strict=True)}
    assert cells["ARR"].number_format == "[$CNY] #,##0"
    assert cells["Last day"].is_date
    assert 'd overdue"' in cells["Days left"].number_format
    inks = {
        cell.value: cell.font.color.rgb
        for row in sheet[sheet.tables["week_due_list"].ref]
        for head, cell in zip(heads, row, strict=True)
        if head.value == "Outcome health" and cell.value != head.value
    }
    assert {word: ink[-6:].lower() for word, ink in inks.items()}.items() <= {
        "● healthy": "0f766e",
        "◆ average": "a16207",
        "▲ at risk": "c2410c",
        "▨ unknown": "6b7885",
    }.items()


def test_an_empty_workspace_says_what_it_does_not_know(workspace: Workspace) -> None:
    """All sheets are there; numbers are blank, each with its reason beside it."""
    for language in ("en", "zh"):
        book = opened(written(workspace, language))
        assert len(book.sheetnames) == 8
        for name, defined in book.defined_names.items():
            [(sheet, cell)] = defined.destinations
            number = book[sheet][cell.replace("$", "")]
            if not name.startswith("arr"):
                assert number.value is None, name
                assert number.offset(0, 2).value, name


def formulas(book: Workbook) -> list[str]:
    """Name the cells that hold a formula or a link."""
    return [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" or cell.hyperlink
    ]


def test_hostile_names_are_names(tmp_path: Path, companies: Companies) -> None:
    """What looks like a formula, a link or a control sign is text, also in what is printed."""
    names = (
        '=HYPERLINK("http://evil.test")',
        "http://evil.test/x",
        "&C&P \x01 [x]:*?/",
        "+1",
        "@y",
    )
    path = tmp_path / "contracts.csv"
    rows = [
        f'K{n},"{name.replace(chr(34), chr(34) * 2)}",2025-10-01,2026-09-{10 + n},1000,"{name[:3]}"'
        for n, name in enumerate(names)
    ]
    path.write_text("\n".join(["Contract no,Customer,Start date,End date,Amount,CSM", *rows]))
    with open_workspace(companies.empty(tmp_path / "workspace")) as workspace:
        report = imports.import_file(workspace, path)
        assert report.error is None
        view = View(UNTIL, filters=(("csm", ("=HY", "htt", "&C&", "+1", "@y")),))
        raw = written(workspace, "en", view)
    book = opened(raw)
    assert formulas(book) == []
    due = book["Due"]
    _, *listed = due[due.tables["week_due_list"].ref]
    assert {row[0].value for row in listed} == {name.replace("\x01", "") for name in names}
    assert all(row[0].quotePrefix for row in listed)
    [foot] = re.findall("<oddFooter>(.*?)</oddFooter>", sheet_of(raw, 3))
    assert "&amp;&amp;C&amp;&amp;" in foot


def test_a_data_set_that_is_missing_is_told(tmp_path: Path, companies: Companies) -> None:
    """Without touches and answers their numbers are blank with a reason; the others are there."""
    path = tmp_path / "contracts.csv"
    path.write_text(
        "Contract no,Customer,Start date,End date,Amount\n"
        "K1,Alder,2024-10-01,2025-09-30,1200\nK2,Alder,2025-10-01,2026-09-30,1500\n"
        "K3,Birch,2025-09-01,2026-10-20,600\nK4,Cedar,2024-01-01,2024-12-31,900\n"
    )
    with open_workspace(companies.empty(tmp_path / "workspace")) as workspace:
        assert imports.import_file(workspace, path).error is None
        book = opened(written(workspace, "en"))
    found = named(book)
    blank = {name for name, value in found.items() if value is None}
    assert blank >= {"touch_rate", "nps", "customers_fell"}
    [(sheet, cell)] = book.defined_names["touch_rate"].destinations
    assert book[sheet][cell.replace("$", "")].offset(0, 2).value
    of_13_months = 600 * 12 / (13 + 20 / 31)
    assert found["arr_due_30"] == pytest.approx(1500 + of_13_months)
    assert found["arr_due_90"] == 0
    said = [cell.value for row in book["SOP"].iter_rows() for cell in row if cell.value]
    assert text.say("figures.touch_rate.title", "en") in said

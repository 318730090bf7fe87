"""Sheets of weekly.xlsx: how they print, what cells hold, and what they say where data lack."""

import re
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from tend.language import text
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies
from tests.kit.workbooks import named, opened, sheet_of, written


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
    # within 90 days is also what is due within 30
    assert found["arr_due_90"] == found["arr_due_60"] == found["arr_due_30"]
    said = [cell.value for row in book["SOP"].iter_rows() for cell in row if cell.value]
    assert text.say("figures.touch_rate.title", "en") in said

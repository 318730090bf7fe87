"""Templates: nothing in them is data, and what is filled in comes back as it was written."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tend import ingest, schema
from tend.ingest.cells import meanings
from tend.ingest.results import FileResult, SheetResult
from tend.language import text
from tend.schema import Column, templates
from tend.schema.words import folded, vocabulary

LANGUAGES = text.LANGUAGES
ROWS = 4


def book(dataset: str | None, language: str) -> openpyxl.Workbook:
    """Open a template as a user does."""
    return openpyxl.load_workbook(BytesIO(templates.write(dataset, language)))


def read(made: openpyxl.Workbook, folder: Path) -> FileResult:
    """Save a template and upload it."""
    path = folder / "template.xlsx"
    made.save(path)
    return ingest.prepare(path)


def filled(column: Column, row: int, language: str) -> object:
    """Make up a value of a column; text of its list where it has one."""
    key = f"templates.choices.{column.name}"
    if text.has(key):
        words = text.say(key, language).split("|")
        return words[row % len(words)]
    made: dict[str, object] = {
        "date": date(2025, 1 + row, 13),
        "moment": date(2025, 1 + row, 13),
        "notice": date(2025, 1 + row, 12),
        "period": f"2025-{row + 1:02}",
        "share": 0.25 * row,
        "nps": 6 + row,
        "csat": 1 + row,
        "hours": 0.5 + row,
        "amount": 1234.5 * (row + 1),
        "number": 17 * (row + 1),
        "money": 17 * (row + 1),
        "term": "12 months",
    }
    return made.get(column.kind.name, f"00{row} {column.name}")


def fill(sheet: Worksheet, dataset: str, language: str) -> list[dict[str, object]]:
    """Write rows below the headers."""
    rows = []
    for row in range(ROWS):
        cells = {c.name: filled(c, row, language) for c in templates.columns(dataset)}
        if dataset == "contracts":  # a contract ends after it starts
            cells["end_date"] = date(2026, 1 + row, 13)
        for number, value in enumerate(cells.values(), 1):
            sheet.cell(templates.HEADER_ROW + 1 + row, number, value)
        rows.append(cells)
    return rows


def meant(column: Column, value: object) -> object:
    """Give the fact that a cell stands for."""
    match column.kind.name:
        case "outcome":
            return meanings.outcome(str(value), is_churn=False)
        case "sentiment":
            return meanings.sentiment(str(value))
        case "period":
            return date.fromisoformat(f"{value}-01")
        case _:
            return value


def facts(sheet: SheetResult, column: Column) -> list[object]:
    """Give a column of the facts, in the order of the file."""
    assert sheet.facts is not None
    table = sheet.facts
    if sheet.dataset == "usage":
        rows = table.to_pylist()
        if column.kind.name == "number":
            return [r["value"] for r in rows if r["measure"] == column.name]
        name = "period_start" if column.name == "period" else column.name
        return [r[name] for r in rows if r["measure"] == "active_users"]
    found: list[object] = table.column(column.name).to_pylist()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dataset", [*schema.DATASETS, None])
def test_an_empty_template_holds_no_data(
    dataset: str | None, language: str, tmp_path: Path
) -> None:
    """Notes and example are not taken for rows; every sheet is what it says."""
    result = read(book(dataset, language), tmp_path)
    assert [s.dataset for s in result.sheets] == ([dataset] if dataset else list(schema.DATASETS))
    assert sum(s.rows for s in result.sheets) == 0
    assert [s.unused for s in result.sheets] == [()] * len(result.sheets)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dataset", [*schema.DATASETS, None])
def test_what_is_filled_in_comes_back(dataset: str | None, language: str, tmp_path: Path) -> None:
    """Every column of every data set is read as it was written, without a warning."""
    made = book(dataset, language)
    asked = [dataset] if dataset else list(schema.DATASETS)
    written = {n: fill(made[schema.DATASETS[n].label[language]], n, language) for n in asked}
    result = read(made, tmp_path)
    assert result.error is None
    for sheet, name in zip(result.sheets, asked, strict=True):
        assert (sheet.dataset, sheet.rows, sheet.accepted) == (name, ROWS, ROWS)
        # of the currencies to choose from
        assert {p.code for p in sheet.problems} <= {"currency_without_rate"}
        assert set(sheet.columns) == {c.name for c in templates.columns(name)}
        for column in templates.columns(name):
            if not column.kept:
                continue  # what it says is kept elsewhere
            expected = [meant(column, row[column.name]) for row in written[name]]
            assert facts(sheet, column) == expected, column.name


@pytest.mark.parametrize("dataset", schema.DATASETS)
def test_only_the_long_form_is_left_out(dataset: str) -> None:
    """A template asks for every column; of the two forms of usage for the wide one."""
    missing = schema.DATASETS[dataset].columns.keys() - {c.name for c in templates.columns(dataset)}
    assert missing == ({"measure", "value"} if dataset == "usage" else set())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dataset", schema.DATASETS)
def test_every_header_is_explained(dataset: str, language: str) -> None:
    """Each header has a comment, and needed ones a star."""
    [sheet] = book(dataset, language).worksheets
    for cell, column in zip(sheet[templates.HEADER_ROW], templates.columns(dataset), strict=True):
        assert cell.comment is not None
        assert str(cell.value).endswith("*") == (
            column.needed or column.name in schema.DATASETS[dataset].named_by
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_one_that_would_be_accepted(language: str, tmp_path: Path) -> None:
    """Copied below the headers, the example line of every sheet is a row without fault."""
    made = book(None, language)
    for sheet in made.worksheets:
        for cell in list(sheet[2]):
            sheet.cell(templates.HEADER_ROW + 1, cell.column, cell.value)
    result = read(made, tmp_path)
    assert [(s.rows, s.accepted, s.warnings) for s in result.sheets] == [(1, 1, 0)] * len(
        schema.DATASETS
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_are_typed_and_offer_their_words(language: str) -> None:
    """Dates and amounts have their formats; a list hangs below each header that has one."""
    [sheet] = book("contracts", language).worksheets
    at = {c.name: i for i, c in enumerate(templates.columns("contracts"))}
    letters = {name: chr(65 + number) for name, number in at.items()}
    formats = {n: sheet.column_dimensions[letter].number_format for n, letter in letters.items()}
    assert formats["start_date"] == "yyyy-mm-dd"
    assert formats["amount"] == "#,##0.00"
    assert formats["contract_id"] == "@"
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    offered = {str(v.sqref).split(":")[0] for v in lists}
    wanted = ("contract_type", "billing_interval", "currency", "status", "outcome")
    assert offered == {f"{letters[name]}{templates.HEADER_ROW + 1}" for name in wanted}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_to_choose_from_are_understood(language: str) -> None:
    """No list offers a word that the reader would not know."""
    for name in ("currency", "severity"):
        words = text.say(f"templates.choices.{name}", language).split("|")
        assert all(folded(word) in vocabulary(name) for word in words)

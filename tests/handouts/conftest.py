"""What the tests of hand-outs share: the sample company, and a small one counted by hand."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tend.store.workspace import Workspace, open_workspace
from tests.kit.companies import Companies
from tests.kit.samples.health import Sample, imported

# Ann has two customers and Ben one; on 2025-12-20 two contracts wait, of Ann's tasks two are late
# or due, and nobody was touched this month but Birch.
SHEETS: dict[str, list[tuple[object, ...]]] = {
    "Customers": [
        ("Customer ID", "Customer", "CSM"),
        ("C1", "[Alder](http://evil.example) @all", "Ann"),
        ("C2", "Birch", "Ann"),
        ("C3", "Cedar", "Ben"),
    ],
    "Contracts": [
        ("Contract ID", "Customer ID", "Start date", "End date", "Amount"),
        ("K1", "C1", "2025-01-11", "2026-01-10", 12000),
        ("K2", "C2", "2024-12-16", "2025-12-15", 24000),
        ("K3", "C3", "2025-09-01", "2026-08-31", 36000),
    ],
    "Touches": [
        ("Customer ID", "Touched on", "Channel"),
        ("C1", "2025-11-02", "Call"),
        ("C2", "2025-12-18", "Call"),
        ("C3", "2025-11-20", "Call"),
    ],
    "Tasks": [
        ("Customer ID", "Task", "Made on", "Due on", "Owner", "Done on"),
        ("C1", "Send the <b>offer</b>", "2025-11-20", "2025-12-10", "Ann", None),
        ("C2", "Ask for use", "2025-11-20", "2025-12-20", "Ann", None),
        ("C2", "Later", "2025-11-20", "2026-02-01", "Ann", None),
        ("C2", "Over", "2025-11-20", "2025-12-01", "Ann", "2025-12-02"),
        ("C3", "Another's", "2025-11-20", "2025-12-01", "Ben", None),
    ],
    "Decisions": [
        ("Decision", "Customer ID", "Owner", "Decided on", "Due day", "State of the decision"),
        ("Call [them](http://evil.example)", "C1", "Ann", "2025-12-16", "2025-12-19", "Open"),
        ("Offer two years", "C3", "Ben", "2025-12-17", "2025-12-31", "Open"),
        ("Sent it", "C2", "Ann", "2025-12-16", "2025-12-18", "Done"),
    ],
}


def _book(folder: Path) -> list[Path]:
    book, path = openpyxl.Workbook(), folder / "small.xlsx"
    book.remove(book.active)
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return [path]


@pytest.fixture(scope="session")
def english(companies: Companies) -> Sample:
    """Give the English sample company, imported once, and its spreadsheet read apart."""
    return imported(companies, "en")


@pytest.fixture
def small(companies: Companies) -> Path:
    """Give a copy of the small company's workspace."""
    return companies.copy("handed round", _book)[0]


@pytest.fixture
def opened(small: Path) -> Iterator[Workspace]:
    """Open the small company."""
    with open_workspace(small) as workspace:
        yield workspace

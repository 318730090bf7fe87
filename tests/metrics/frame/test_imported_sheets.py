"""The sheets that numbers come from are those of the files, as they were read and counted."""

from datetime import date
from pathlib import Path

import pandas as pd

from tend.acts import decisions
from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View

VIEW = View(date(2026, 9, 30))


def told(workspace: Workspace) -> list[tuple[object, ...]]:
    """Give file, sheet, rows that went in and rows that did not, by data set."""
    rows = asking.run(workspace, "imported_sheets", VIEW).to_pylist()
    return [
        tuple(row[n] for n in ("dataset", "file", "sheet", "accepted", "rejected")) for row in rows
    ]


def book(path: Path, rows: int) -> Path:
    """Write contracts of so many customers, and one that has no end that can be read."""
    number = range(rows)
    contracts = pd.DataFrame(
        {
            "Contract ID": [f"K{n}" for n in number],
            "Customer ID": [f"C{n}" for n in number],
            "Start date": "2026-01-01",
            "End date": ["2026-12-31"] * (rows - 1) + ["someday"],
            "Amount": 1000,
        }
    )
    customers = pd.DataFrame({"Customer ID": [f"C{n}" for n in number], "Customer": "Acme"})
    with pd.ExcelWriter(path) as writer:
        contracts.to_excel(writer, sheet_name="Deals", index=False)
        customers.to_excel(writer, sheet_name="Who", index=False)
    return path


def test_each_sheet_that_counts_is_told(workspace: Workspace, tmp_path: Path) -> None:
    """With its rows as the file holds them; what is entered is one line; what is undone is gone."""
    first = imports.import_file(workspace, book(tmp_path / "first.xlsx", 4))
    imports.import_file(workspace, book(tmp_path / "second.xlsx", 3))
    files = [
        ("contracts", "first.xlsx", "Deals", 3, 1),
        ("contracts", "second.xlsx", "Deals", 2, 1),
        ("customers", "first.xlsx", "Who", 4, 0),
        ("customers", "second.xlsx", "Who", 3, 0),
    ]
    assert told(workspace) == files
    for text in ("Call them", "Visit them"):
        decisions.write(workspace, text, day=VIEW.as_of)
    assert told(workspace) == [*files, ("decisions", None, None, 2, 0)]
    assert first.import_id is not None
    imports.undo(workspace, first.import_id)
    assert [row[1] for row in told(workspace)] == ["second.xlsx", "second.xlsx", None]

"""The cells of a row: as they stand in the kept file, or as they were entered."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from tend.people.person import Person
from tend.queries import asking
from tend.store.facts import entries, imports, row_cells
from tend.store.workspace import Workspace, open_workspace
from tend.view import View


def told(workspace: Workspace, dataset: str, key: str) -> list[dict[str, str]]:
    """Give the cells of the rows that speak of a fact."""
    asked = asking.run(workspace, "sources", View(date.max), dataset=dataset, key=key)
    rows: list[dict[str, Any]] = asked.to_pylist()
    read = partial(row_cells.of_file, workspace)
    found = row_cells.told(workspace, dataset, rows, "en", read)
    return [dict(found.get(row_cells.place(row), ())) for row in rows]


def test_files_and_entries_tell_their_cells(tmp_path: Path) -> None:
    """A file's in its own words, blanks left out; an entry's by the names of the template."""
    book = tmp_path / "visits.csv"
    book.write_text("Customer ID,Touch date,Kind,Note\nC1,01/03/2026,call,\n", "utf-8")
    with open_workspace(tmp_path / "workspace") as workspace:
        report = imports.import_file(workspace.seen_by(Person("Ann")), book)
        assert report.error is None
        touch = {"customer_id": "C1", "touched_on": date(2026, 3, 2), "kind": "visit", "hours": 1.5}
        entries.enter(workspace.seen_by(Person("Bo")), "touches", [touch])
        assert told(workspace, "touches", "C1") == [
            {
                "Customer ID": "C1",
                "Touched on": "2026-03-02",
                "Kind": "visit",
                "Hours": "1.5",
            },
            {"Customer ID": "C1", "Touch date": "01/03/2026", "Kind": "call"},
        ]
        for kept in workspace.uploads.iterdir():
            kept.unlink()
        assert told(workspace, "touches", "C1")[1] == {}

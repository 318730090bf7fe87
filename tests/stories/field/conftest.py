"""Small files of the kinds that went wrong, each brought into an empty workspace."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tend.ingest.results import Remembered
from tend.queries import asking
from tend.store.facts import imports, reports
from tend.store.facts.imports import ImportOptions
from tend.store.facts.reports import ImportReport, SheetReport
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.asking import Row, day

FILES = Path(__file__).parent / "files"
# Said of each text file; a test is about the others.
ORDINARY = {"encoding_valid", "separator"}


@dataclass(frozen=True)
class Field:
    """A workspace with files of the field, and what their imports said."""

    workspace: Workspace
    folder: Path
    reports: tuple[ImportReport, ...]

    @property
    def sheet(self) -> SheetReport:
        """The last file's only sheet."""
        (sheet,) = self.reports[-1].sheets
        return sheet

    @property
    def said(self) -> set[str]:
        """The codes of all that the imports said: problems with their row, decisions, questions."""
        sheets = [sheet for report in self.reports for sheet in report.sheets]
        problems = {f"{one.code} {one.row or ''}".strip() for s in sheets for one in s.problems}
        decisions = {one.code for sheet in sheets for one in sheet.decisions} - ORDINARY
        return problems | decisions | {one.key for sheet in sheets for one in sheet.questions}

    def rows(
        self, name: str, as_of: str, first: str | None = None, last: str | None = None, **own: Any
    ) -> list[Row]:
        """Give the rows of a named query."""
        group_by = own.pop("group_by", None)
        view = View(date.fromisoformat(as_of), day(first), day(last), group_by)
        found: list[Row] = asking.run(self.workspace, name, view, **own).to_pylist()
        return found

    def arr(self, as_of: str) -> dict[str, float]:
        """Give the ARR on a day by customer, of those that have some."""
        rows = self.rows("customer_values", as_of, search=None, has_arr=True)
        return {row["customer_name"]: round(row["arr"], 2) for row in rows}

    def terms(self, as_of: str) -> dict[str, tuple[str, str | None]]:
        """Give the first and last day of each customer's newest contract."""
        found = {}
        for row in self.rows("customer_values", as_of, search=None, has_arr=None):
            (newest, *_) = self.rows("customer_contracts", as_of, customer_id=row["customer_id"])
            start, end = newest["start_date"], newest["end_date"]
            found[row["customer_name"]] = (str(start), str(end) if end else None)
        return found


Bring = Callable[..., Field]


@pytest.fixture
def bring(workspace: Workspace, tmp_path: Path) -> Bring:
    """Bring files in, as one command does: those kept here by name, or made ones by their path.

    A text is a file of that content: `bring(("surveys.csv", "customer,date\\n..."))`.
    """

    def _bring(
        *files: str | Path | tuple[str, str], mappings: Mapping[str, Remembered] | None = None
    ) -> Field:
        options = ImportOptions(mappings=mappings or {})
        with workspace.together():
            paths = [_path(file, tmp_path) for file in files]
            told = [imports.import_file(workspace, path, options=options) for path in paths]
        again = (reports.again(workspace, report) for report in told)
        return Field(workspace, tmp_path, tuple(again))

    return _bring


def _path(file: str | Path | tuple[str, str], folder: Path) -> Path:
    if isinstance(file, tuple):
        path = folder / file[0]
        path.write_text(file[1], encoding="utf-8")
        return path
    return FILES / file


@dataclass(frozen=True)
class Case:
    """Files that go in together; `said` holds codes, those of problems with their row."""

    files: tuple[str | tuple[str, str], ...]
    as_of: str
    arr: Mapping[str, float]
    said: frozenset[str] | set[str] = frozenset()
    terms: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The files, as the name of the case."""
        return "-".join(file if isinstance(file, str) else file[0] for file in self.files)


def hold(bring: Bring, case: Case) -> Field:
    """Bring a case's files in and hold what is read and said against what is right."""
    brought = bring(*case.files)
    assert [report.error for report in brought.reports] == [None] * len(case.files)
    assert brought.said == set(case.said)
    assert brought.arr(case.as_of) == case.arr
    if case.terms:
        assert brought.terms(case.as_of) == case.terms
    return brought

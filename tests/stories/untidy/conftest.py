"""One company in three forms: tidy English, untidy Chinese (with an .xls), untidy English."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tend import sample
from tend.store.facts.reports import ImportReport
from tend.store.workspace import Workspace, open_workspace
from tests.kit.companies import UNTIL, Companies
from tests.kit.samples.old_excel import as_xls

Imported = tuple[Workspace, list[ImportReport]]
Untidy = Callable[[str], Imported]
CUSTOMERS = 150


def untidy_files(folder: Path, language: str) -> list[Path]:
    """Write the untidy files; the contracts are kept in an old Excel."""
    paths = sample.write(folder, until=UNTIL, customers=CUSTOMERS, language=language, messy=True)
    return [as_xls(path) if _is_ledger(path) else path for path in paths]


def _is_ledger(path: Path) -> bool:
    return path.name in ("合同台账.xlsx", "contract ledger.xlsx")


@pytest.fixture(scope="session")
def tidy(companies: Companies) -> Workspace:
    """The tidy English workbook, imported."""
    return companies.read(customers=CUSTOMERS)


@pytest.fixture(scope="session")
def untidy(companies: Companies) -> Iterator[Untidy]:
    """The untidy files, imported: "zh", "en", or "zh backwards", from the last to the first."""
    made: dict[str, Imported] = {}

    def give(kind: str) -> Imported:
        if kind not in made:
            step = -1 if "backwards" in kind else 1
            folder, reports = companies.copy(
                f"untidy {kind}",
                lambda folder: untidy_files(folder, kind[:2])[::step],
            )
            made[kind] = open_workspace(folder), reports
        return made[kind]

    yield give
    for workspace, _ in made.values():
        workspace.close()

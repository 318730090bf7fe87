"""One company in three forms: tidy English, untidy Chinese (with an .xls), untidy English."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tend import sample
from tend.store.facts import imports
from tend.store.facts.reports import ImportReport
from tend.store.workspace import Workspace, open_workspace
from tests.untidy.old_excel import as_xls

Imported = tuple[Workspace, list[ImportReport]]
Untidy = Callable[[str], Imported]
CUSTOMERS = 150


def load(folder: Path, paths: Sequence[Path]) -> Imported:
    """Import files one after the other into a workspace of their own."""
    workspace = open_workspace(folder / "workspace")
    with workspace.together():
        return workspace, [imports.import_file(workspace, path) for path in paths]


def untidy_files(folder: Path, language: str) -> list[Path]:
    """Write the untidy files; the contracts are kept in an old Excel."""
    paths = sample.write(folder, customers=CUSTOMERS, language=language, messy=True)
    return [as_xls(path) if _is_ledger(path) else path for path in paths]


def _is_ledger(path: Path) -> bool:
    return path.name in ("合同台账.xlsx", "contract ledger.xlsx")


@pytest.fixture(scope="session")
def tidy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The tidy English workbook, imported."""
    folder = tmp_path_factory.mktemp("tidy")
    workspace, [report] = load(folder, sample.write(folder, customers=CUSTOMERS))
    assert report.error is None
    yield workspace
    workspace.close()


@pytest.fixture(scope="session")
def untidy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Untidy]:
    """The untidy files, imported: "zh", "en", or "zh backwards", from the last to the first."""
    made: dict[str, Imported] = {}

    def give(kind: str) -> Imported:
        if kind not in made:
            folder = tmp_path_factory.mktemp("untidy")
            paths = untidy_files(folder, kind[:2])
            made[kind] = load(folder, paths[::-1] if "backwards" in kind else paths)
        return made[kind]

    yield give
    for workspace, _ in made.values():
        workspace.close()

"""One company in three forms: tidy English, untidy Chinese (with an .xls), untidy English."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tend import sample
from tend.store import imports
from tend.store.reports import ImportReport
from tend.store.workspace import Workspace, open_workspace
from tests.untidy.old_excel import as_xls

CUSTOMERS = 150


def load(folder: Path, paths: Sequence[Path]) -> tuple[Workspace, list[ImportReport]]:
    """Import files one after the other into a workspace of their own."""
    workspace = open_workspace(folder / "workspace")
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
def untidy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Workspace, list[ImportReport]]]:
    """The untidy files, imported; also from the last to the first."""
    language, _, backwards = request.param.partition(" ")
    folder = tmp_path_factory.mktemp("untidy")
    paths = untidy_files(folder, language)
    workspace, reports = load(folder, paths[::-1] if backwards else paths)
    yield language, workspace, reports
    workspace.close()

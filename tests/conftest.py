"""What all tests share: companies that are made once a run, and a workspace of their own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tend.store.workspace import Workspace, open_workspace
from tests.kit.companies import Companies

# The companies of tests are small: a second thread of DuckDB costs more than it gives. What is
# about threads asks for all of them.
os.environ.setdefault("TEND_THREADS", "1")


@pytest.fixture
def all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let DuckDB use all processors, for what goes wrong only then."""
    monkeypatch.delenv("TEND_THREADS", raising=False)


@pytest.fixture(scope="session")
def companies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Companies]:
    """Give companies that are made once a run, whatever the number of its processes."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    given = Companies(shared / "companies", tmp_path_factory.mktemp("copies"))
    yield given
    given.close()


@pytest.fixture
def workspace(companies: Companies, tmp_path: Path) -> Iterator[Workspace]:
    """Open an empty workspace; it is closed at the end."""
    with open_workspace(companies.empty(tmp_path / "workspace")) as opened:
        yield opened

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
_TOLD = pytest.StashKey[str]()


@pytest.fixture(scope="session", autouse=True)
def twins(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where it is asked for, ask each question of a server of a shared home, too."""
    if not os.environ.get("TEND_HOME_TWINS"):
        yield
        return
    from tests.kit.home import twins

    with pytest.MonkeyPatch.context() as patch:
        made = twins.installed(patch)
        yield
        request.config.stash[_TOLD] = made.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was held against each other."""
    if told := terminalreporter.config.stash.get(_TOLD, ""):
        terminalreporter.write_line(told)


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

"""What all tests share: a workspace of their own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tend.store.workspace import Workspace, open_workspace

# The companies of tests are small: a second thread of DuckDB costs more than it gives. What is
# about threads asks for all of them.
os.environ.setdefault("TEND_THREADS", "1")


@pytest.fixture
def all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let DuckDB use all processors, for what goes wrong only then."""
    monkeypatch.delenv("TEND_THREADS", raising=False)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Open an empty workspace; it is closed at the end."""
    opened = open_workspace(tmp_path / "workspace")
    yield opened
    opened.close()

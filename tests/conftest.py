"""What all tests share: a workspace of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tend.store.workspace import Workspace, open_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Open an empty workspace; it is closed at the end."""
    opened = open_workspace(tmp_path / "workspace")
    yield opened
    opened.close()

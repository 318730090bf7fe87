"""A server that only reads, beside the process that holds the workspace: here both are this one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tend.store.copies import published, reading
from tend.store.workspace import Workspace, open_workspace
from tests.kit.processes import wait_until

# Where nobody answers.
WRITER = "http://127.0.0.1:9"


@contextmanager
def reads_only(state: Path) -> Iterator[None]:
    """Let what is opened meanwhile be opened as a server does that only reads."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(reading.WRITER, WRITER)
        environment.setenv("XDG_STATE_HOME", str(state))
        yield


def publish(workspace: Workspace) -> Path:
    """Publish what is saved at once, as the holder does after a while; give the copy."""
    assert workspace._copying
    copy = workspace.path / "published" / published.file_name(workspace.version)
    workspace._copying.publisher.hurry()
    wait_until(copy.exists)
    return copy


def copied(workspace: Workspace, state: Path) -> Workspace:
    """Open what is saved by now as a server does that only reads."""
    publish(workspace)
    with reads_only(state):
        return open_workspace(workspace.path)


def told(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Tell of all that lies in a folder which it is, and when and how far it was written."""
    found = {str(one.relative_to(folder)): one.lstat() for one in folder.rglob("*")}
    return {name: (one.st_ino, one.st_mtime_ns, one.st_size) for name, one in found.items()}

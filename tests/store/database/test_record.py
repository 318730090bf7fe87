"""The record of the last commit, and who may see what lies in a workspace."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tend.store import maintenance
from tend.store.database import record
from tend.store.database.record import Commit
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace, open_workspace
from tests.kit.kills.full_disk import book, touch

LINE = 64


def test_where_it_cannot_be_written_the_change_stands_and_verify_says_so(
    workspace: Workspace,
) -> None:
    """A folder in its place: one word of `verify`, until it can be written again."""
    file = workspace.path / record.FILE
    file.unlink()
    file.mkdir()
    entries.enter(workspace, "touches", [touch("a")])
    assert maintenance.verify(workspace) == ["not_written_down last-commit"]
    file.rmdir()
    entries.enter(workspace, "touches", [touch("b")])
    assert maintenance.verify(workspace) == []


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text("0123456789abcdef", max_size=32), min_size=1, max_size=5), st.data())
def test_a_cut_stroke_leaves_the_commit_before(
    tmp_path_factory: pytest.TempPathFactory, marks: list[str], data: st.DataObject
) -> None:
    """Whatever of the last line was written, the record gives the last commit or that before."""
    path = tmp_path_factory.mktemp("r")
    commits = [Commit(number + 1, mark) for number, mark in enumerate(marks)]
    for commit in commits[:-1]:
        record.write(path, commit)
    file = path / record.FILE
    before = file.read_bytes() if file.exists() else b""
    record.write(path, commits[-1])
    after = file.read_bytes()
    start = next(at for at in (0, LINE) if after[at : at + LINE] != before[at : at + LINE])
    end = start + data.draw(st.integers(0, LINE))
    file.write_bytes(after[:end] + before[end:])
    assert record.read(path) in commits[-2:] or (len(commits) == 1 and record.read(path) is None)


def test_all_of_a_workspace_is_for_its_owner_only(tmp_path: Path) -> None:
    """Folders 0700 and files 0600, whatever the umask says, and what was open to others is shut."""
    path = tmp_path / "deep" / "w"
    before = os.umask(0)
    try:
        with open_workspace(path) as workspace:
            imports.import_file(workspace, book(tmp_path, "a", 3))
            maintenance.backup(workspace, tmp_path / "kept.zip")
            assert open_to_others(path) == []
        for one in [path, *path.rglob("*")]:
            one.chmod(0o777)
        open_workspace(path).close()
        assert open_to_others(path) == []
        path.parent.chmod(0o755)
        maintenance.restore(path, tmp_path / "kept.zip")
        assert open_to_others(path) == []
        assert (tmp_path / "kept.zip").stat().st_mode & 0o077 == 0
    finally:
        os.umask(before)


def open_to_others(path: Path) -> list[Path]:
    """Name what others than its owner may see."""
    return [one for one in [path, *path.rglob("*")] if one.stat().st_mode & 0o077]

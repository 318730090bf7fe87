"""Several at once: the same file is one import, and a held workspace is backed up and verified."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tend.cli.commands import main
from tend.store import maintenance
from tend.store.facts import entries, imports
from tend.store.facts.reports import ImportReport
from tend.store.workspace import Workspace, open_workspace
from tests.kit.kills.damage import facts
from tests.kit.kills.full_disk import book, touch

ROOT = Path(__file__).parents[3]
MANY = 5


def test_the_same_file_by_five_at_once_is_one_import(workspace: Workspace, tmp_path: Path) -> None:
    """One of five threads imports it; the others are told that it is there already."""
    file, together = book(tmp_path, "a", 50), threading.Barrier(MANY)
    told: list[ImportReport] = []

    def take() -> None:
        together.wait(30)
        told.append(imports.import_file(workspace, file))

    threads = [threading.Thread(target=take) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [one.error for one in told] == [None] * MANY
    assert sorted(one.unchanged for one in told) == [False, *[True] * (MANY - 1)]
    assert {one.import_id for one in told} == {1}
    assert facts(workspace)[:2] == [[1], 50]
    assert maintenance.verify(workspace) == []


def test_the_same_file_by_five_processes_is_one_import(tmp_path: Path) -> None:
    """Each imports it, finds it imported, or is told in one sentence who holds the workspace."""
    file, path = book(tmp_path, "a", 50), tmp_path / "w"
    words = ["-m", "tend", "import", str(file), "--json", "--workspace", str(path)]
    children = [
        subprocess.Popen(
            [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
        )
        for _ in range(MANY)
    ]
    imported = 0
    for child in children:
        out, err = child.communicate(timeout=60)
        if child.returncode:
            (line,) = err.decode().splitlines()
            assert "in use by another Tend process" in line
            assert (child.returncode, out) == (1, b"")
        else:
            (report,) = json.loads(out)["imports"]
            imported += "unchanged" not in report
    assert imported == 1
    with open_workspace(path) as workspace:
        assert facts(workspace)[:2] == [[1], 50]
        assert maintenance.verify(workspace) == []


_HOLDER = (
    "import sys; from pathlib import Path; from tend.store.workspace import open_workspace\n"
    "with open_workspace(Path(sys.argv[1])): print('open', flush=True); sys.stdin.readline()"
)


@contextmanager
def held(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Have another process hold a workspace, until the end."""
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"open\n"
    try:
        yield child
    finally:
        child.communicate(b"\n", timeout=60)


def test_backup_and_verify_work_beside_the_holder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A backup of a held workspace is complete, and `verify` looks at all there is."""
    path, kept = tmp_path / "w", tmp_path / "kept.zip"
    with open_workspace(path) as workspace:
        imports.import_file(workspace, book(tmp_path, "a", 50))
        entries.enter(workspace, "touches", [touch("said")])
        before = facts(workspace)
    with held(path) as holder:
        assert main(["verify", "--workspace", str(path)]) == 0
        assert main(["backup", str(kept), "--workspace", str(path)]) == 0
        assert capsys.readouterr() == ("", "")
        (upload,) = (path / "uploads").iterdir()
        upload.rename(tmp_path / upload.name)
        assert main(["verify", "--workspace", str(path)]) == 1
        assert capsys.readouterr().err == "tend: upload_missing a.csv\n"
        (tmp_path / upload.name).rename(upload)
        assert holder.poll() is None
    assert not [one.name for one in (path / "published").iterdir() if "complete" in one.name]
    maintenance.restore(tmp_path / "r", kept)
    for one in (path, tmp_path / "r"):
        with open_workspace(one) as workspace:
            assert facts(workspace) == before
            assert maintenance.verify(workspace) == []
            again = imports.import_file(workspace, tmp_path / "a.csv")
            assert again.unchanged, "the imports are known in it, too"

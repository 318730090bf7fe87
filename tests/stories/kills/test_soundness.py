"""Backup, restore, verify, and a process killed in the middle of an import."""

import multiprocessing
import random
import sys
import time
from datetime import date, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from tend.language.errors import TendError
from tend.queries import asking
from tend.store import maintenance
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View

TODAY = date.today()
KILLS = 30
ROWS = 400
# Forked from a process that knows the code and has opened nothing: they start at once.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tend.store.facts.imports", "tend.store.workspace"])


def book(path: Path, amount: int) -> Path:
    """Write a contract list whose every ARR is the same.

    The contracts are of the last months: health is made for each month since.
    """
    written = openpyxl.Workbook()
    written.active.append(["Contract no", "Customer", "Start date", "End date", "ARR", "Status"])
    days = [f"{TODAY - timedelta(days=days)}" for days in (70, 9)]
    for number in range(ROWS):
        row = [f"K{number}", f"Customer {number}", *days, amount, "lost"]
        written.active.append(row)
    written.save(path)
    return path


def state(workspace: Workspace) -> tuple[int, float]:
    """Give how many contracts there are and their ARR."""
    rows = asking.run(workspace, "renewal_rates", View(TODAY)).to_pylist()
    return (rows[0]["contracts"], rows[0]["due_arr"]) if rows else (0, 0.0)


def taken_in(folder: Path, path: Path) -> None:
    """Import a file, as a process of its own."""
    imports.import_file(open_workspace(folder), path)


def importing(folder: Path, path: Path) -> ForkServerProcess:
    """Start another process that imports a file."""
    child = PROCESSES.Process(target=taken_in, args=(folder, path))
    # pages that were run before in this process stand as its main script: the child would run them
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        child.start()
    finally:
        sys.modules["__main__"] = main
    return child


def test_a_killed_import_leaves_all_or_nothing(tmp_path: Path) -> None:
    """kill -9 at 30 random moments: the workspace is as before or as after, and sound."""
    chance = random.Random(11)
    folder = tmp_path / "w"
    open_workspace(folder).close()
    importing(folder, book(tmp_path / "warm.xlsx", 999)).join()  # the first starts the server
    begun = time.monotonic()
    child = importing(folder, book(tmp_path / "0.xlsx", 1000))
    child.join(timeout=60)
    assert child.exitcode == 0
    whole = time.monotonic() - begun  # what an import takes here and now, left alone
    before = (ROWS, 1000.0 * ROWS)
    ends = set()
    for number in range(1, KILLS + 1):
        amount = 1000 + number
        child = importing(folder, book(tmp_path / f"{number}.xlsx", amount))
        time.sleep(chance.uniform(0, 1.2 * whole))  # the moment of the kill is the point
        child.kill()
        child.join(timeout=30)
        opened = open_workspace(folder)
        after = (ROWS, float(amount * ROWS))
        found = state(opened)
        assert found in (before, after)
        assert maintenance.verify(opened) == []
        opened.close()
        ends.add(found == after)
        before = found
    assert ends == {True, False}, "not every kind of moment was met"


def test_a_sound_workspace_verifies_and_a_spoilt_one_says_what(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A lost upload and a fact that does not follow from the rows are found."""
    imports.import_file(workspace, book(tmp_path / "a.xlsx", 5))
    assert maintenance.verify(workspace) == []
    for upload in workspace.uploads.iterdir():
        upload.unlink()
    with workspace.writing("edit") as cursor:
        cursor.execute("update stg_contracts set amount = 7 where contract_id = 'K1'")
    assert maintenance.verify(workspace) == ["upload_missing a.xlsx", "facts_differ stg_contracts"]


def test_a_backup_restores_the_same_answers(tmp_path: Path) -> None:
    """Backup, another import, restore: as at the backup."""
    opened = open_workspace(tmp_path / "w")
    imports.import_file(opened, book(tmp_path / "a.xlsx", 5))
    kept = state(opened)
    maintenance.backup(opened, tmp_path / "kept.zip")
    imports.import_file(opened, book(tmp_path / "b.xlsx", 9))
    assert state(opened) != kept
    opened.close()
    maintenance.restore(tmp_path / "w", tmp_path / "kept.zip")
    opened = open_workspace(tmp_path / "w")
    assert state(opened) == kept
    assert maintenance.verify(opened) == []
    opened.close()


def test_what_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    """A wrong file is refused with a clear sentence."""
    opened = open_workspace(tmp_path / "w")
    imports.import_file(opened, book(tmp_path / "a.xlsx", 5))
    kept = state(opened)
    opened.close()
    (tmp_path / "no.zip").write_bytes(b"nothing of the kind")
    with pytest.raises(TendError, match="no sound backup"):
        maintenance.restore(tmp_path / "w", tmp_path / "no.zip")
    opened = open_workspace(tmp_path / "w")
    assert state(opened) == kept
    opened.close()

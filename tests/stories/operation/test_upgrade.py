"""Upgrade and the way back, step by step as docs/deploy.md says, each step by its own process."""

import subprocess
import sys
from pathlib import Path

import pytest

from tend.store.database.connection import FILE, connect
from tend.store.database.migrate import migrations
from tests.kit.companies import Companies
from tests.kit.server import ROOT

NEWER = max(migrations()) + 1


@pytest.fixture
def folder(companies: Companies, tmp_path: Path) -> Path:
    """Give a workspace with a small list in it."""
    made = companies.empty(tmp_path / "workspace")
    file = tmp_path / "list.csv"
    file.write_text(
        "Contract ID,Customer,Start date,End date,Amount\nK-1,Acme,2025-01-01,2025-12-31,1000\n"
    )
    assert tend(made, "import", str(file)).returncode == 0
    return made


def tend(workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command as an operator does."""
    command = [sys.executable, "-m", "tend", *words, "--workspace", str(workspace)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def upgraded(workspace: Path) -> None:
    """Do to a workspace what a newer Tend does first: lay out tables that this one knows not."""
    connection = connect(workspace / FILE, workspace)
    connection.execute("create table tend.of_tomorrow (id integer)")
    connection.execute("insert into tend.migrations values (?)", [NEWER])
    connection.close()


def test_back_to_the_version_before(folder: Path, tmp_path: Path) -> None:
    """The older version refuses the newer workspace, and has its own back by the copy."""
    before = tend(folder, "status", "--json").stdout
    copy = tmp_path / "before.zip"
    assert tend(folder, "backup", str(copy)).returncode == 0
    assert tend(folder, "verify").returncode == 0
    upgraded(folder)
    refused = tend(folder, "verify")
    assert refused.returncode == 1
    assert f"newer Tend (version {NEWER}" in refused.stderr
    assert tend(folder, "restore", str(copy)).returncode == 0
    assert tend(folder, "verify").returncode == 0
    assert tend(folder, "status", "--json").stdout == before


def test_the_drill_touches_nothing(folder: Path, tmp_path: Path) -> None:
    """A copy is restored beside the workspace, verified, and tells the same."""
    assert tend(folder, "copies", "--make").returncode == 0
    [line] = tend(folder, "copies").stdout.splitlines()
    newest, drill = line.rpartition("  ")[2], tmp_path / "drill"
    assert tend(drill, "restore", newest).returncode == 0
    assert tend(drill, "verify").returncode == 0
    asked = ("status", "--json")
    assert tend(drill, *asked).stdout == tend(folder, *asked).stdout

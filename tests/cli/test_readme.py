"""The commands that the README shows are run as they stand there."""

import subprocess
import sys
from pathlib import Path

import pytest

from tend.cli.commands import main
from tests.walls.sources import ROOT
from tests.walls.test_docs import READMES, tend_commands


@pytest.mark.parametrize("name", READMES)
def test_commands_run_as_they_stand(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One after the other, in an empty folder, each works; what is asked is answered."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEND_WORKSPACE", str(tmp_path / "workspace"))
    for words in tend_commands(name):
        code = main(words)
        told = capsys.readouterr()
        assert code == 0, f"{words}: {told.err}"
        assert told.out.strip() or words[0] in ("set", "backup", "verify")


def test_the_commands_are_a_module(tmp_path: Path) -> None:
    """`python -m tend` is the same commands, in a process of its own."""
    command = [sys.executable, "-m", "tend", "status", "--workspace", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

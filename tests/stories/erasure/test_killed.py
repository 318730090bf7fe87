"""An erasure that is killed at any step is not begun, or done: never half."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tend.store import maintenance
from tend.store.workspace import open_workspace
from tests.kit.companies import Companies
from tests.kit.erasing import byte_search
from tests.kit.erasing import company as erasable
from tests.kit.erasing.company import CHINESE


@pytest.mark.parametrize("step", range(1, 7))
def test_a_killed_erasure_is_before_or_after(
    companies: Companies, tmp_path: Path, step: int
) -> None:
    """The next opening finishes what was decided, and clears away what was not."""
    made, _ = companies.once("erasable", erasable.made)
    path = tmp_path / "w"
    shutil.copytree(made / "workspace", path)
    words = [sys.executable, "-m", "tests.kit.erasing.killed", str(path), CHINESE, str(step)]
    ended = subprocess.run(words, check=False, capture_output=True, text=True)
    assert ended.returncode == -9, ended.stderr
    is_decided = (path / "arrived").exists() or not (path / "arriving").exists()
    with open_workspace(path) as workspace:
        assert maintenance.verify(workspace) == []
        count = erasable.rate(workspace, "select count(*) from stg_customers")
    is_done = count == [(len(erasable.NAMES) - 1,)]
    assert is_done or count == [(len(erasable.NAMES),)]
    assert is_done == is_decided
    assert bool(byte_search.found(path, [CHINESE])) != is_done
    assert not {"arriving", "arrived", "erasing"} & {one.name for one in path.iterdir()}

"""Two servers that import and enter, killed at any moment, lose nothing that was confirmed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.server import ROOT

# TEND_HOME_SECONDS=600: ten minutes of it.
SECONDS = float(os.environ.get("TEND_HOME_SECONDS", "25"))
SEED = int(os.environ.get("TEND_HOME_SEED", "7"))


@pytest.mark.timeout(SECONDS * 3 + 240)
def test_nothing_confirmed_is_lost_and_both_hold_the_same(address: str, tmp_path: Path) -> None:
    """Whatever was confirmed is there once, nothing twice, at both servers, and both are sound."""
    words = [sys.executable, "-m", "tests.kit.home.killed", str(tmp_path), address]
    done = subprocess.run(
        [*words, str(SEED), str(SECONDS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS * 3 + 200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["kills"] >= 4
    assert told["confirmed"]
    assert set(told["confirmed"]) - set(told["kept"]) == set()
    assert len(told["kept"]) == len(set(told["kept"]))
    assert told["is_same"]
    assert told["unsound"] == []

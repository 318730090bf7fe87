"""A full disk: one sentence, all as before, and it works again without a restart."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_fifty_six_moments_of_a_full_disk(tmp_path: Path) -> None:
    """Acts of a server and commands are done, or say that the disk is full and change nothing."""
    disk, aside = tmp_path / "disk", tmp_path / "aside"
    disk.mkdir()
    aside.mkdir()
    sizes = ("0", "60000", "3000000")
    words = ["-m", "tests.kit.kills.full_disk", str(disk), str(aside), "limit", *sizes]
    ran = subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=False, cwd=ROOT, timeout=170
    )
    assert ran.returncode == 0, ran.stderr
    moments = [json.loads(line) for line in ran.stdout.splitlines()]
    ends = [moment for moment in moments if "unsound" in moment]
    assert len(moments) - len(ends) == 56
    assert all(moment["unsound"] == [] for moment in ends)
    for moment in (one for one in moments if "unsound" not in one):
        before, after = moment["states"]
        assert not moment["said"] or ("is full" in moment["said"] and after == before), moment
        assert (moment["reads"], moment["left"]) == ("", []), moment
        assert moment["again"] == "" or moment["act"] == "undo", moment

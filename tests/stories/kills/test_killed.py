"""`restore` and `backup` killed in the middle: as before or as after, and the next one works."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_a_killed_restore_or_backup_leaves_before_or_after(tmp_path: Path) -> None:
    """At steps on the disk (TEND_KILLS_EVERY=1: at each): sound, swept, and done the next time."""
    every = os.environ.get("TEND_KILLS_EVERY", "7")
    words = [sys.executable, "-m", "tests.kit.kills.killed", str(tmp_path), every]
    ran = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT)
    first, *kills = map(json.loads, ran.stdout.splitlines())
    before, after = first["before"], first["after"]
    assert before[0] == after[0] == 0, first
    assert before != after
    found: dict[str, list[tuple[bool, bool, int]]] = {"restore": [], "backup": []}
    for kill in kills:
        assert kill["then"] in (before, after), kill
        assert kill["again"][0] == 0, kill
        again = json.loads(kill["again"][1])
        if kill["act"] == "restore":
            assert kill["again"] == after, kill
        else:
            assert kill["then"] == before, kill
            assert again == {**json.loads(before[1]), "beside": ["b.zip"]}, kill
        found[kill["act"]].append((kill["then"] == after, kill["is_old_backup"], kill["code"]))
    # before, after, and left alone at the end
    assert {is_after for is_after, _, _ in found["restore"]} == {True, False}
    assert found["restore"][-1] == (True, True, 0)
    assert found["backup"][0] == (False, True, 9)
    assert found["backup"][-1] == (False, False, 0)

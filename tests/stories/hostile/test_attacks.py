"""Files made to freeze or to fill the machine: each comes to its end in time and in bounds.

`python -m benchmarks.hostile` reads all of them through a running server; here it is every third.
"""

import os
import time
from pathlib import Path

import pytest

from tend.ingest import prepare
from tests.kit.files.attacking import Attack
from tests.kit.files.attacks import attacks
from tests.kit.processes import Peak, tree_mb

# A server of the sample company takes about 430 MB; what reading adds to it is measured here.
SECONDS, ADDED_MB = 30, 1_536 - 430
ALL = attacks()
SOME = ALL if os.environ.get("TEND_ALL_ATTACKS") else ALL[::3]


def test_there_are_many() -> None:
    """At least sixty files, each with a name of its own, and every kind among those read here."""
    assert len({one.name for one in ALL}) == len(ALL) >= 60
    assert {one.kind for one in SOME} == {one.kind for one in ALL}


@pytest.mark.parametrize("attack", SOME, ids=[one.name for one in SOME])
def test_it_ends_as_it_has_to(attack: Attack, tmp_path: Path) -> None:
    """Read or refused as expected, within 30 s; with a server the processes stay under 1.5 GB."""
    path = tmp_path / attack.name
    attack.make(path)
    start, before = time.monotonic(), tree_mb(os.getpid())
    with Peak(os.getpid()) as peak:
        result = prepare(path)
    spent = time.monotonic() - start
    counts = [(sheet.accepted, sheet.rejected) for sheet in result.sheets]
    read = f"read {sum(a for a, _ in counts)}/{sum(r for _, r in counts)}"
    assert (result.error.code if result.error else read) == attack.outcome
    if result.error:
        assert all("{" not in result.error.message(language) for language in ("en", "zh"))
    assert spent < SECONDS
    assert peak.mb - before < ADDED_MB

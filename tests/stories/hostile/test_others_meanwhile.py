"""While hostile files are read, the server answers and other readers turn their pages."""

from pathlib import Path

import pytest

from benchmarks import hostile
from tests.kit.companies import Companies
from tests.kit.files.attacks import attacks
from tests.kit.server import serve

# One of each way to take long or much: cells, columns, memory, many sheets, many problems.
NAMES = ("nearly-dates.csv", "45000x1000.xlsx", "many-known.csv", "180-sheets.xlsx", "rejected.csv")
pytestmark = pytest.mark.timeout(300)


def test_nobody_is_held_up(companies: Companies, tmp_path: Path) -> None:
    """Health and another reader's page answer meanwhile, everything ends in its bounds.

    How many times its quiet time a page takes is measured by `python -m benchmarks.hostile`.
    """
    with serve(companies.sample()) as server:
        chosen = [one for one in attacks() if one.name in NAMES]
        found = hostile.attacked(server, chosen, tmp_path)
    assert len(found) == len(NAMES)
    for one in found:
        assert not one.errors
        assert one.seconds < hostile.SECONDS
        assert one.tree_mb < hostile.TREE_MB
        assert one.health < hostile.HEALTH_SECONDS
        assert one.page < hostile.SECONDS / 10, "held up by what somebody else uploads"

"""While hostile files are read, the server answers and other readers turn their pages."""

import pytest

from benchmarks import hostile
from tests.ingest.attacks import attacks

# One of each way to take long or much: cells, columns, memory, many sheets, many problems.
NAMES = ("nearly-dates.csv", "45000x1000.xlsx", "many-known.csv", "180-sheets.xlsx", "rejected.csv")
pytestmark = pytest.mark.timeout(300)


def test_nobody_is_held_up() -> None:
    """Health answers within 1 s, another reader's page within 3 times its quiet time."""
    usual, found = hostile.run([one for one in attacks() if one.name in NAMES])
    assert len(found) == len(NAMES)
    assert [one for one in found if hostile.is_over(one, usual)] == [], usual

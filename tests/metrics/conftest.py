"""The questions of this folder go to the oracle and to the product in turn."""

from pathlib import Path

import pytest

from tests.metrics.asking import Ask, oracle


@pytest.fixture(params=["oracle"])
def ask(request: pytest.FixtureRequest, tmp_path: Path) -> Ask:
    """Ask the oracle, then the product: both have to give the hand-made answer."""
    return Ask(oracle)

"""The questions of this folder go to the oracle and to the product in turn."""

from collections.abc import Iterator

import pytest

from tests.metrics.asking import Ask, oracle
from tests.metrics.product import Product


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Give the product with a workspace for all companies of the session, one at a time."""
    found = Product(tmp_path_factory.mktemp("metrics"))
    yield found
    found.close()


@pytest.fixture(params=["oracle", "product"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Ask the oracle, then the product: both have to give the hand-made answer."""
    if request.param == "oracle":
        return Ask(oracle)
    return Ask(request.getfixturevalue("product"))

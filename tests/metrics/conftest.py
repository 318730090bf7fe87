"""The questions of this folder go to the oracle and to the product in turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.metrics.asking import Ask, oracle
from tests.metrics.product import Product


@pytest.fixture(params=["oracle", "product"])
def ask(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ask]:
    """Ask the oracle, then the product: both have to give the hand-made answer."""
    if request.param == "oracle":
        yield Ask(oracle)
        return
    product = Product(tmp_path)
    yield Ask(product)
    product.close()

"""The questions of this folder go to the oracle and to the product in turn."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tend.store.workspace import Workspace
from tests.kit.asking import Ask, oracle
from tests.kit.companies import Companies
from tests.kit.product import Product
from tests.kit.samples.health import Sample, imported
from tests.kit.samples.health_stories import Story, Told, by_oracle, by_product, workspace_of


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


@pytest.fixture
def product_tells(companies: Companies, tmp_path: Path) -> Iterator[Callable[[Story], Told]]:
    """Import stories, each into a workspace of its own, and let the product answer."""
    opened: list[Workspace] = []

    def tell(story: Story) -> Told:
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        companies.empty(folder / "workspace")
        opened.append(workspace_of(folder, story))
        return by_product(opened[-1])

    yield tell
    for workspace in opened:
        workspace.close()


@pytest.fixture(params=["oracle", "product"])
def tell(request: pytest.FixtureRequest) -> Callable[[Story], Told]:
    """Tell a story to the oracle, then to the product: both have to give the hand-made answer."""
    if request.param == "oracle":
        return by_oracle
    found: Callable[[Story], Told] = request.getfixturevalue("product_tells")
    return found


@pytest.fixture(scope="session")
def english(companies: Companies) -> Sample:
    """Give the English sample company, imported once."""
    return imported(companies, "en")


@pytest.fixture(scope="session")
def chinese(companies: Companies) -> Sample:
    """Give the Chinese sample company, imported once."""
    return imported(companies, "zh")

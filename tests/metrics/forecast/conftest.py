"""The sample company without marks: they have no day, so that days gone by must not know them."""

from collections.abc import Iterator

import pytest

from tend.store.workspace import Workspace, open_workspace
from tests.kit.companies import UNTIL, Companies


@pytest.fixture(scope="session")
def unmarked(companies: Companies) -> Iterator[Workspace]:
    """Give the sample company with no word for a mark as lost: marks have no day (B8)."""
    with open_workspace(companies.sample(until=UNTIL)) as opened:
        opened.set("lost_words", [])
        yield opened

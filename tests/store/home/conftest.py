"""A PostgreSQL for all tests of a process, and a database in it for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tend.store.workspace import Workspace
from tests.kit.companies import Companies
from tests.kit.home.sites import sharing
from tests.kit.tools import postgres
from tests.kit.tools.postgres import Postgres


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A PostgreSQL that runs while tests of this process do."""
    if postgres.folder() is None:
        pytest.skip("no PostgreSQL is installed")
    with postgres.running() as started:
        yield started


@pytest.fixture
def address(server: Postgres) -> str:
    """The address of a database with nothing in it."""
    return server.address()


@pytest.fixture
def two(address: str, companies: Companies, tmp_path: Path) -> Iterator[list[Workspace]]:
    """Two servers that share a home with nothing in it yet."""
    with sharing(companies.empty(tmp_path / "w"), address) as servers:
        yield servers

"""The sample company's week as a workbook."""

from typing import Any

import pytest
from openpyxl.workbook import Workbook

from tend.store.workspace import Workspace
from tests.kit.companies import Companies
from tests.kit.workbooks import opened, written

SMALL: dict[str, Any] = {"customers": 90}


@pytest.fixture(scope="session")
def sample(companies: Companies) -> Workspace:
    """The sample company."""
    return companies.read(**SMALL)


@pytest.fixture(scope="session")
def english(sample: Workspace) -> Workbook:
    """Its week, in English."""
    return opened(written(sample, "en"))


@pytest.fixture(scope="session")
def chinese(sample: Workspace) -> Workbook:
    """The same, in Chinese."""
    return opened(written(sample, "zh"))

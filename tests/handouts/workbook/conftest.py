"""The sample company's week as a workbook, and how tests open one."""

import io
import warnings
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tend.handouts import told
from tend.handouts.workbook import weekly
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies

VIEW = View(UNTIL)
SMALL: dict[str, Any] = {"customers": 90}


def written(workspace: Workspace, language: str, view: View = VIEW) -> bytes:
    """Write the workbook."""
    reading = told.reading(workspace, language)
    return weekly.write(workspace, reading, view, told.signed(workspace, view, language))


def opened(raw: bytes) -> Workbook:
    """Open it by another library, which does not know paths in cells."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(raw))


def sheet_of(raw: bytes, number: int) -> str:
    """Give a sheet as it stands in the file."""
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return file.read(f"xl/worksheets/sheet{number}.xml").decode()


def named(book: Workbook) -> dict[str, Any]:
    """Give what each name of the workbook points at, found as Excel finds it."""
    found = {}
    for name, defined in book.defined_names.items():
        [(sheet, cell)] = defined.destinations
        found[name] = book[sheet][cell.replace("$", "")].value
    return found


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

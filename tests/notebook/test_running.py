"""Every figure of every page opens as a cell, and the cell gives the page's numbers."""

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.notebook import columns, figure_cell, running
from tend.notebook.cells import Notebook
from tend.queries import asking, library
from tend.store.workspace import Workspace
from tend.view import View, window
from tests.kit.companies import Companies

DAY = date(2026, 9, 30)
YEAR = window("last_12_months", DAY)
VIEWS = {
    "as it opens": View(DAY, *YEAR),
    "filtered": View(DAY, *YEAR, None, (("size", ("large", "mid")),)),
    "a quarter": View(DAY, *window("last_quarter", DAY)),
    "no window": View(DAY),
    "an earlier day": View(date(2026, 6, 30), *window("year_to_date", date(2026, 6, 30))),
}
# What pages ask for beside the view, where a query needs it.
GIVEN: dict[str, object] = {
    "due_from": DAY,
    "customer_id": "C0007",
    "contract_id": None,
    "direction": "up",
}


@pytest.fixture(scope="module")
def company(companies: Companies) -> Workspace:
    """Give a small company."""
    return companies.read(customers=60)


def asked_by_pages(view: View) -> Iterator[tuple[Figure, View, dict[str, object]]]:
    """Give each figure once, as a page asks for it: the same question twice says nothing new."""
    seen = set()
    for figure in FIGURES.values():
        query = library.find(figure.query)
        given = dict(figure.given)
        given |= {name: GIVEN[name] for name in asking.missing(query, given)}
        by = next((one for one in ("size", "month") if query.is_grouped_by(one)), None)
        shown = view.grouped(by)
        key = (figure.query, figure.ask(shown), str(given))
        if key not in seen:
            seen.add(key)
            yield figure, shown, given


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_cells_give_the_numbers_of_pages(company: Workspace, view: View) -> None:
    """The rows of the page, in their order; sums may differ in the last digit."""
    cells = {}
    for figure, shown, given in asked_by_pages(view):
        cell = figure_cell.opened(figure, shown, view, given)
        cells[cell.name] = (cell, asking.run(company, figure.query, figure.ask(shown), **given))
    notebook = Notebook("", "All figures", tuple(cell for cell, _ in cells.values()))
    read = running.read_all(notebook)
    faults = {}
    for name, (cell, page) in cells.items():
        asked = running.question(notebook, name, view, {}, read)
        found = running.ask(company, asked).table
        if fault := differs(found, columns.plain(page)):
            faults[name] = fault
        assert figure_cell.fits(FIGURES[cell.get("figure")], found), name
        assert figure_cell.is_untouched(cell)
    assert faults == {}


def differs(found: pa.Table, page: pa.Table) -> str:
    """Say where two answers differ, nothing where they do not."""
    if found.column_names != page.column_names or len(found) != len(page):
        return f"{len(found)} rows of {found.column_names} for {len(page)} of {page.column_names}"
    for name in page.column_names:
        pairs = zip(found[name].to_pylist(), page[name].to_pylist(), strict=True)
        if wrong := next((pair for pair in pairs if not same(*pair)), None):
            return f"{name}: {wrong}"
    return ""


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)

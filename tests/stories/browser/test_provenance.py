"""From any number to cells of a spreadsheet in three clicks: tiles, rows, marks and names."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Error, Locator, Page, Position, expect

from tests.kit.browsing import WAIT, Watched, pick, settled
from tests.kit.server import Server, serve
from tests.ui.conftest import Open

pytestmark = pytest.mark.timeout(300)
AS_OF = date(2026, 9, 30)
MOST = 3
FIRST_ROW: Position = {"x": 60, "y": 55}
BEGUN = 500  # milliseconds: by then a click has made the page run
# What is walked from, by page: tile, mark, row of a table, name.
TILE, TABLE = "[class*=st-key-members_] button", "[class*=st-key-table_] canvas"
NAMED = "[class*=st-key-customer_] button"
CELLS, GRID, ABOUT = ".tend-row-cells", "table[role=grid]", ".st-key-about_customer button"
MARK = "[class*=st-key-chart_renewals_matrix] svg.marks g.mark-rect >> nth=-1 >> path >> nth=-1"
# One walk for each kind of thing to click on; every figure is walked in tests/ui/figures.
WALKS = (
    ("week", "[class*=st-key-list_due] button"),
    ("renewals", TILE),
    ("renewals?view=why&split=industry", MARK),
    ("renewals?view=why", TABLE),
    ("renewals?view=next", "[class*=st-key-call_open_] button"),
    ("customers", NAMED),
    ("customer?customer=C0002", "[class*=st-key-row_0] button"),
)


@pytest.fixture(scope="module")
def book(made: Open) -> Path:
    """Give the file that all numbers of the sample company come from."""
    [path] = (made("sample-en") / "uploads").iterdir()
    return path


@pytest.fixture(scope="module")
def walker(chromium: Browser, made: Open) -> Iterator[tuple[Server, Watched]]:
    """Serve the sample company to one reader."""
    with serve(made("sample-en")) as server:
        context = chromium.new_context(
            locale="en-US", viewport={"width": 1440, "height": 1400}, accept_downloads=False
        )
        yield server, Watched(context, server)
        context.close()


def test_any_figure_leads_to_cells(walker: tuple[Server, Watched], book: Path) -> None:
    """A list, a tile, a mark, a row, a name: to file, sheet, row and the file's own cells."""
    server, watched = walker
    sheets = pd.read_excel(book, sheet_name=None, header=None, engine="calamine")
    page, far = watched.page, dict[tuple[str, str], str]()
    for name, start in WALKS:
        page.goto(f"{server.url}/{name}{'&' if '?' in name else '?'}lang=en&as_of={AS_OF}")
        settled(page)
        try:
            where = _walked(page, page.locator(start).first)
            told = set(sheets[where[0]].iloc[int(where[1]) - 1].dropna())
            cells = page.locator(f"{CELLS} dd").all_inner_texts()
            _same(told, cells, where)
        except (AssertionError, Error) as error:
            far[name, start] = str(error)[:300]
    assert far == {}
    watched.check()


def _walked(page: Page, start: Locator) -> tuple[str, str]:
    """Click until cells are in sight; give the sheet and row that the first of them are of."""
    expect(start).to_be_visible(timeout=WAIT)
    before = page.locator(CELLS).count()
    pick(start, FIRST_ROW if start.evaluate("one => one.tagName") == "CANVAS" else None)
    for _ in range(MOST - 1):
        page.wait_for_timeout(BEGUN)
        settled(page)
        if page.locator(CELLS).count() > before:
            break
        _one_further(page)
    cells = (page.get_by_role("dialog") if before else page).locator(CELLS)
    expect(cells.first).to_be_visible(timeout=WAIT)
    settled(page)
    row = cells.first.locator("xpath=preceding-sibling::tr[1]/td")
    return row.nth(1).inner_text(), row.nth(2).inner_text()


def _one_further(page: Page) -> None:
    """Click the first member of the list that was opened, or what leads on from a panel."""
    listed, about = page.locator("[class*=st-key-behind_]"), page.locator(ABOUT)
    if not listed.count():
        if about.count():
            pick(about.first)
        return
    said = re.findall(r": ([\d,]+)", listed.locator("h2").first.inner_text())
    counted = int(listed.locator(GRID).get_attribute("aria-rowcount") or 0) - 1
    assert counted == int(said[-1].replace(",", "")), "the list has other rows than are said"
    pick(listed.locator("canvas").first, FIRST_ROW)


def _same(told: set[object], cells: list[str], where: tuple[str, str]) -> None:
    """Hold what is shown against the file's own row."""
    shown = set(cells)
    texts = {value for value in told if isinstance(value, str)}
    missing = [value for value in texts if value not in shown]
    assert texts, where
    assert not missing, (where, missing)

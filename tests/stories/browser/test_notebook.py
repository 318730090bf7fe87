"""From a figure to a page of one's own: asked, charted, kept, pinned, found by others."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.kit.browsing import WAIT, Watched, pick, settled
from tests.kit.server import Server, serve
from tests.ui.conftest import Open

pytestmark = pytest.mark.timeout(300)
BY_SIZE = """select segment, contracts, contract_renewal_rate
from renewal_measures($group_by, null, $filters, $first_day, $last_day)
order by segment"""
WHO = """select customers.customer_id, customers.customer_name, by_size.contracts
from by_size inner join customers on customers.size = by_size.segment
order by customers.customer_id limit 5"""

ENDLESS = "select count(*) as n from range(1000000) as one(a), range(1000000) as other(b)"


def test_a_question_of_ones_own(made: Open, tmp_path: Path, chromium: Browser) -> None:
    """The main path; in a second session and after a restart it is still there, in Chinese too."""
    folder = Path(shutil.copytree(made("sample-en"), tmp_path / "workspace"))
    with serve(folder) as server:
        watched = session(chromium, server, "en-US")
        asked(watched.page, server)
        kept(watched.page)
        found(chromium, server)
        watched.check()
    with serve(folder) as server:  # after a restart, and by its own address at once
        watched = session(chromium, server, "zh-CN")
        address = watched.page.url
        watched.page.goto(f"{server.url}/?lang=zh&as_of=2026-09-30")
        pinned(watched.page, "笔记本")
        leads_on(watched.page)
        watched.check()
        assert address != watched.page.url


def session(chromium: Browser, server: Server, locale: str) -> Watched:
    """Come in as somebody else."""
    context = chromium.new_context(
        locale=locale, viewport={"width": 1440, "height": 1500}, reduced_motion="reduce"
    )
    return Watched(context, server)


def asked(page: Page, server: Server) -> None:
    """Open a figure, see what its page showed, ask something else, and chart it."""
    page.goto(f"{server.url}/renewals?lang=en&as_of=2026-09-30")
    method = page.locator(".st-key-method_renewals_by_segment button")
    expect(method).to_be_visible(timeout=2 * WAIT)
    settled(page)
    method.click()
    page.get_by_role("button", name="Open in notebook").click()
    chart = page.locator("[data-testid='stVegaLiteChart']").first
    expect(chart).to_be_visible(timeout=2 * WAIT)
    write(page, 0, BY_SIZE)
    expect(page.locator("[data-testid='stDataFrame']")).to_be_visible(timeout=2 * WAIT)
    page.locator("[class*='st-key-charting_'] button").click()
    page.get_by_text("Bars", exact=True).click()
    expect(chart).to_be_visible(timeout=WAIT)
    settled(page)
    page.keyboard.press("Escape")


def kept(page: Page) -> None:
    """Name it, read it from a later cell, see an error at its place, keep and pin it."""
    name = page.get_by_label("Name of the cell").first
    name.fill("by_size")
    name.press("Enter")
    expect(page.locator(".st-key-run_by_size")).to_be_visible(timeout=WAIT)
    settled(page)
    page.locator(".st-key-add_sql_end button").click()
    expect(page.locator(".cm-content")).to_have_count(2, timeout=WAIT)
    settled(page)
    write(page, 1, WHO.replace("limit 5", "limt 5"))
    expect(page.locator(".tend-refused")).to_contain_text("Line 3", timeout=2 * WAIT)
    stopped(page)
    write(page, 1, WHO)
    expect(page.get_by_text("5 rows", exact=True)).to_be_visible(timeout=2 * WAIT)
    page.get_by_label("Name of the notebook").fill("Who is of which size")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".st-key-toast")).to_contain_text("is saved", timeout=2 * WAIT)
    settled(page)
    page.locator(".st-key-nb_more button").click()
    page.get_by_role("button", name="Pin as a page").click()
    expect(page.locator(".st-key-toast")).to_contain_text("is pinned", timeout=2 * WAIT)


def stopped(page: Page) -> None:
    """Ask what takes long, and stop it: the page is there again, and says so."""
    write(page, 1, ENDLESS, is_awaited=False)
    page.locator(".st-key-nb_stop button").click(timeout=2 * WAIT)
    expect(page.locator(".tend-refused")).to_contain_text("was stopped", timeout=2 * WAIT)
    settled(page)


def found(chromium: Browser, server: Server) -> None:
    """Another session finds it in the navigation; a row leads to its customer, and back."""
    watched = session(chromium, server, "en-US")
    page = watched.page
    page.goto(f"{server.url}/?lang=en&as_of=2026-09-30")
    pinned(page, "Notebook")
    leads_on(page)
    page.go_back()
    expect(page.locator(".st-key-nb_head h1")).to_have_text(
        "Who is of which size", timeout=2 * WAIT
    )
    watched.check()


def pinned(page: Page, menu: str) -> None:
    """Open the pinned notebook by the navigation: a page that is read."""
    section = page.locator(".st-key-menu_wide").get_by_role("button", name=menu)
    expect(section).to_be_visible(timeout=2 * WAIT)
    settled(page)
    section.click()
    page.get_by_role("link", name="Who is of which size").click()
    expect(page).to_have_url(re.compile("notebook-nb-"), timeout=2 * WAIT)
    expect(page.locator(".st-key-nb_head h1")).to_have_text(
        "Who is of which size", timeout=2 * WAIT
    )
    expect(page.locator("[data-testid='stVegaLiteChart']")).to_be_visible(timeout=2 * WAIT)
    expect(page.locator(".cm-content")).to_have_count(0)


def leads_on(page: Page) -> None:
    """A click on a row opens its customer."""
    table: Locator = page.locator("[data-testid='stDataFrame']")
    expect(table).to_be_visible(timeout=2 * WAIT)
    pick(table, {"x": 60, "y": 55})
    expect(page).to_have_url(re.compile("customer=C"), timeout=2 * WAIT)


def write(page: Page, number: int, statement: str, *, is_awaited: bool = True) -> None:
    """Write a statement into an editor, and run it by Ctrl+Enter."""
    editor = page.locator(".cm-content").nth(number)
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(statement)
    page.keyboard.press("Control+Enter")
    if is_awaited:
        settled(page)

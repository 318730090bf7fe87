"""A CSM's morning: the first touch in three clicks, without a mouse too; the tray of proposals."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tend.acts import tasks_by_rule
from tend.queries import asking
from tend.store.workspace import open_workspace
from tend.view import View
from tests.kit.browsing import WAIT, Watched, settled
from tests.kit.server import serve
from tests.ui.conftest import Open

pytestmark = pytest.mark.timeout(300)
HAS_FOCUS = "one => one.contains(document.activeElement)"


def test_a_morning(made: Open, tmp_path: Path, chromium: Browser) -> None:
    """Touches by mouse and by keyboard, and what rules propose, are kept as they were shown."""
    folder = Path(shutil.copytree(made("sample-today"), tmp_path / "workspace"))
    with serve(folder) as server:
        context = chromium.new_context(
            locale="en-US", viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
        )
        watched = Watched(context, server)
        page = watched.page
        page.goto(f"{server.url}/?lang=en")
        touched = touch_in_three_clicks(page)
        page.goto(f"{server.url}/?lang=en")
        by_keyboard_alone(page)
        waiting = proposals(page)
        watched.check()
        context.close()
    with open_workspace(folder) as workspace:
        today = View(date.today())
        rows = asking.run(workspace, "priorities", today).to_pylist()
        fresh = [row["customer_name"] for row in rows if row["days_since_touch"] == 0]
        assert touched in fresh
        # opening the page makes no task: one was taken, one was left and taken back
        assert asking.run(workspace, "tasks", today, states=None).num_rows == 1
        assert tasks_by_rule.pending(workspace, date.today()).num_rows == waiting


def touch_in_three_clicks(page: Page) -> str:
    """Workbench, Log touch, Save: the row stays, the undo is in sight; give who was touched."""
    page.get_by_role("link", name="Workbench").click(timeout=2 * WAIT)  # the first click
    first = page.locator("[class*='st-key-priority_']").first
    expect(first).to_be_visible(timeout=2 * WAIT)
    before = today(page)
    assert len(before) == 5
    first.get_by_role("button", name="Log touch").click()  # the second
    page.get_by_role("button", name="Save").click()  # the third
    toast = page.locator(".st-key-toast")
    expect(toast).to_contain_text(f"Touch saved: {before[0]}")
    expect(toast.get_by_role("button", name="Undo")).to_be_in_viewport()
    assert today(page) == before
    # what was read goes with the page it was read on
    page.get_by_role("link", name="Renewals").click()
    expect(page.locator(".tend-lead h1")).to_contain_text("renew", timeout=2 * WAIT)
    settled(page)
    expect(toast).to_have_count(0)
    return before[0]


def by_keyboard_alone(page: Page) -> None:
    """From the start page to a touch, and its undo."""
    enter(page, page.get_by_role("link", name="Workbench"))
    first = page.locator("[class*='st-key-priority_']").first
    enter(page, first.get_by_role("button", name="Log touch"))
    enter(page, page.get_by_role("button", name="Save"))
    toast = page.locator(".st-key-toast")
    expect(toast).to_contain_text("Touch saved")
    settled(page)
    page.keyboard.press("u")
    expect(toast).to_contain_text("Undone.")


def proposals(page: Page) -> int:
    """Take one, leave one, undo that; give how many still wait."""
    tray = page.locator(".st-key-tray")
    tray.locator("summary").click()
    some = tray.locator("[class*='st-key-proposal_']")
    expect(some).to_have_count(8)
    some.nth(0).get_by_role("button", name="Take").click()
    expect(some.nth(0)).to_contain_text("Taken or left.")
    some.nth(1).get_by_role("button", name="Leave").click()
    expect(some.nth(1)).to_contain_text("Taken or left.")
    toast = page.locator(".st-key-done_tray")
    expect(toast).to_contain_text("Left:")
    toast.get_by_role("button", name="Undo").click()
    expect(some.nth(1).get_by_role("button", name="Leave")).to_be_visible()
    expect(some.nth(0)).to_contain_text("Taken or left.")
    title = page.locator("h2", has_text="Proposed by the rules")
    [waiting] = re.findall(r"\d+", title.inner_text())
    return int(waiting)


def today(page: Page) -> list[str]:
    """Give who stands in the list of today, in order."""
    settled(page)
    names = page.locator("[class*='st-key-priority_'] [data-testid='stBaseButton-tertiary']")
    return names.all_inner_texts()


def enter(page: Page, wanted: Locator) -> None:
    """Go on by the Tab key until it has the focus, then choose it."""
    expect(wanted).to_be_visible(timeout=2 * WAIT)
    settled(page)
    for _ in range(160):
        page.keyboard.press("Tab")
        if wanted.evaluate(HAS_FOCUS):
            page.keyboard.press("Enter")
            return
    pytest.fail("it is not reached by keyboard")

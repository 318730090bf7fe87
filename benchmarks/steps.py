"""What people do on the pages, step by step, so that each can be timed by itself.

A step is warm where it was done before; what is done for the first time goes by `first`.
"""

from collections.abc import Callable
from itertools import cycle, islice

from playwright.sync_api import Locator

from benchmarks.watching import Tab

PAGES = ("week", "renewals", "workbench", "customers", "value", "movement", "sop")
_ALL = "Select all"  # the first of what a filter offers
_TABS = {"movement": "details_*", "value": "value_topics", "workbench": "details_*"}


def filters(tab: Tab, runs: int, url: str, page: str = "renewals") -> None:
    """Choose values that nobody asked for yet, one more each time, then one again and again."""
    tab.open(f"{url}/{page}")
    _open_filters(tab)
    names = _offered(tab)
    for name in names[1 : runs + 1]:
        _choose(tab, name, "filter_new")
    for _ in names[1 : runs + 1]:
        _remove(tab, "filter_off")
    again(tab, runs, names[0], "filter_again")


def again(tab: Tab, runs: int, name: str, step: str) -> None:
    """Put one value on and off: both were asked before, but for the first time."""
    for number in range(runs + 1):
        _choose(tab, name, step if number else None)
        _remove(tab, step if number else None)


def pages(tab: Tab, runs: int, url: str) -> None:
    """Go from page to page by the menu, once for the first time, then again."""
    tab.open(f"{url}/data")
    for number in range(runs + 1):
        for page in PAGES:
            _go(tab, page, "page_change" if number else "page_first")


def tabs(tab: Tab, runs: int, url: str) -> None:
    """Go from tab to tab of the pages that have most of them."""
    for page in _TABS:
        tab.open(f"{url}/{page}")
        found = tab.at(_TABS[page]).first.get_by_role("tab")
        count = found.count()
        for number in range(1, count):
            tab.step("tab_first", found.nth(number).click)
        for number in islice(cycle(range(count)), runs):
            tab.step("tab", found.nth(number).click)


def drills(tab: Tab, runs: int, url: str) -> None:
    """From a tile to its members and back."""
    for page in ("renewals", "workbench"):
        tab.open(f"{url}/{page}")
        tiles = tab.at("members_*").locator("button")
        for number in range(min(3, tiles.count())):
            for run in range(1 + max(1, runs // 3)):
                name = "drill" if run else "drill_first"
                tab.step(name, tiles.nth(number).click)
                tab.step(None, tiles.nth(number).click)


def customers(tab: Tab, runs: int, url: str) -> None:
    """Open a customer of the list, then the next ones, and rows of what was done."""
    tab.open(f"{url}/customers")
    tab.step("customer_open", tab.button("customer_list_*").click)
    for _ in range(runs):
        tab.step("customer_next", tab.button("customer_next").click)
    for _ in range(runs):
        tab.step("customer_back", tab.button("customer_previous").click)
    for number in range(min(runs, tab.at("row_*").locator("button").count())):
        tab.step("dialog_row", tab.at("row_*").locator("button:visible").nth(number).click)
        tab.page.keyboard.press("Escape")  # the server hears nothing of it
        tab.page.get_by_role("dialog").wait_for(state="hidden")


def contracts(tab: Tab, runs: int, url: str) -> None:
    """Open contracts on top of the board, and move each to the stage after its own."""
    tab.open(f"{url}/renewals")
    look = tab.at("due_look").get_by_role("radio")
    tab.step(None, look.nth(1).click)
    cards = tab.at("open_not_started_*").locator("button")
    for number in range(2 * runs):
        tab.step("dialog", cards.nth(number % min(cards.count(), 5)).click)
        if number < runs:
            _close(tab, "dialog_close")
            continue
        tab.step("stage_move", tab.button("stage_do").click)
        _close(tab, None)


def touches(tab: Tab, runs: int, url: str) -> None:
    """Log touches of those one is to serve first."""
    tab.open(f"{url}/workbench")
    for number in range(runs):
        form = tab.at("open_touch_*").locator("button").nth(number % 5)
        tab.step("form", form.click)
        tab.step("touch", tab.button("save_touch_*").click)


def tasks(tab: Tab, runs: int, url: str) -> None:
    """Note a task for each of those one is to serve first."""
    tab.open(f"{url}/workbench")
    for number in range(runs):
        tab.step(None, tab.at("open_own_*").locator("button").nth(number % 5).click)
        tab.at("own_*").locator("input").first.fill(f"Call back, {number}")
        tab.step("task", tab.button("save_own_*").click)


ALL: tuple[Callable[[Tab, int, str], None], ...] = (
    *(pages, tabs, drills, filters),
    *(customers, contracts, touches, tasks),
)


def _go(tab: Tab, page: str, name: str) -> None:
    link = tab.at("menu_wide").locator(f'a[href^="{page}?"]')
    if not link.count():  # its section opens, and closes again with the page
        section = tab.at("section_customers_*").locator("button").first
        section.click()
        link = tab.page.locator(f'[data-testid=stPopoverBody] a[href^="{page}?"]').last
        link.wait_for()
    tab.step(name, link.first.click)


def _close(tab: Tab, name: str | None) -> None:
    tab.step(name, tab.page.get_by_role("dialog").get_by_label("Close").first.click)


def _open_filters(tab: Tab) -> None:
    tab.button("filters").click()  # a plain page asks its server nothing for it
    _box(tab).locator("input").wait_for()
    tab.rest()


def _offered(tab: Tab) -> list[str]:
    _box(tab).locator("input").click()
    tab.page.get_by_role("option").first.wait_for()
    said = tab.page.get_by_role("option").all_inner_texts()
    # a count may stand behind
    names = [name.rpartition(" (")[0] or name for name in said if name != _ALL]
    tab.page.keyboard.press("Escape")
    if not _box(tab).is_visible():
        _open_filters(tab)
    return names


def _choose(tab: Tab, name: str, step: str | None) -> None:
    _box(tab).locator("input").click()
    option = tab.page.get_by_role("option").filter(has_text=name).first
    option.wait_for()
    tab.step(step, option.click)
    tab.page.keyboard.press("Escape")
    if not _box(tab).is_visible():
        _open_filters(tab)


def _remove(tab: Tab, step: str | None) -> None:
    # the newest last
    tab.step(step, _box(tab).get_by_role("button", name="Remove").last.click)


def _box(tab: Tab) -> Locator:
    return tab.at("filter-industry")

"""From the drop to Renewals in a browser: the preview asks, one click answers (at most five)."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.kit.browsing import WAIT, Watched, settled
from tests.kit.server import Server, serve
from tests.ui.conftest import book

pytestmark = pytest.mark.timeout(240)
YEAR = date.today().year
MOST_CLICKS = 5
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Start a server of its own on an empty workspace."""
    with serve(tmp_path / "workspace") as running:
        yield running


def ledger(folder: Path) -> Path:
    """Write an untidy ledger: a title, 万 in the header, two amounts in yuan, a total."""
    rows: list[tuple[object, ...]] = [
        ("续费台账",),
        ("客户名称", "合同编号", "生效日期", "到期日", "合同金额（万元）"),
    ]
    for number in range(12):
        amount = "12000" if number in (4, 9) else "1.2"
        days = (f"{YEAR}年1月1日", f"{YEAR}.12.31")
        rows.append((f"杭州第{number}贸易", f"HT-{number:03}", *days, amount))
    rows.append(("合计", None, None, None, "24012"))
    return book(folder / "续费台账.xlsx", {"台账": rows})


def deals(folder: Path) -> Path:
    """Write an export in dollars whose amounts are per the interval beside them."""
    path = folder / "deals.csv"
    header = "Account Name,Subscription ID,Start Date,End Date,Amount,Billing Frequency,Currency\n"
    lines = [
        f"Firm {number},SUB-{number},{YEAR}-01-01,{YEAR}-12-31,{amount},{interval},USD\n"
        for number, (amount, interval) in enumerate([(100, "Monthly"), (2400, "Annual")])
    ]
    path.write_text(header + "".join(lines), encoding="utf-8")
    return path


class Clicks:
    """A page, and how often somebody clicked on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def on(self, what: Locator) -> None:
        """Click once the page stands still."""
        settled(self.page)
        what.click(timeout=WAIT)
        self.count += 1

    def drop(self, file: Path) -> None:
        """Choose a file: one click, then the system's own window."""
        with self.page.expect_file_chooser() as chooser:
            self.on(self.page.locator(".stFileUploader button").first)
        chooser.value.set_files(file)


def shot(page: Page, name: str) -> None:
    """Keep a picture where somebody asked for them."""
    if folder := os.environ.get("TEND_SHOTS"):
        settled(page)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def no_wider(page: Page) -> bool:
    """Tell whether the page is no wider than its window."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_untidy_chinese_ledger(
    chromium: Browser, server: Server, tmp_path: Path, theme: str
) -> None:
    """The unit of two amounts is asked; answered, the sum is right, and renewals follow."""
    context = chromium.new_context(
        locale="zh-CN",
        viewport={"width": 1440, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
    )
    watched = Watched(context, server)
    page = watched.page
    page.goto(f"{server.url}/data?lang=zh")
    clicks = Clicks(page)
    clicks.drop(ledger(tmp_path))
    first = page.locator(".tend-sum")
    expect(first).to_contain_text("12 份", timeout=WAIT)
    expect(page.locator(".tend-rows")).to_have_count(2, timeout=WAIT)
    of_question, of_file = page.locator(".tend-rows").all()
    expect(of_question.locator("tr")).to_have_count(3)
    expect(of_question).to_contain_text("第 7 行")
    expect(of_file.locator("tr")).to_have_count(6)
    expect(of_file).to_contain_text(f"→ {YEAR}-12-31")
    expect(of_file).to_contain_text("→ 12,000 人民币")
    shot(page, f"zh-question-{theme}")
    asked = page.locator('[class*="st-key-question_"]')
    clicks.on(asked.locator("label").filter(has_text="不乘以"))
    expect(first).to_contain_text("ARR 144,000 人民币", timeout=WAIT)
    expect(asked).to_contain_text("144,000")
    shot(page, f"zh-answered-{theme}")
    page.set_viewport_size(PHONE)
    assert no_wider(page)
    shot(page, f"zh-phone-{theme}")
    page.set_viewport_size({"width": 1440, "height": 900})
    clicks.on(page.locator(".st-key-import button"))
    clicks.on(page.locator(".st-key-to_renewals button"))
    expect(page.locator(".tend-card").first).to_be_visible(timeout=WAIT)
    assert clicks.count <= MOST_CLICKS
    watched.check()


def test_a_deal_export_in_dollars(chromium: Browser, server: Server, tmp_path: Path) -> None:
    """The interval says what amounts are per; the sum is in dollars at once."""
    context = chromium.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    watched = Watched(context, server)
    page = watched.page
    page.goto(f"{server.url}/data?lang=en")
    clicks = Clicks(page)
    clicks.drop(deals(tmp_path))
    first = page.locator(".tend-sum")
    expect(first).to_contain_text("2 contracts in force", timeout=WAIT)
    expect(first).to_contain_text("ARR 3,600 USD")
    expect(page.locator(".tend-rows").last).to_contain_text("100 USD per month")
    shot(page, "en-deals")
    page.set_viewport_size(PHONE)
    assert no_wider(page)
    shot(page, "en-deals-phone")
    page.set_viewport_size({"width": 1440, "height": 900})
    clicks.on(page.locator(".st-key-import button"))
    clicks.on(page.locator(".st-key-to_renewals button"))
    expect(page.locator(".tend-card").first).to_be_visible(timeout=WAIT)
    assert clicks.count <= MOST_CLICKS
    watched.check()

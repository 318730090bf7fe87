"""The main path in a real browser against a freshly started server, opened cold at /renewals."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.browsing import WAIT, Watched
from tests.kit.server import Server, serve
from tests.ui.conftest import Open, book

pytestmark = pytest.mark.timeout(240)
AS_OF = date(2025, 7, 1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Start a server of its own on an empty workspace."""
    with serve(tmp_path / "workspace") as running:
        yield running


def contracts() -> pd.DataFrame:
    """Give simple contracts: each is followed the next day by another one, or never."""
    rows = []
    for number in range(120):
        industry = ("Retail", "Logistics", "Software")[number % 3]
        size = ("large", "mid", "small")[number // 3 % 3]
        kind = ("Annual", "Quarterly")[number // 9 % 2]
        is_renewed = (number * 7 + number // 3) % 5 != 0
        rows.append((f"C{number:03}", industry, size, kind, is_renewed, 1000.0 + number))
    names = ["customer_id", "industry", "size", "contract_type", "is_renewed", "amount"]
    return pd.DataFrame(rows, columns=names)


def workbook(path: Path, frame: pd.DataFrame) -> Path:
    """Write the contracts and their customers as a team would keep them."""
    customers: list[tuple[object, ...]] = [("Customer ID", "Customer", "Industry", "Size")]
    rows: list[tuple[object, ...]] = [
        ("Contract ID", "Customer ID", "Contract type", "Start date", "End date", "Amount")
    ]
    for number, row in enumerate(frame.itertuples()):
        customers.append((row.customer_id, f"Customer {number}", row.industry, row.size))
        months = 3 if row.contract_type == "Quarterly" else 12
        end = date(2025, 4, 30)
        start = (pd.Timestamp(end) + timedelta(days=1) - pd.DateOffset(months=months)).date()
        first = (f"K{number}", row.customer_id, row.contract_type)
        rows.append((*first, start.isoformat(), end.isoformat(), row.amount))
        if row.is_renewed:
            follower = (f"N{number}", row.customer_id, row.contract_type)
            rows.append((*follower, "2025-05-01", "2026-04-30", row.amount))
    return book(path, {"Customers": customers, "Contracts": rows})


def expected(frame: pd.DataFrame, **chosen: str) -> str:
    """Calculate, apart from the product, what the first card is to say."""
    for column, value in chosen.items():
        frame = frame[frame[column] == value]
    return f"{int(frame['is_renewed'].sum())} of {len(frame)} contracts"


def rate(frame: pd.DataFrame, **chosen: str) -> str:
    """Calculate the contract renewal rate, as it is to be written."""
    for column, value in chosen.items():
        frame = frame[frame[column] == value]
    return f"{frame['is_renewed'].mean() * 100:.1f} %"


def choose(page: Page, dimension: str, value: str) -> None:
    """Choose a value in one of the filters."""
    box = page.locator(f".st-key-filter-{dimension} input")
    if not box.is_visible():
        page.locator(".st-key-filters button").first.click()
    box.click()
    page.get_by_role("option").filter(has_text=value).click()
    page.keyboard.press("Escape")


def test_main_path(chromium: Browser, server: Server, tmp_path: Path) -> None:
    """Cold at /renewals, a workbook in, three filters on, the address passed on, then Chinese."""
    frame = contracts()
    file = workbook(tmp_path / "contracts.xlsx", frame)
    context = chromium.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    watched = Watched(context, server)
    page = watched.page
    page.goto(f"{server.url}/renewals?as_of={AS_OF}")
    expect(page.locator(".st-key-welcome")).to_be_visible(timeout=WAIT)

    page.locator(".st-key-to_upload button").click()
    with page.expect_file_chooser() as chooser:
        page.locator(".stFileUploader button").first.click()
    chooser.value.set_files(file)
    page.locator(".st-key-import button").click(timeout=WAIT)
    expect(page.locator(".st-key-report_0")).to_contain_text("rows were taken in", timeout=WAIT)
    counts = page.locator(".st-key-report_0 tr", has_text="Contracts").locator("td")
    rows = f"{len(frame) + int(frame['is_renewed'].sum())}"
    assert counts.all_inner_texts()[2:4] == [rows, rows]

    page.get_by_role("link", name="Renewals").click()
    card = page.locator(".tend-card").first
    expect(card).to_contain_text(expected(frame))
    expect(card).to_contain_text(rate(frame))
    chosen: dict[str, str] = {}
    for dimension, value in (
        ("industry", "Retail"),
        ("size", "mid"),
        ("contract_type", "Annual"),
    ):
        choose(page, dimension, value)
        chosen[dimension] = value
        expect(card).to_contain_text(expected(frame, **chosen))
        expect(card).to_contain_text(rate(frame, **chosen))
    expect(page.locator(".tend-on")).to_have_text(
        "Size: mid · Industry: Retail · Contract type: Annual · amounts in CNY"
    )

    again = Watched(chromium.new_context(locale="zh-CN"), server)
    again.page.goto(page.url)
    expect(again.page.locator(".tend-card").first).to_contain_text(expected(frame, **chosen))
    assert again.page.locator(".tend-lead").inner_text() == page.locator(".tend-lead").inner_text()

    page.keyboard.press("Escape")
    page.locator(".st-key-language button").click()
    on = "规模：中型 · 行业：Retail · 合同类型：Annual · 金额单位：人民币"
    expect(page.locator(".tend-on")).to_have_text(on)
    expect(card).to_contain_text("合同续约率")
    assert "lang=zh" in page.url
    watched.check()
    again.check()


def ledger(path: Path) -> Path:
    """Write an untidy Chinese ledger: title, units in a header, mixed dates, a total."""
    rows: list[tuple[object, ...]] = [
        ("某某科技 客户成功部 续费台账",),
        (None,),
        ("客户名称", "合同编号", "生效日期", "到期日", "合同金额（万元）", "是否续费", "微信群"),
    ]
    for number in range(24):
        month = number % 5 + 1
        days = (f"2024年{month}月1日", f"2025.{month}.28")
        kept = ("是", "否", "是", "待定")[number % 4]
        amount = "待确认" if number == 5 else f"{1 + number / 10:.1f}"
        rows.append((f"杭州第{number}贸易", f"HT-{number:03}", *days, amount, kept, f"群{number}"))
    rows.append(("合计", None, None, None, "51.6", None, None))
    return book(path, {"台账 2025": rows})


def test_untidy_workbook_in_five_clicks(chromium: Browser, server: Server, tmp_path: Path) -> None:
    """From the drop to the Renewals page, with a look at what was rejected and why."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    watched = Watched(context, server)
    page = watched.page
    page.goto(f"{server.url}/data?as_of={AS_OF}")
    began = time.monotonic()
    page.locator(".stFileUploader input[type=file]").set_input_files(ledger(tmp_path / "台账.xlsx"))
    preview = page.locator(".st-key-preview_0")
    expect(preview).to_be_visible(timeout=WAIT)
    said = "导入后：今天没有生效合同；最近一份合同开始时（2024-05-01）共 23 份，"
    said += "ARR 464,954 人民币，客户 23 家。"
    expect(page.locator(".tend-sum")).to_have_text(said)
    page.locator("[class*=st-key-problems_] summary").first.click()
    expect(preview).to_contain_text("待确认")
    page.locator(".st-key-import button").click()
    page.locator("[class*=st-key-rejected_report] summary").click(timeout=WAIT)
    with page.expect_download() as download:
        page.locator("[class*=st-key-download_report] button").click()
    assert download.value.suggested_filename == "被拒绝的行-台账.xlsx"
    page.locator(".st-key-to_renewals button").click()
    expect(page.locator(".tend-lead h1")).to_contain_text("续约率", timeout=WAIT)
    assert time.monotonic() - began < 60
    watched.check()


def test_sample_company_by_one_click(chromium: Browser, server: Server) -> None:
    """An empty workspace shows a full page after one click, on a phone as well."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    watched = Watched(context, server)
    page = watched.page
    page.goto(f"{server.url}/renewals")
    page.locator(".st-key-sample button").click(timeout=WAIT)
    expect(page.locator(".tend-lead h1")).to_contain_text("续约率", timeout=90_000)
    expect(page.locator("svg.marks").first).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    watched.check()


def test_file_that_kills_its_reader(chromium: Browser, server: Server, tmp_path: Path) -> None:
    """A file whose reader dies gives a clear message, and the app goes on answering."""
    good = workbook(tmp_path / "good.xlsx", contracts().head(12))
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(good.read_bytes()[:-400])
    corners = corner_book(tmp_path / "corners.xlsx")
    context = chromium.new_context(locale="en-US")
    watched = Watched(context, server)
    page = watched.page
    page.goto(f"{server.url}/data")
    page.locator(".stFileUploader input[type=file]").set_input_files([bad, corners, good])
    page.locator(".st-key-import button").click(timeout=120_000)
    expect(page.locator(".st-key-report_0")).to_contain_text("rows were taken in", timeout=120_000)
    for place in (1, 2):
        said = page.locator(f".st-key-report_{place}").inner_text()
        assert len(said) > 40
        assert "Traceback" not in said
    page.get_by_role("link", name="Renewals").click()
    expect(page.locator(".tend-lead h1")).to_be_visible()
    watched.check()


def corner_book(path: Path) -> Path:
    """Write a small workbook with cells in two far corners: it makes native readers abort."""
    from openpyxl import Workbook

    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet["A1"] = "Customer"
    sheet["XFD1048576"] = 1
    made.save(path)
    return path


def test_hostile_names_in_the_browser(chromium: Browser, made: Open) -> None:
    """Names with markup are shown as they are, in filters too, and reach nobody."""
    with serve(made("hostile")) as server:
        watched = Watched(chromium.new_context(locale="en-US"), server)
        page = watched.page
        page.goto(f"{server.url}/renewals?as_of=2025-06-30&split=industry")
        expect(page.locator(".tend-lead h1")).to_be_visible(timeout=WAIT)
        page.locator(".st-key-filters button").first.click()
        page.locator(".st-key-more_filters summary").click()
        expect(page.locator(".st-key-filter_list")).to_contain_text("**Odd** <b>header</b> $x$")
        page.locator(".st-key-filter-industry input").click()
        page.get_by_role("option").filter(has_text="**bold**").click()
        expect(page.locator(".tend-on")).to_contain_text("**bold** [link](http://evil.example/x)")
        assert page.title() != "owned"
        # an address of our own may hold a name that is filtered by
        elsewhere = (
            "all => all.some(one => new URL(one.href || one.src, location).host != location.host)"
        )
        assert not page.eval_on_selector_all('[href*="evil"], [src*="evil"]', elsewhere)
        watched.check()


def test_security_headers(chromium: Browser, server: Server) -> None:
    """Every answer carries them."""
    page = chromium.new_page()
    answer = page.goto(f"{server.url}/renewals")
    assert answer is not None
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    page.close()


def test_a_preview_that_outlived_the_server_says_so(chromium: Browser, tmp_path: Path) -> None:
    """Started again, Tend says that waiting files are gone and what to do; so does a new load."""
    path = workbook(tmp_path / "book.xlsx", contracts())
    with serve(tmp_path / "workspace") as first:
        page = chromium.new_context(locale="en-US").new_page()
        page.goto(f"{first.url}/data")
        page.locator(".stFileUploader input[type=file]").set_input_files(path)
        expect(page.locator(".st-key-import button")).to_be_visible(timeout=WAIT)
        port = int(first.url.rsplit(":", 1)[1])
    with serve(tmp_path / "workspace", port=port):
        expect(page.locator(".st-key-import button")).to_be_visible(timeout=WAIT)
        page.locator(".st-key-import button").click(timeout=WAIT)
        said = page.get_by_text("The files that waited here are gone")
        expect(said).to_be_visible(timeout=WAIT)
        assert "waiting=" not in page.url
        uploader = page.locator(".stFileUploader input[type=file]")
        expect(uploader).to_have_count(1, timeout=WAIT)  # the one of before is on its way out
        uploader.set_input_files(path)
        expect(page.locator(".st-key-import button")).to_be_visible(timeout=WAIT)
        expect(said).to_have_count(0)
        page.reload()
        expect(said).to_be_visible(timeout=WAIT)
    page.context.close()

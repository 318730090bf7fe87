"""The preview as a conversation: one sentence and one button, questions with their rows, advice."""

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest

from tend.language import text
from tend.people.person import Person
from tend.store.facts import imports
from tend.ui.state import data
from tests.kit.driver import html, opened_in_frame
from tests.ui.conftest import LANGUAGES, book
from tests.ui.intake.conftest import Cells, press, upload

pytestmark = pytest.mark.timeout(180)
YEAR = date.today().year


def csv(folder: Path, name: str, *lines: str) -> Path:
    """Write a CSV."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rows_of(said: str) -> list[list[str]]:
    """Give the cells of all tables of a file's rows, as text."""
    tables = re.findall(r'<table class="tend-table tend-rows">(.*?)</table>', said, re.DOTALL)
    lines = [line for table in tables for line in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    return [[unescape(re.sub(r"<.*?>", "", cell)).strip() for cell in line] for line in cells]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clean_file_is_a_sentence_and_a_button(workspace: Path, language: str) -> None:
    """Contracts, ARR in its currency and customers; details are folded; who imports is kept."""
    year = f"{YEAR}-01-01,{YEAR}-12-31"
    head = "Customer,Contract ID,Start date,End date,Amount,Currency"
    lines = [f"Ada,K1,{year},12000.0,USD", f"Ada,K2,{year},6000,USD", f"Bo,K3,{year},9000,USD"]
    app = upload(csv(workspace, "clean.csv", head, *lines), language=language)
    said = html(app)
    currency = {"en": "USD", "zh": "美元"}[language]
    amount = text.say("ui.amount", language, amount="27,000", currency=currency)
    sentence = text.say("intake.to_come", language, contracts="3", customers="2", arr=amount)
    assert f'<p class="tend-sum">{sentence}</p>' in said
    assert not any(box.proto.expanded for box in app.expander)
    first = ["Ada", "K1", f"{YEAR}-01-01", f"{YEAR}-12-31", f"12,000 {currency}", "USD"]
    assert first in rows_of(said)
    assert not app.radio
    app.session_state["tend.who"] = "Mara"
    press(app, "import")
    assert imports.history(data.workspace())[0]["who"] == "Mara"


LEDGER: list[Cells] = [
    (
        *("客户名称", "开始日期", "合同期限", "合同金额", "是否续费"),
        *("合同状态", "产品", "区域", "CSM", "签约日期"),
    ),
    ("甲公司", "2024-01-01", "2年", "1.2万", "待定", "执行中", "甲", "东", "王", "2023-12-01"),
    ("乙公司", "2024-01-01", "1年", "68500", "是", "冻结中", "乙", "西", "李", "2023-12-01"),
    ("丙公司", "2024-01-01", "看情况", "100", "否", "执行中", "丙", "西", "李", "2023-12-01"),
]  # fmt: skip


def test_an_untidy_ledger_is_talked_over(workspace: Path) -> None:
    """Words in Chinese, ends that terms lead to, all columns, a question's row, right advice."""
    app = upload(book(workspace / "台账.xlsx", {"台账": LEDGER}), language="zh")
    said, rows = html(app), rows_of(html(app))
    asked = ["第 3 行", "乙公司", "2024-01-01", "68,500 人民币", "是 → 已续", "冻结中 → 有效"]
    assert asked in rows
    first = next(row for row in rows if row[0] == "甲公司")
    assert first[2:5] == ["2年 → 至 2025-12-31", "1.2万 → 12,000 人民币", "待定"]
    assert len(first) == len(LEDGER[0])
    assert "至 2024-12-31" in said
    assert not re.search(r"undecided|renewed|in_force", said)
    assert text.say("intake.to_correct", "zh", count=1) in said
    assert "“看情况”不是期限" in said
    assert [radio.value for radio in app.radio] == ["in_force"]


def test_files_of_one_drop_are_held_against_each_other(workspace: Path) -> None:
    """One sum of all; customers in no list and nearly the same are told before the import."""
    days = f"{YEAR}-01-01,{YEAR}-12-31"
    contracts = csv(
        workspace, "deals.csv", "Contract ID,Customer,Start date,End date,Amount",
        f"K1,Alder Works,{days},100", f"K2,Alder Work Ltd,{days},200",
    )  # fmt: skip
    listed = csv(workspace, "list.csv", "Customer ID,Customer,Industry", "C1,Alder Works,Retail")
    app = upload(contracts, listed)
    said = unescape(html(app))
    amount = text.say("ui.amount", "en", amount="300", currency="CNY")
    assert text.say("intake.to_come", "en", contracts="2", customers="2", arr=amount) in said
    pairs = "Alder Work Ltd – Alder Works"
    assert text.say("intake.twins.to_come", "en", count=1, pairs=pairs) in said
    assert "“Alder Work Ltd” is not in the customer list" in said
    app = press(app, "import")
    assert text.say("intake.twins.title", "en") in html(app)


def test_a_refusal_is_said_once(workspace: Path) -> None:
    """A list of invoices is refused by name, in one place."""
    head = "invoice_id,customer_id,issue_date,due_date,amount,currency,status"
    lines = (head, *(f"I{n},C1,2025-0{n}-09,2025-0{n + 1}-08,1300,CNY,Paid" for n in (1, 2)))
    app = upload(csv(workspace, "invoices.csv", *lines))
    refusal = text.say("problems.foreign_invoices", "en")
    [error] = app.error
    assert error.value.replace("\\", "") == refusal
    assert "list of invoices" not in html(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_freshness_says_what_is_stale_and_what_to_drop(workspace: Path, language: str) -> None:
    """Age in days, what it means, the step; what is not there as well; no filters on this page."""
    last = date.today() - timedelta(20)
    year = f"{YEAR}-01-01,{YEAR}-12-31"
    for name, *lines in (
        ("contracts.csv", "Customer,Start date,End date,Amount", f"Ada,{year},100"),
        ("touches.csv", "Customer,Touch date,CSM", f"Ada,{last},Mia"),
    ):
        imports.import_file(data.workspace().seen_by(Person("Mara")), csv(workspace, name, *lines))
    app = opened_in_frame("data", lang=language)
    assert not app.exception
    said = html(app)
    assert text.say("data_page.means.touches", language, day=str(last)) in said
    assert said.count(text.say("data_page.step.touches", language)) == 1
    assert text.say("data_page.days_ago", language, days=20) in said
    assert text.say("data_page.absent.usage", language) in said
    assert text.say("data_page.absent.contracts", language) not in said
    assert "Mara" in said
    names = {"filters", "as_of", "today", "newest", "look_from_today", "clear"}
    assert not names & {one.key for one in (*app.button, *app.get("popover"))}

"""What status words say (M12), and a day of notice (M13): told, asked for, and kept."""

from datetime import date
from pathlib import Path

import pytest

from tend.schema.words import letters
from tend.settings import words
from tests.kit.reading import asked, read_text, told

pytestmark = pytest.mark.quick

HEAD = "customer,contract no,start date,end date,amount,status\n"


def rows(*statuses: str, head: str = HEAD) -> str:
    """Write a contract of 2024 for each status, each of a customer of its own."""
    lines = [f"Firm {n},K{n},2024-01-01,2024-12-31,1200,{s}" for n, s in enumerate(statuses)]
    return head + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Inactive", "status_ended"),
        ("EXPIRED", "status_ended"),
        ("Closed-Lost", "status_lost"),
        ("已解约", "status_lost"),
        ("停用", None),
        ("已停用", "status_ended"),
        ("已解約", "status_lost"),
        ("Superseded", "status_superseded"),
        ("已变更", "status_superseded"),
        ("Contract Sent", "status_not_counted"),
        ("待签", "status_not_counted"),
        ("待簽", "status_not_counted"),
        ("trialing", "status_trial"),
        ("in_trial", "status_trial"),
        ("试用中", "status_trial"),
    ],
)
def test_a_known_word_is_told(tmp_path: Path, word: str, code: str | None) -> None:
    """What a word does to its contract stands in the preview, with how many rows have it."""
    sheet = read_text(tmp_path, "list.csv", rows("Active", word, word))
    assert sheet.accepted == 3
    if code is not None:
        assert f"{word} (2)" in told(sheet)[code]
        assert asked(sheet) == {}


@pytest.mark.parametrize(
    ("header", "word", "key"),
    [
        ("status", "Paused", "status_word:status:paused"),
        ("合同状态", "冻结", "status_word:合同状态:冻结"),
        ("Subscription Status", "On-Hold 2", "status_word:Subscription Status:onhold2"),
    ],
)
def test_a_word_nobody_understands_is_asked_for(
    tmp_path: Path, header: str, word: str, key: str
) -> None:
    """Unknown words are listed with their counts; until somebody answers, dates decide."""
    head = HEAD.replace("status", header)
    sheet = read_text(tmp_path, "list.csv", rows("Active", word, word, head=head))
    assert asked(sheet) == {key: "in_force"}
    (question,) = sheet.questions
    assert question.answers == ("in_force", "ended", "not_counted")
    for language in ("en", "zh"):
        assert f"“{word}”" in question.message(language)


def test_lost_is_lost_in_status_and_outcome(tmp_path: Path) -> None:
    """Both columns share one vocabulary: what marks a contract in one, marks it in the other."""
    statuses = words.standard_statuses()
    said = [w for name in ("lost_words", "ended_words", "over_words") for w in words.listed(name)]
    text = "customer,end date,amount,renewed?\n" + "\n".join(
        f"Firm {n},2024-12-31,1200,{word}" for n, word in enumerate(said)
    )
    sheet = read_text(tmp_path, "ledger.csv", text)
    assert sheet.facts is not None
    assert set(sheet.facts.column("outcome").to_pylist()) == {"lost"}
    assert {statuses[letters(word)] for word in said} == {"lost", "ended", "over"}


NOTICE = "customer,start date,MRR,status,{notice},Ended At\n"


@pytest.mark.parametrize(
    ("notice", "lines", "ended"),
    [
        ("Canceled At", ["canceled,2024-01-20,2024-02-15", "active,2024-01-20,"], ["2024-02-15", None]),
        ("Cancellation Date", ["canceled,2024-01-20,", "Past Due,2024-01-20,"], ["2024-01-20", None]),
        ("退订时间", ["已退订,2024-01-20,2024-03-31", "执行中,2024-01-20,", "已退订,,"], ["2024-03-31", None, None]),
        ("取消日期", [",2024-01-20,", "已解约,2024-01,"], ["2024-01-20", "2024-01-31"]),
    ],
)  # fmt: skip
def test_notice_counts_where_nothing_says_when_it_ended(
    tmp_path: Path, notice: str, lines: list[str], ended: list[str | None]
) -> None:
    """`ended_on` is when it ended; a notice counts only without one, and not while it is active."""
    head = NOTICE.format(notice=notice)
    text = head + "\n".join(f"Firm {n},2023-01-15,100,{line}" for n, line in enumerate(lines))
    sheet = read_text(tmp_path, "subs.csv", text)
    assert sheet.facts is not None
    found = sheet.facts.column("ended_on").to_pylist()
    assert found == [day and date.fromisoformat(day) for day in ended]
    assert "ended_on" in sheet.columns
    assert notice in told(sheet)["notice"]


DEALS = [
    ("hubspot_deals.csv", "Record ID,Deal Name,Deal Stage,Close Date,Amount,Associated Company,Contract Start Date,Contract End Date",
     ["1,a,{},2025-01-10 10:22,12000,{},2025-01-15,2026-01-14"], ("Closed Won", "Closed Lost", "Contract Sent")),
    ("商机.csv", "商机编号,商机名称,商机阶段,客户名称,金额,服务开始日期,服务结束日期",
     ["1,a,{},{},12000,2025-01-15,2026-01-14"], ("赢单", "输单", "方案报价")),
    ("pipedrive.csv", "Deal - ID,Deal - Title,Deal - Status,Deal - Stage,Deal - Organization,Deal - Value,Start date,End date",
     ["1,a,{},Negotiations,{},12000,2025-01-15,2026-01-14"], ("Won", "Lost", "Open")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "head", "line", "stages"), DEALS)
def test_of_deals_only_the_won_are_contracts(
    tmp_path: Path, name: str, head: str, line: list[str], stages: tuple[str, ...]
) -> None:
    """Lost and open deals are read and told (M24)."""
    lines = [
        line[0].format(stage, f"Firm {n}").replace("1,a", f"{n},a", 1)
        for n, stage in enumerate(stages)
    ]
    sheet = read_text(tmp_path, name, "\n".join([head, *lines]))
    assert (sheet.dataset, sheet.accepted) == ("contracts", 3)
    assert sheet.facts is not None
    assert sheet.facts.column("deal_status").to_pylist() == list(stages)
    said = told(sheet).get("status_not_won", "") + " ".join(q.message() for q in sheet.questions)
    assert all(stage in said for stage in stages[1:])
    assert set(asked(sheet).values()) <= {"not_counted"}

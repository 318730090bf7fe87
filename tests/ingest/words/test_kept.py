"""Answers about words are kept as settings (M12, M21), and the whole way of some files of the field."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tend.ingest.results import Remembered
from tend.queries import asking
from tend.schema.words import letters, traditional
from tend.settings import words
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.reading import asked, read_text, take_in

HEAD = "customer,contract no,start date,end date,amount,status,loss reason\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Give an empty workspace."""
    opened = open_workspace(tmp_path / "workspace")
    yield opened
    opened.close()


def arr(workspace: Workspace, day: str) -> float:
    """Give the ARR in force on a day."""
    rows = asking.run(workspace, "customer_values", View(date.fromisoformat(day))).to_pylist()
    return sum(float(row["arr"]) for row in rows)


def test_an_answer_is_understood_from_then_on(workspace: Workspace, tmp_path: Path) -> None:
    """Said once in the preview or a mapping: kept as a setting, and asked no more in any file."""
    path = tmp_path / "list.csv"
    lines = [
        "Ada,K1,2024-01-01,2024-12-31,1200,On hold B,",
        "Bo,K2,2024-01-01,2024-12-31,1200,冻结,",
    ]
    lines += ["Cy,K3,2024-01-01,2024-12-31,1200,churned,Left the alliance"]
    path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    answers = {
        "status_word:status:onholdb": "not_counted",
        "status_word:status:冻结": "ended",
        "loss_reason_word:loss reason:leftthealliance": "natural",
    }
    report = take_in(workspace, path, {"list.csv": Remembered("contracts", {}, answers)})
    told = [(p.code, p.row) for p in report.sheets[0].problems if p.code != "unknown_customer"]
    assert told == [("not_counted", 2)]
    assert workspace.settings.void_words[-1] == "On hold B"
    assert workspace.settings.ended_words[-1] == "冻结"
    assert workspace.settings.loss_reason_words["left the alliance"] == "natural"
    rows = asking.run(workspace, "renewals", View(date(2025, 1, 15))).to_pylist()
    found = {row["contract_id"]: (row["outcome"], row["loss_reason_group"]) for row in rows}
    assert found == {"K2": ("lost", "unknown"), "K3": ("lost", "natural")}
    other = tmp_path / "other.csv"
    other.write_text(
        path.read_text(encoding="utf-8").replace("status", "合同状态"), encoding="utf-8"
    )
    known = take_in(workspace, other)
    assert known.accepted == 3
    assert workspace.settings.void_words.count("On hold B") == 1


def test_until_an_answer_dates_decide(tmp_path: Path) -> None:
    """What was not answered stays asked for."""
    text = HEAD + "Ada,K1,2024-01-01,2024-12-31,1200,On hold B,Left the alliance"
    assert asked(read_text(tmp_path, "list.csv", text)) == {
        "status_word:status:onholdb": "in_force",
        "loss_reason_word:loss reason:leftthealliance": "unknown",
    }


@pytest.mark.parametrize("word", ["On hold B", "冻结", "Churned", "已解約"])
def test_an_answer_changes_an_answer(workspace: Workspace, tmp_path: Path, word: str) -> None:
    """The word moves between the lists, be it from an answer or from the start."""
    path = tmp_path / "list.csv"
    path.write_text(HEAD + f"Ada,K1,2024-01-01,2024-12-31,1200,{word},", encoding="utf-8")
    key = f"status_word:status:{letters(word)}"
    names = {"ended": "ended_words", "not_counted": "void_words", "in_force": "in_force_words"}
    for answer, name in names.items():
        take_in(workspace, path, {"list.csv": Remembered("contracts", {}, {key: answer})})
        settings = workspace.settings
        assert words.statuses(settings.model_dump())[letters(word)] == answer
        lists = {n: getattr(settings, n) for n in words.STATUS_LISTS}
        in_lists = [
            n
            for n, of in lists.items()
            if letters(word) in map(letters, (*of, *map(traditional, of)))
        ]
        assert in_lists == [name]
    assert arr(workspace, "2024-06-30") == 1200


@pytest.mark.parametrize("reason", ["Left the alliance", "Price went up", "换用竞品"])
def test_a_group_changes_by_another_answer(
    workspace: Workspace, tmp_path: Path, reason: str
) -> None:
    """Also where another word leads elsewhere."""
    path = tmp_path / "list.csv"
    path.write_text(HEAD + f"Ada,K1,2024-01-01,2024-12-31,1200,churned,{reason}", encoding="utf-8")
    key = f"loss_reason_word:loss reason:{letters(reason)}"
    for answer in ("natural", "service"):
        take_in(workspace, path, {"list.csv": Remembered("contracts", {}, {key: answer})})
        [row] = asking.run(workspace, "renewals", View(date(2025, 1, 15))).to_pylist()
        assert row["loss_reason_group"] == answer


@pytest.mark.parametrize("mark", ["???", "—", "🙂"])
def test_a_mark_is_never_kept(workspace: Workspace, tmp_path: Path, mark: str) -> None:
    """An answer for it groups nothing, and is told to change nothing."""
    path = tmp_path / "list.csv"
    lines = [f"Ada,K1,2024-01-01,2024-12-31,1200,churned,{mark}"]
    lines += ["Bo,K2,2024-01-01,2024-12-31,1200,churned,Left the alliance"]
    path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    before = workspace.settings
    answers = {"loss_reason_word:loss reason": "price"}
    report = take_in(workspace, path, {"list.csv": Remembered("contracts", {}, answers)})
    assert "answer_unknown" in {one.code for one in report.sheets[0].problems}
    assert workspace.settings == before
    rows = asking.run(workspace, "renewals", View(date(2025, 1, 15))).to_pylist()
    assert {row["loss_reason_group"] for row in rows} == {"unknown"}


FIELD = [
    ("hubspot_deals.csv", "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Associated Company,Contract Start Date,Contract End Date\n"
     "1001,Alder renewal 2025,Closed Won,2025-01-10 10:22,Ana,12000,Renewals,Alder Co,2025-01-15,2026-01-14\n"
     "1002,Birch new,Closed Lost,2025-01-12 11:00,Ben,8000,New business,Birch Co,2025-02-01,2026-01-31\n"
     "1003,Cedar new,Contract Sent,2025-03-31 11:00,Ben,5000,New business,Cedar Co,2025-04-01,2026-03-31\n", {"2025-06-30": 12000}),
    ("F11.csv", "customer,start date,MRR,status,Canceled At,Ended At\n"
     "Cy Ltd,2023-01-15,100,canceled,2024-01-20,2024-02-15\nDi Ltd,2023-01-15,100,active,2024-01-20,\n",
     {"2024-01-31": 2400, "2024-02-29": 1200}),
    ("open_ended.csv", "Customer,Contract ID,Start Date,End Date,MRR,Churned\n"
     "Alder Co,O1,2025-01-01,,100,No\nBirch Co,O2,2025-01-01,2025-06-30,100,Yes\n",
     {"2025-06-30": 2400, "2025-07-31": 1200}),
    ("合同.csv", "客户名称,合同编号,开始日期,到期日期,年费,合同状态\n"
     "甲公司,K1,2024-01-01,2024-12-31,1200,已变更\n甲公司,K2,2024-07-01,2024-12-31,1800,执行中\n乙公司,K3,2024-01-01,2024-12-31,600,待签\n",
     {"2024-06-30": 1200, "2024-07-01": 1800}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "wanted"), FIELD)
def test_files_of_the_field(
    workspace: Workspace, tmp_path: Path, name: str, text: str, wanted: dict[str, float]
) -> None:
    """From file to ARR."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    take_in(workspace, path)
    assert {day: arr(workspace, day) for day in wanted} == wanted
    due = asking.run(workspace, "renewals", View(date(2025, 12, 31))).to_pylist()
    assert "O1" not in {row["contract_id"] for row in due}

"""Decisions as entries: known from their day, taken back, in turns, and round a workbook."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from tend.acts import decisions, entered_workbook
from tend.language.errors import TendError
from tend.people.person import Person
from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import Companies

DAY = date(2026, 9, 28)
MEETING = date(2026, 9, 21)
A_DAY = timedelta(days=1)
Row = dict[str, object]


@pytest.fixture
def company(companies: Companies) -> Iterator[Workspace]:
    """Give a small sample company in a workspace of its own."""
    with open_workspace(companies.sample(customers=60)) as workspace:
        yield workspace


def listed(workspace: Workspace, day: date = DAY, since: date = MEETING) -> list[Row]:
    """Give what the page lists on a day, without what the sample company brings."""
    return entered(workspace, View(day, since))


def entered(workspace: Workspace, view: View) -> list[Row]:
    """Give what the page lists of what was entered."""
    rows = asking.run(workspace, "meeting_decisions", view).to_pylist()
    return [row for row in rows if not row["decision_id"].startswith("DEC-")]


def told(workspace: Workspace, day: date) -> tuple[object, object]:
    """Give the meeting a day looks back to, and whether somebody marked it."""
    [row] = asking.run(workspace, "last_meeting", View(day)).to_pylist()
    return row["meeting"], row["is_held"]


def written(workspace: Workspace, said: str = "Call them", **more: object) -> Row:
    """Write a decision of the meeting, and give it as it is listed."""
    values = {"decision_kind": "decision", "owner": "Mara", "due_on": DAY, **more}
    decisions.write(workspace.seen_by(Person("Ada")), said, day=MEETING, **values)
    return next(row for row in listed(workspace) if row["decision"] == said)


def test_a_decision_lives_from_its_day(company: Workspace) -> None:
    """Not there before; open, late past its day; done from its day, and gone a week later."""
    row = written(company, customer_id="C0007")
    assert listed(company, MEETING - A_DAY, MEETING - A_DAY) == []
    assert row["state"] == "open"
    assert row["customer_name"]
    assert listed(company, DAY + A_DAY)[0]["state"] == "late"
    entry = decisions.turn(company, row, "done", day=DAY)
    assert listed(company)[0]["state"] == "done"
    assert listed(company, DAY - A_DAY)[0]["state"] == "open"
    assert listed(company, DAY + 8 * A_DAY, DAY + 7 * A_DAY) == []
    imports.undo(company, entry)
    assert [row["state"] for row in listed(company, DAY + 8 * A_DAY, DAY + 7 * A_DAY)] == ["late"]


def test_one_who_is_late_is_refused(company: Workspace) -> None:
    """What somebody else changed meanwhile is not changed by one who has not seen it."""
    row = written(company)
    decisions.change(company, row, decision="Call them", owner="Tomas")
    with pytest.raises(TendError, match="changed"):
        decisions.turn(company, row, "done", day=DAY)
    [now] = listed(company)
    assert (now["owner"], now["state"], now["due_on"]) == ("Tomas", "open", DAY)
    decisions.change(company, now, customer_id="C0009", due_on=None)
    [now] = listed(company)
    assert (now["customer_id"], now["due_on"]) == ("C0009", None)
    decisions.change(company, now, customer_id=None)
    assert listed(company)[0]["customer_id"] is None


def test_filters_leave_out_decisions_about_others(company: Workspace) -> None:
    """A decision about no customer stands in every view; a note until the next meeting."""
    written(company, "About one", customer_id="C0007")
    written(company, "About all")
    written(company, "By the way", decision_kind="note")
    view = View(DAY, MEETING, filters=(("csm", ("nobody",)),))
    said = [str(row["decision"]) for row in entered(company, view)]
    assert sorted(said) == ["About all", "By the way"]
    later = [row["decision"] for row in listed(company, DAY + A_DAY, DAY)]
    assert "By the way" not in later


def test_the_meeting_is_the_one_that_was_held(company: Workspace) -> None:
    """Strictly before the day, within five weeks; marked twice it is one, taken back it is none."""
    wednesday = date(2026, 9, 16)
    assert told(company, DAY) == (MEETING, False)
    first = decisions.hold(company, "Meeting", day=wednesday)
    second = decisions.hold(company.seen_by(Person("Ada")), "Meeting", day=wednesday)
    assert told(company, wednesday) == (date(2026, 9, 14), False)
    assert told(company, wednesday + A_DAY) == (wednesday, True)
    assert told(company, DAY) == (wednesday, True)
    assert told(company, wednesday + 36 * A_DAY) == (date(2026, 10, 19), False)
    assert listed(company) == []
    imports.undo(company, second)
    assert told(company, DAY) == (wednesday, True)
    imports.undo(company, first)
    assert told(company, DAY) == (MEETING, False)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_decisions_come_back_through_a_workbook(
    company: Workspace, companies: Companies, tmp_path: Path, language: str
) -> None:
    """What was entered, with customer or without, is the same after an import elsewhere."""
    done = written(company, "=Offer two years", customer_id="C0007")
    written(company, "Hire one more", owner=None, due_on=None)
    written(company, "Budget is frozen", decision_kind="note")
    decisions.turn(company, done, "dropped", day=DAY)
    decisions.hold(company, "Meeting", day=MEETING)
    path = tmp_path / "entered.xlsx"
    path.write_bytes(entered_workbook.workbook(company, language))
    with open_workspace(companies.sample(customers=60)) as other:
        report = imports.import_file(other, path)
        assert report.error is None
        assert [sheet.dataset for sheet in report.sheets] == ["decisions"]
        assert [sheet.rejected for sheet in report.sheets] == [0]
        assert listed(other) == listed(company)
        assert told(other, DAY) == told(company, DAY) == (MEETING, True)


def test_a_list_of_a_team_is_read(company: Workspace, tmp_path: Path) -> None:
    """In Chinese, without numbers, by names of customers, and once more: the same decisions."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "会议纪要"
    [first, *_] = asking.run(company, "customer_values", View(DAY)).to_pylist()
    sheet.append(["决议内容", "客户名称", "负责人", "截止日期", "会议日期", "落实状态"])
    sheet.append(
        ["给出两年方案", first["customer_name"], "林小满", "2026-10-05", "2026-09-21", "已完成"]
    )
    sheet.append(["再招一人", None, "周一", None, "2026-09-21", None])
    path = tmp_path / "纪要.xlsx"
    book.save(path)
    for _ in range(2):
        report = imports.import_file(company, path)
        assert report.error is None
    rows = {row["decision"]: row for row in listed(company)}
    assert len(rows) == 2
    assert rows["给出两年方案"]["customer_id"] == first["customer_id"]
    assert rows["给出两年方案"]["state"] == "done"
    assert rows["再招一人"]["state"] == "open"
    assert rows["再招一人"]["customer_id"] is None

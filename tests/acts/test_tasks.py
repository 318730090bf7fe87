"""Tasks as entries: once per cause, in turns, taken back, and the round trip through a workbook."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tend.acts import calls, entered_workbook, tasks_by_rule
from tend.acts import tasks as kept
from tend.acts.calls import Call
from tend.figures import task_words
from tend.language.errors import TendError
from tend.people.person import Person
from tend.queries import asking
from tend.settings import sops
from tend.store.database.clock import now
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import Companies
from tests.kit.comparing import differences

DAY = date(2026, 9, 30)
CELL = "large/critical"
ALL = ("sop_matrix", "nps", "touch_rate", "priorities", "health", "renewal_forecast")
Row = dict[str, object]


@pytest.fixture
def company(companies: Companies) -> Iterator[Workspace]:
    """Give a small sample company in a workspace of its own."""
    with open_workspace(companies.sample(customers=60, until=DAY)) as workspace:
        yield workspace


def listed(workspace: Workspace, day: date = DAY) -> list[Row]:
    """Give all tasks known on a day."""
    rows: list[Row] = asking.run(workspace, "tasks", View(day), states=None).to_pylist()
    return rows


def critical(workspace: Workspace) -> list[Row]:
    """Give some customers of a cell."""
    rows: list[Row] = asking.run(
        workspace, "sop_customers", View(DAY), scale=None, satisfaction="critical"
    ).to_pylist()
    assert len(rows) > 1
    return rows[:2]


def begun(workspace: Workspace) -> list[Row]:
    """Start the SOP for two customers and give its steps."""
    sop = sops.of(workspace.settings, CELL, "en")
    kept.start(workspace.seen_by(Person("Mara")), CELL, sop, critical(workspace), DAY)
    return [row for row in listed(workspace) if row["cause"] == "sop"]


def test_an_sop_is_started_once(company: Workspace) -> None:
    """Its steps are tasks with their days; a second start of what runs is refused."""
    steps = begun(company)
    sop = sops.of(company.settings, CELL, "en")
    assert len(steps) == 2 * len(sop.steps)
    assert {row["due_on"] for row in steps} == {
        DAY + timedelta(days=step.days) for step in sop.steps
    }
    with pytest.raises(TendError, match="already runs"):
        kept.start(
            company.seen_by(Person("Mara")), CELL, sop, critical(company), DAY + timedelta(days=1)
        )
    assert len([row for row in listed(company) if row["cause"] == "sop"]) == len(steps)


def test_a_task_goes_through_its_states(company: Workspace) -> None:
    """Open, due, overdue, forgotten by the day; put off; done; and open again when taken back."""
    [first, *_] = begun(company)
    due = first["due_on"]
    assert isinstance(due, date)

    def state(day: date) -> object:
        return next(r["state"] for r in listed(company, day) if r["task_id"] == first["task_id"])

    days = (-1, 0, 1, 14, 15)
    assert [state(due + timedelta(days=n)) for n in days] == [
        *("open", "due", "overdue", "overdue", "forgotten")
    ]
    entry = kept.change(
        company.seen_by(Person("Mara")), [first], snoozed_until=due + timedelta(days=9)
    )
    assert state(due + timedelta(days=2)) == "snoozed"
    assert state(due + timedelta(days=9)) == "overdue"
    imports.undo(company, entry)
    assert state(due + timedelta(days=2)) == "overdue"
    entry = kept.change(company.seen_by(Person("Mara")), [first], done_on=due + timedelta(days=1))
    assert (state(due), state(due + timedelta(days=1))) == ("due", "done")
    imports.undo(company, entry)
    assert state(due + timedelta(days=1)) == "overdue"


def test_tasks_speak_the_reader_s_language(company: Workspace) -> None:
    """Steps as shipped and rules are said in either language; a team's own words stay."""
    shipped = {language: sops.standard(language)[CELL].steps for language in ("en", "zh")}
    for step in begun(company):
        for language, steps in shipped.items():
            assert task_words.of(step, language) == steps[int(str(step["step"])) - 1].text
        own = {**step, "task": f"{step['task']}!"}
        assert task_words.of(own, "zh") == own["task"]
    tasks_by_rule.make(company, DAY, "zh")
    rows = [row for row in listed(company) if row["cause"] == "critical_answer"]
    with company.cursor() as cursor:
        answers = cursor.execute(
            "select customer_id, answered_on, nps, respondent from stg_surveys"
        ).fetchall()
    given: Counter[tuple[object, ...]] = Counter(
        (name, str(day), nps, who) for name, day, nps, who in answers
    )
    assert rows
    for row in rows:
        said = task_words.of(row, "en")
        assert (
            given[tuple(row[name] for name in ("customer_id", "about", "nps", "respondent"))] == 1
        )
        score = f"CSAT {row['csat']} of 5" if row["nps"] is None else f"NPS {row['nps']}"
        assert f"({score.replace('.0', '')}, {row['respondent']})" in said
        assert row["comment"] is None or said.endswith(f"): “{row['comment']}”")


def test_an_answer_is_told_with_what_there_is(company: Workspace) -> None:
    """A rating where there is no NPS, a comment shortened, and no respondent nobody named."""
    name = next(row["customer_id"] for row in critical(company))
    facts: list[Row] = [
        {"csat": 2.0, "csat_scale": 5.0, "comment": "Too slow " * 40},
        {"nps": 3.0, "respondent": "Li Na"},
    ]
    for fact in facts:
        fact |= {"customer_id": name, "answered_on": DAY}
        entries.enter(company.seen_by(Person("Mara")), "surveys", [fact])
    tasks_by_rule.make(company, DAY, "en")
    said = [
        task_words.of(row, "en")
        for row in listed(company)
        if row["cause"] == "critical_answer" and row["about"] == str(DAY)
        if row["customer_id"] == name
    ]
    assert f"Answer the criticism of {DAY} (NPS 3, Li Na)" in said
    [rated] = [one for one in said if "Too slow" in one]
    assert rated.startswith(f"Answer the criticism of {DAY} (CSAT 2 of 5): “Too slow")
    assert rated.endswith("…”")


def test_who_comes_second_is_told(company: Workspace) -> None:
    """Two who saw the same open task: the second act is refused, the first stays."""
    [seen, other, *_] = begun(company)
    kept.change(company.seen_by(Person("Mara")), [seen], done_on=DAY)
    with pytest.raises(TendError, match="Somebody else"):
        kept.change(company.seen_by(Person("Ines")), [seen, other], snoozed_until=DAY)
    now = {row["task_id"]: row["state"] for row in listed(company)}
    assert (now[seen["task_id"]], now[other["task_id"]]) == ("done", "open")


def test_two_who_do_different_things_lose_nothing(company: Workspace) -> None:
    """A note of one and the done mark of another both stand."""
    [seen, *_] = begun(company)
    kept.change(company.seen_by(Person("Mara")), [seen], note="asked for a call")
    kept.change(company.seen_by(Person("Ines")), [seen], done_on=DAY)
    row = next(row for row in listed(company) if row["task_id"] == seen["task_id"])
    assert (row["note"], row["done_on"]) == ("asked for a call", DAY)


def test_what_rules_propose_is_taken_or_left(company: Workspace) -> None:
    """Taken it is a task, left it is none, and neither is proposed again until it is undone."""
    proposed = tasks_by_rule.pending(company, DAY).to_pylist()
    taken, left, *rest = proposed
    entry = tasks_by_rule.take(company.seen_by(Person("Mara")), [taken], "en", day=DAY)
    dropped = tasks_by_rule.leave(company.seen_by(Person("Mara")), [left], "en", day=DAY)
    assert {row["task_id"] for row in listed(company)} == {taken["task_id"]}

    def waits() -> set[object]:
        return set(tasks_by_rule.pending(company, DAY)["task_id"].to_pylist())

    assert waits() == {row["task_id"] for row in rest}
    assert listed(company, DAY - timedelta(days=1)) == []
    for row in (taken, left):
        with pytest.raises(TendError, match="Somebody else"):
            tasks_by_rule.take(company.seen_by(Person("Ines")), [rest[0], row], "en", day=DAY)
    imports.undo(company, dropped)
    assert waits() == {row["task_id"] for row in (left, *rest)}
    imports.undo(company, entry)
    assert waits() == {row["task_id"] for row in proposed}
    assert listed(company) == []


def test_a_rule_switched_off_makes_nothing(company: Workspace) -> None:
    """A draft of the rules tells what it would make, making nothing; other rules ask for more."""
    off = company.settings.changed("task_rules.not_touched.is_on", False)
    tried = asking.rehearse(company, off, View(DAY), ["task_causes"])
    would = tried["task_causes"]["cause"].to_pylist()
    will = tasks_by_rule.pending(company, DAY)["cause"].to_pylist()
    assert "not_touched" not in would
    assert [cause for cause in will if cause != "not_touched"] == would != will
    assert listed(company) == []
    assert len(tasks_by_rule.make(company, DAY, "en")) == len(will)
    company.set("low_active_share", 0.5)
    made = tasks_by_rule.make(company, DAY, "en")
    assert {row["cause"] for row in made} == {"low_active_share"}


def test_tasks_of_rules_go_with_their_import(company: Workspace) -> None:
    """An import taken back leaves nothing behind; imported again, what was done is still done."""
    tasks_by_rule.make(company, DAY, "en")
    before = listed(company)
    kept.change(company.seen_by(Person("Mara")), before[:1], done_on=DAY)
    imports.undo(company, 1)
    assert listed(company) == []
    assert asking.run(company, "sop_matrix", View(DAY)).num_rows == 0


def test_a_touch_settles_and_its_undo_opens_again(company: Workspace) -> None:
    """Not touched this month: done by the touch, with its day and who; open without it."""
    tasks_by_rule.make(company, DAY, "en")
    seen = next(row for row in listed(company) if row["cause"] == "not_touched")

    def stands() -> tuple[object, ...]:
        row = next(row for row in listed(company) if row["task_id"] == seen["task_id"])
        return row["state"], row["done_on"], row["settled_on"], row["settled_by"]

    assert stands() == ("open", None, None, None)
    touch = {"customer_id": seen["customer_id"], "touched_on": DAY, "csm": "Mara"}
    entry = entries.enter(company.seen_by(Person("Mara")), "touches", [touch])
    assert stands() == ("done", DAY, DAY, "Mara")
    imports.undo(company, entry)
    assert stands() == ("open", None, None, None)
    kept.change(company.seen_by(Person("Mara")), [seen], done_on=DAY)
    entries.enter(company.seen_by(Person("Mara")), "touches", [touch])
    assert stands() == ("done", DAY, None, None)


def test_nothing_is_forgotten_before_it_was_there(company: Workspace) -> None:
    """Files that end long ago: a task is there from the day it was really made (M36)."""
    today = now().date()
    then = today - timedelta(days=60)
    found = tasks_by_rule.pending(company, then, made_on=today).to_pylist()
    wanted = {row["task_id"] for row in found}
    tasks_by_rule.take(company, found, "en", day=today)
    rows = [row for row in listed(company, today) if row["task_id"] in wanted]
    assert len(rows) == len(wanted)
    assert min(str(row["due_on"]) for row in rows) >= f"{today}"
    assert {row["there_since"] for row in rows} == {today}
    assert listed(company, then) == listed(company, today - timedelta(days=1)) == []
    assert {row["state"] for row in rows} <= {"open", "due", "done"}
    later = {row["state"] for row in listed(company, today + timedelta(days=200))}
    assert later <= {"forgotten", "done"}


def test_everything_entered_makes_a_round_trip(
    company: Workspace, companies: Companies, tmp_path: Path
) -> None:
    """Touches, answers, stages and tasks, written out and imported elsewhere, stand as before."""
    mara = company.seen_by(Person("Mara"))
    tasks_by_rule.make(company, DAY, "en")
    steps = begun(company)
    kept.change(mara, steps[:2], done_on=DAY, note="=1+1")
    kept.change(mara, steps[2:3], snoozed_until=DAY + timedelta(days=7))
    [customer, other] = critical(company)
    name = customer["customer_id"]
    touch = {"customer_id": name, "touched_on": DAY, "kind": "Visit", "hours": 1.5, "note": "Hi"}
    entries.enter(mara, "touches", [touch])
    answer = {"customer_id": name, "answered_on": DAY, "nps": 9.0, "respondent": "Clara"}
    entries.enter(mara, "surveys", [answer])
    kept.add(company, {str(other["customer_id"]): "Mara"}, "Call", due_on=DAY, day=DAY)
    stage = {"contract_id": "CT-1", "customer_id": name, "stage": "Quote", "entered_on": DAY}
    entries.enter(mara, "stages", [stage])
    entries.enter(mara, "customers", [{"customer_id": name, "csm": "Neu"}])
    due = asking.run(company, "renewal_forecast", View(DAY)).to_pylist()[0]
    calls.keep(company, Call(due["contract_id"], due["customer_id"], "lost", DAY, "Neu"))
    for language in ("en", "zh"):
        path = tmp_path / f"{language}.xlsx"
        path.write_bytes(entered_workbook.workbook(company, language))
        for is_alone in (True, False):
            own = tmp_path / f"{language} alone"
            place = own if is_alone else companies.sample(customers=60, until=DAY)
            with open_workspace(place) as second:
                report = imports.import_file(second, path)
                assert report.error is None
                assert sum(sheet.rejected for sheet in report.sheets) == 0
                assert tasks_of(second) == tasks_of(company)
                if not is_alone:
                    for query in ALL:
                        both = (asking.run(one, query, View(DAY)) for one in (second, company))
                        rows, wanted = (one.to_pylist() for one in both)
                        assert differences(query, rows, wanted) == []


def tasks_of(workspace: Workspace) -> list[Row]:
    """Give what tasks say, without what only other facts know."""
    others = {"csm", "arr", "nps", "csat", "csat_scale", "respondent", "comment"}
    told = [{k: v for k, v in row.items() if k not in others} for row in listed(workspace)]
    return sorted(told, key=lambda row: str(row["task_id"]))

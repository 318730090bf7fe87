"""Nobody changes facts of a customer that is not theirs, by whatever number they name it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tend.acts import calls, decisions, tasks
from tend.acts.calls import Call
from tend.language.errors import TendError
from tend.people.person import Person
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace, open_workspace
from tests.kit.companies import UNTIL
from tests.people.conftest import Planted, seen


@pytest.fixture
def open_company(company: Planted, tmp_path: Path) -> Iterator[Workspace]:
    """Give a copy to write to."""
    with company.workspace.whole_copy() as file:
        (tmp_path / "w").mkdir()
        shutil.copy(file, tmp_path / "w" / "tend.duckdb")
    with open_workspace(tmp_path / "w") as opened, opened.together():
        yield opened


def refused(act: object, *given: object, **more: object) -> str:
    """Give why something is refused."""
    with pytest.raises(TendError) as error:
        act(*given, **more)  # type: ignore[operator]
    return error.value.code


def test_facts_of_others_are_refused(open_company: Workspace, company: Planted) -> None:
    """Named by the customer's id or name, by the contract, by the number of a task or decision."""
    whole, own = open_company, open_company.seen_by(seen())
    mine, foreign = min(company.mine), min(company.foreign)
    contract = next(row for row in company.sheets["contracts"] if row["customer_id"] == foreign)
    name = contract["customer_name"]
    number = tasks.add(whole, {foreign: None}, "Call", due_on=UNTIL, day=UNTIL)
    [(task,)] = whole.read(
        lambda cursor: cursor.execute(
            "select task_id from rows_tasks where import_id = ?", [number]
        ).fetchall()
    )
    for dataset, fact in (
        ("touches", {"customer_id": foreign, "touched_on": UNTIL, "kind": "call"}),
        ("touches", {"customer_name": name, "touched_on": UNTIL, "kind": "call"}),
        ("touches", {"customer_id": "nobody", "touched_on": UNTIL, "kind": "call"}),
        ("customers", {"customer_id": foreign, "csm": "Ines Okar"}),
        ("calls", {"contract_id": contract["contract_id"], "call": "lost", "called_on": UNTIL}),
        (
            "calls",
            {"contract_id": contract["contract_id"], "customer_id": mine, "called_on": UNTIL},
        ),
        ("tasks", {"task_id": task, "customer_id": mine, "done_on": UNTIL}),
        ("decisions", {"decision": "x", "decided_on": UNTIL, "customer_id": foreign}),
    ):
        assert refused(entries.enter, own, dataset, [fact]) == "not_own_customer", fact
    assert refused(imports.undo, own, number) in {"not_own_customer", "not_allowed_undo"}
    reviewer = whole.seen_by(Person("R", "reviewer", "p9"))
    assert refused(decisions.write, reviewer, "x", day=UNTIL) == "not_allowed_edit"


def test_own_facts_are_taken_and_taken_back(open_company: Workspace, company: Planted) -> None:
    """As long as the customer is theirs: who has given it away takes nothing back any more."""
    whole, own, mine = open_company, open_company.seen_by(seen()), min(company.mine)
    number = tasks.add(own, {mine: "Ines"}, "Call", due_on=UNTIL, day=UNTIL)
    imports.undo(own, number)
    number = decisions.write(own, "Mine", day=UNTIL)
    imports.undo(own, number)
    contract = next(row for row in company.sheets["contracts"] if row["customer_id"] == mine)
    number = calls.keep(own, Call(contract["contract_id"], mine, "lost", UNTIL))
    entries.enter(whole, "customers", [{"customer_id": mine, "csm": "Jonas Pell"}])
    assert refused(imports.undo, own, number) == "not_own_customer"
    other = decisions.write(whole.seen_by(Person("Bo")), "Of Bo", day=UNTIL)
    assert refused(imports.undo, own, other) == "not_allowed_undo"


def test_a_refusal_tells_nothing_of_others(open_company: Workspace, company: Planted) -> None:
    """Neither whose a number is, nor how a task of others stands, nor whether there is one."""
    whole, own = open_company, open_company.seen_by(seen())
    foreign = min(company.foreign)
    contract = next(row for row in company.sheets["contracts"] if row["customer_id"] == foreign)
    told = set()
    for named in (contract["contract_id"], "K-INVENTED"):
        with pytest.raises(TendError) as error:
            calls.keep(own, Call(named, None, "lost", UNTIL))  # type: ignore[arg-type]
        told.add((error.value.message("en"), error.value.message("zh")))
    assert len(told) == 1
    tasks.add(whole, {foreign: None}, "Call", due_on=UNTIL, day=UNTIL)
    [(task, done, put_off)] = whole.read(
        lambda cursor: cursor.execute(
            "select task_id, done_on, snoozed_until from stg_tasks where customer_id = ?"
            " and task = 'Call'",
            [foreign],
        ).fetchall()
    )
    fact = {"task_id": task, "customer_id": foreign, "task": "Call"}
    for as_it_is in (True, False):
        is_done = done if as_it_is else UNTIL
        row = {**fact, "done_on": is_done, "snoozed_until": put_off}
        assert refused(tasks.change, own, [row], note="x") == "not_own_customer"
    assert refused(tasks.make, own, [fact]) == "not_own_customer"

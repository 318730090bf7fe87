"""Everything that somebody may do in a workspace, each with the roles that may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

from tend.acts import (
    calls,
    customer_lists,
    decisions,
    definitions,
    entered_workbook,
    merges,
    notebooks,
    stages,
    tasks,
)
from tend.acts.calls import Call
from tend.acts.stages import Move
from tend.notebook.cells import Notebook
from tend.people.person import Person
from tend.queries import asking
from tend.settings.customer_lists import PLAIN
from tend.settings.sop import Sop, Step
from tend.store.facts import entries, imports, preview
from tend.store.watched import log
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.people import everybody

DAY = date(2026, 9, 30)
CSM, OTHER = "Wang Fang", "Li Lei"
OWN, FOREIGN = "C1", "C3"
SOP = Sop(goal="", role="csm", steps=(Step(text="Call", days=7),))
REFUSED = {"not_own_customer", "not_whole"}
_numbers = count(1)
Act = Callable[[Workspace, str], object]


@dataclass(frozen=True)
class Way:
    """Something that is done: for a customer or for the team, and which roles may."""

    act: Act
    may: Callable[[Person], bool]


def of_customer(act: Act) -> dict[str, Way]:
    """Give a way of doing something for a customer: one's own, another's."""
    return {
        OWN: Way(act, lambda person: person.role in ("admin", "leader", "csm")),
        FOREIGN: Way(act, lambda person: person.role in ("admin", "leader")),
    }


def of_team(act: Act, *roles: str) -> dict[str, Way]:
    """Give a way of doing something that is of no customer."""
    return {"": Way(act, lambda person: person.role in roles)}


def _one(workspace: Workspace, asked: str, *given: object) -> Mapping[str, object]:
    """Give a row as it is, whoever may see it."""
    with workspace.whole_cursor() as cursor:
        found = cursor.execute(asked, list(given))
        names = [column[0] for column in found.description or ()]
        row = found.fetchone()
    assert row is not None
    return dict(zip(names, row, strict=True))


def _entry(workspace: Workspace, who: str, dataset: str, customer: str) -> int:
    return int(
        str(
            _one(
                workspace,
                "select max(told.import_id) as number from imports"
                " inner join stg_mentions as told using (import_id)"
                " inner join sheets using (import_id)"
                " inner join sheet_datasets as fed using (import_id)"
                " where who = ? and fed.dataset = ? and told.customer_id = ? and undone_at is null",
                *(who, dataset, customer),
            )["number"]
        )
    )


def touch(workspace: Workspace, *customers: str) -> int:
    """Note a touch of each customer; give the number of the entry."""
    facts = [
        {"customer_id": one, "touched_on": DAY, "kind": f"call {next(_numbers)}"}
        for one in customers
    ]
    return entries.enter(workspace, "touches", facts)


def _answer(workspace: Workspace, customer: str) -> int:
    fact = {"customer_id": customer, "answered_on": DAY, "nps": 9.0, "respondent": "A"}
    return entries.enter(workspace, "surveys", [fact])


def task(workspace: Workspace, *customers: str) -> int:
    """Add a task for each customer; give the number of the entry."""
    said = f"call {next(_numbers)}"
    return tasks.add(workspace, dict.fromkeys(customers), said, due_on=DAY, day=DAY)


def _finish(workspace: Workspace, customer: str, **forged: object) -> int:
    seen = _one(
        workspace,
        "select task_id, customer_id, task, done_on, snoozed_until from stg_tasks"
        " where customer_id = ? order by all limit 1",
        customer,
    )
    note = f"note {next(_numbers)}"
    return tasks.change(workspace, [{**seen, **forged}], note=note)


def _propose(workspace: Workspace, customer: str) -> int:
    fact = {"task_id": f"rule-{next(_numbers)}", "customer_id": customer, "task": "Call"}
    return tasks.make(workspace, [fact | {"due_on": DAY, "made_on": DAY, "cause": "touch"}])


def _sop(workspace: Workspace, customer: str) -> int:
    row = {"customer_id": customer, "csm": None, "account_manager": None}
    return tasks.start(workspace, f"cell {next(_numbers)}", SOP, [row], DAY)


def _move(workspace: Workspace, customer: str, contract: str = "") -> int:
    number = contract or f"K-{customer}"
    newest = _one(
        workspace,
        "select max(one['import_id']) as seen from stg_stages, unnest(sources) as told(one)"
        " where contract_id = ?",
        number,
    )["seen"]
    note = f"note {next(_numbers)}"
    seen = None if newest is None else int(str(newest))
    return stages.move(workspace, Move(number, customer, "plan", DAY, seen, note), as_of=DAY)


def _call(workspace: Workspace, customer: str) -> int:
    return calls.keep(workspace, Call(f"K-{customer}", customer, "commit", DAY))


def _decide(workspace: Workspace, customer: str) -> int:
    said = f"decided {next(_numbers)}"
    return decisions.write(workspace, said, day=DAY, customer_id=customer or None)


def _edit(workspace: Workspace, customer: str, **values: object) -> int:
    seen = _one(
        workspace,
        "select * from stg_decisions where decision = ?",
        f"first of {customer or 'the team'}",
    )
    values = values or {"due_on": date(2027, 1, next(_numbers) % 28 + 1)}
    return decisions.change(workspace, seen, **values)


def _csm(workspace: Workspace, customer: str) -> int:
    """Set a customer's CSM to whom it is, or take it over: who says so has it before that."""
    now = _one(workspace, "select csm from stg_customers where customer_id = ?", customer)["csm"]
    csm = CSM if workspace.person.role == "csm" else now
    return entries.enter(workspace, "customers", [{"customer_id": customer, "csm": csm}])


def _keep(workspace: Workspace, _: str) -> int:
    name = f"notebook {next(_numbers)}"
    return notebooks.keep(workspace, Notebook(notebooks.new_id(name), name))


def _others(workspace: Workspace, _: str, what: str = "keep") -> int:
    kept = notebooks.find(workspace.seen_by(everybody(CSM)["admin"]), "Ada's", "en")
    if what == "keep":
        return notebooks.keep(workspace, kept.notebook, seen=kept.version)
    return getattr(notebooks, what)(workspace, kept)  # type: ignore[no-any-return]


def _list(workspace: Workspace, _: str) -> object:
    return customer_lists.keep(workspace, f"list {next(_numbers)}", PLAIN)


def _setting(workspace: Workspace, _: str) -> object:
    return workspace.set("door_seconds", 10 + next(_numbers) % 20)


def _settings(workspace: Workspace, _: str) -> object:
    now = workspace.settings
    return definitions.keep(
        workspace, now.with_all({"door_seconds": 10 + next(_numbers) % 20}), now
    )


def _with_a_list(workspace: Workspace, _: str) -> object:
    """Change a setting beside a list."""
    now = workspace.settings
    lists = {f"list {next(_numbers)}": PLAIN}
    wanted = now.with_all({"customer_lists": lists, "door_seconds": 10 + next(_numbers) % 20})
    return workspace.define(wanted, base=now)


def _read(workspace: Workspace, _: str) -> object:
    return imports.read(workspace, Path(__file__))


def _undo_entry(workspace: Workspace, customer: str) -> object:
    number = touch(workspace.seen_by(everybody(CSM)["admin"]), customer)
    imports.undo(workspace, number)
    return number


EVERYBODY = ("admin", "leader", "csm", "reviewer")
EDITORS = EVERYBODY[:3]
WAYS: Mapping[str, dict[str, Way]] = {
    "touch": of_customer(touch),
    "answer": of_customer(_answer),
    "task": of_customer(task),
    "finish a task": of_customer(_finish),
    "take a proposal": of_customer(_propose),
    "start an SOP": of_customer(_sop),
    "move a renewal": of_customer(_move),
    "call a renewal": of_customer(_call),
    "decide": of_customer(_decide),
    "edit a decision": of_customer(_edit),
    "set the CSM": of_customer(_csm),
    "undo an entry of others": of_customer(_undo_entry),
    "touch both": of_team(lambda ws, _: touch(ws, OWN, FOREIGN), "admin", "leader"),
    "task for both": of_team(lambda ws, _: task(ws, OWN, FOREIGN), "admin", "leader"),
    "another's task as one's own": of_team(
        lambda ws, _: _finish(ws, FOREIGN, customer_id=OWN), "admin", "leader"
    ),
    "another's contract as one's own": of_team(
        lambda ws, _: _move(ws, OWN, f"K-{FOREIGN}"), "admin", "leader"
    ),
    "another's decision as one's own": of_team(
        lambda ws, _: _edit(ws, FOREIGN, owner=f"n{next(_numbers)}"), "admin", "leader"
    ),
    "one's own decision to another's": of_team(
        lambda ws, _: _edit(ws, "C2", customer_id="C4"), "admin", "leader"
    ),
    "touch by name": of_team(
        lambda ws, _: entries.enter(
            ws, "touches", [{"customer_name": "Firm C3", "touched_on": DAY, "kind": "call"}]
        ),
        *("admin", "leader"),
    ),
    "decide for the team": of_team(_decide, *EDITORS),
    "edit the team's decision": of_team(_edit, "admin", "leader"),
    "hold the meeting": of_team(
        lambda ws, _: decisions.hold(ws, "held", day=date(2026, 1, next(_numbers) % 28 + 1)),
        *EDITORS,
    ),
    "merge": of_team(lambda ws, _: _merged(ws), "admin", "leader"),
    "keep two": of_team(lambda ws, _: merges.keep_apart(ws, OWN, "C2"), "admin", "leader"),
    "keep a notebook": of_team(_keep, *EDITORS),
    "keep another's notebook": of_team(_others, "admin", "leader"),
    "pin another's notebook": of_team(partial(_others, what="pin"), "admin", "leader"),
    "keep a list": of_team(_list, *EDITORS),
    "set": of_team(_setting, "admin"),
    "keep definitions": of_team(_settings, "admin"),
    "set beside a list": of_team(_with_a_list, "admin"),
    "try definitions": of_team(
        lambda ws, _: asking.rehearse(ws, ws.settings, View(DAY), ["data_sets"]), "admin"
    ),
    "read a file": of_team(_read, "admin"),
    "foresee an import": of_team(lambda ws, _: preview.rehearse(ws, []), "admin"),
    "undo a file": of_team(lambda ws, _: _undo_file(ws), "admin"),
    "leave a file out": of_team(lambda ws, _: log.leave_out(ws, "x"), "admin"),
    "take entries along": of_team(lambda ws, _: entered_workbook.workbook(ws, "en"), *EVERYBODY),
}


def _merged(workspace: Workspace) -> None:
    merges.merge(workspace, OWN, "C2")
    merges.unmerge(workspace, OWN)


def _undo_file(workspace: Workspace) -> None:
    """Take a file back that somebody else brought."""
    with workspace.seen_by(everybody(CSM)["admin"]).writing("import") as cursor:
        [number] = cursor.execute(
            "insert into imports (import_id, imported_at, who, file, content_hash, mode)"
            " select max(import_id) + 1, ?, 'Ada', 'f.xlsx', ?, 'merge' from imports"
            " returning import_id",
            [DAY, f"h{next(_numbers)}"],
        ).fetchone() or (0,)
    imports.undo(workspace, number)

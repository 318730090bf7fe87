"""What people do with tasks: start an SOP, add, do, put off, take back. Each is an entry.

What an SOP makes has a number that follows from its cause, so that two who start it make one.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import duckdb

from tend.language.errors import TendError
from tend.settings.sop import Sop
from tend.store.database.clock import now
from tend.store.facts import entries
from tend.store.people import own
from tend.store.workspace import Workspace

Row = Mapping[str, object]
# What a reader saw of a task, and what may not have changed when it is done or put off.
_SEEN = ("done_on", "snoozed_until")
# States of tasks that are still to be done; what is put off comes back after so long.
NOT_DONE = ("forgotten", "overdue", "due", "open", "snoozed")
WEEK = timedelta(days=7)


def make(workspace: Workspace, facts: Sequence[Row]) -> int:
    """Keep tasks that rules ask for, taken or left, as one entry.

    Raises TendError where somebody has taken or left one of them since they were seen.
    """
    with workspace.writing("edit") as cursor:
        own.check(cursor, workspace.person, "tasks", facts)  # before a word on what is there
        found = cursor.execute(
            "select task_id from stg_tasks where list_contains(?, task_id)",
            [[fact["task_id"] for fact in facts]],
        ).fetchall()
        there = {number for (number,) in found}
        for fact in facts:
            if fact["task_id"] in there:
                raise TendError("proposal_gone", task=fact["task"])
        return entries.put(cursor, "tasks", facts, workspace.person)


def start(workspace: Workspace, cell: str, sop: Sop, customers: Sequence[Row], day: date) -> int:
    """Start the SOP of a cell: its steps become tasks, for customers without an open one of it.

    Gives the number of the entry. Raises TendError where nobody is left to start it for.
    """
    return start_each(workspace, [(cell, sop, customers)], day)


def start_each(
    workspace: Workspace,
    runs: Sequence[tuple[str, Sop, Sequence[Row]]],
    day: date,
) -> int:
    """Start the SOPs of several cells as one entry, each for its customers; as `start`."""
    with workspace.cursor() as cursor:
        running = {cell: _running(cursor, cell, _names(rows)) for cell, _, rows in runs}
    facts = [
        _step(row, cell, sop, place, day)
        for cell, sop, rows in runs
        for row in rows
        if row["customer_id"] not in running[cell]
        for place in range(1, len(sop.steps) + 1)
    ]
    if not facts:
        raise TendError("sop_running")
    with workspace.writing("edit") as cursor:
        own.check(cursor, workspace.person, "tasks", facts)  # before a word on what is there
        if any(_running(cursor, cell, _names(rows)) - running[cell] for cell, _, rows in runs):
            raise TendError("sop_just_started")
        return entries.put(cursor, "tasks", facts, workspace.person)


def _step(row: Row, cell: str, sop: Sop, place: int, day: date) -> Row:
    step = sop.steps[place - 1]
    return {
        "task_id": _number(row["customer_id"], cell, day, place),
        "customer_id": row["customer_id"],
        "task": step.text,
        "due_on": day + timedelta(days=step.days),
        "made_on": day,
        "owner": _owner(row, sop),
        "cause": "sop",
        "about": cell,
        "step": str(place),
    }


def _names(rows: Sequence[Row]) -> list[str]:
    return [str(row["customer_id"]) for row in rows]


def add(
    workspace: Workspace,
    owners: Mapping[str, str | None],
    said: str,
    *,
    due_on: date,
    day: date,
) -> int:
    """Keep a task that somebody thought of, for each customer with its owner, as one entry."""
    facts = [
        {
            "task_id": _own_number(customer_id, said),
            "customer_id": customer_id,
            "task": said,
            "due_on": due_on,
            "made_on": day,
            "cause": "own",
            "owner": owner,
        }
        for customer_id, owner in owners.items()
    ]
    return entries.enter(workspace, "tasks", facts)


def _own_number(customer_id: str, said: str) -> str:
    """Give a number of its own to each: the same words may be noted twice."""
    key = f"{customer_id}|{said}|{now()}"
    return f"own-{hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()[:12]}"


def change(workspace: Workspace, seen: Sequence[Row], **values: object) -> int:
    """Set `done_on`, `snoozed_until`, `owner` or `note` of the tasks that were seen.

    Gives the number of the entry, by which it can be taken back. Raises TendError where somebody
    else has done one of them or put it off since it was seen.
    """
    facts = [
        {"task_id": row["task_id"], "customer_id": row["customer_id"], **values} for row in seen
    ]
    with workspace.writing("edit") as cursor:
        own.check(cursor, workspace.person, "tasks", facts)  # before a word on what is there
        found = cursor.execute(
            f"select task_id, {', '.join(_SEEN)} from stg_tasks where list_contains(?, task_id)",
            [[row["task_id"] for row in seen]],
        ).fetchall()
        there = {number: tuple(state) for number, *state in found}
        moved = [r for r in seen if there.get(r["task_id"]) != tuple(r[name] for name in _SEEN)]
        if moved:
            raise TendError("task_moved", task=moved[0]["task"])
        return entries.put(cursor, "tasks", facts, workspace.person)


def _running(cursor: duckdb.DuckDBPyConnection, cell: str, names: list[str]) -> set[str]:
    found = cursor.execute(
        "select distinct customer_id from stg_tasks where cause = 'sop' and about = ?"
        " and done_on is null and list_contains(?, customer_id)",
        [cell, names],
    ).fetchall()
    return {name for (name,) in found}


def _number(customer_id: object, cell: str, day: date, place: int) -> str:
    """Give the same number to the same step: two who start it on one day start it once."""
    key = f"{customer_id}|{cell}|{day}|{place}"
    return f"sop-{hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()[:12]}"


def _owner(row: Row, sop: Sop) -> object:
    """Give who does it: the account manager where the SOP is theirs, else the CSM."""
    first, second = ("account_manager", "csm") if sop.role == "am" else ("csm", "account_manager")
    return row.get(first) or row.get(second)

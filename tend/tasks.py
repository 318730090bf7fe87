"""Tasks by rules: which causes wait for one, and one task for each of them."""

from collections.abc import Mapping
from datetime import date

import pyarrow as pa

from tend import queries, text
from tend.settings import Settings
from tend.store import model, tasks
from tend.store.workspace import Workspace
from tend.view import View

Row = Mapping[str, object]
_BY_RULE = "Tend"
# Settings of the rules that can be tried before they are kept.
_DRAFTED = ("task_rules", "task_look_back_days", "low_active_share", "tasks_a_day")


def pending(workspace: Workspace, as_of: date, draft: Settings | None = None) -> pa.Table:
    """Give the causes that have no task yet: what `make` would make, by these rules or others."""
    given = {} if draft is None else model.parameters(draft, as_of)
    drafted = {name: given[name] for name in _DRAFTED if name in given}
    return queries.run(workspace, "task_causes", View(as_of), **drafted)


def make(workspace: Workspace, as_of: date, language: str, who: str = _BY_RULE) -> list[Row]:
    """Make a task for every cause that has none; give what was made.

    Its number follows from its cause: two who make it at once make one.
    """
    found: list[Row] = pending(workspace, as_of).to_pylist()
    kept = ("task_id", "customer_id", "cause", "about", "due_on", "owner")
    facts = [
        {name: row[name] for name in kept} | {"made_on": as_of, "task": words(row, language)}
        for row in found
    ]
    tasks.make(workspace, facts, as_of, who)
    return found


def catch_up(workspace: Workspace, as_of: date, language: str) -> int:
    """Look at the rules where nobody has yet, today or since the last file; count what was made."""
    return len(make(workspace, as_of, language)) if tasks.is_due(workspace, as_of) else 0


def words(row: Row, language: str) -> str:
    """Say what a task asks for: that of a rule in the reader's language, others as written."""
    key = f"tasks.rules.{row['cause']}"
    if not text.has(key):
        return str(row.get("task") or "")
    return text.say(key, language, about=row["about"] or "")

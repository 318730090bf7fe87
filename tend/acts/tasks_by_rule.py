"""Tasks by rules: which causes wait for one, and one task for each of them."""

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from tend.acts import tasks
from tend.figures import task_words
from tend.queries import asking
from tend.store.workspace import Workspace
from tend.view import View

Row = Mapping[str, object]
_BY_RULE = "Tend"


def pending(workspace: Workspace, as_of: date, *, made_on: date | None = None) -> pa.Table:
    """Give the causes that have no task yet: what `make` would make.

    Files may end long before today: the rules look from the day the data speak of, and the days to
    do what they ask for count from `made_on`, when somebody can do it (M36).
    """
    return asking.run(workspace, "task_causes", View(as_of), due_from=made_on)


def make(workspace: Workspace, as_of: date, language: str) -> list[Row]:
    """Make a task for every cause that has none; give what was made."""
    found: list[Row] = pending(workspace, as_of).to_pylist()
    if found:
        take(workspace, found, language, day=as_of)
    return found


def take(workspace: Workspace, found: Sequence[Row], language: str, *, day: date) -> int:
    """Make tasks of what rules propose, there from a day; give the number of the entry.

    The number of a task follows from its cause: two who take it at once make one.
    """
    return tasks.make(workspace, _facts(found, language, day))


def leave(workspace: Workspace, found: Sequence[Row], language: str, *, day: date) -> int:
    """Leave what rules propose: the same cause asks no more; give the number of the entry."""
    facts = [fact | {"dropped_on": day} for fact in _facts(found, language, day)]
    return tasks.make(workspace, facts)


def _facts(found: Sequence[Row], language: str, day: date) -> list[dict[str, object]]:
    kept = ("task_id", "customer_id", "cause", "about", "due_on", "owner")
    return [
        {name: row[name] for name in kept} | {"made_on": day, "task": task_words.of(row, language)}
        for row in found
    ]

"""Tasks by rules: which causes wait for one, and one task for each of them."""

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa

from tend.acts import tasks
from tend.language import format, text
from tend.queries import asking
from tend.settings import sops
from tend.store.workspace import Workspace
from tend.view import View

Row = Mapping[str, object]
_BY_RULE = "Tend"
# So much of a comment is shown in a list.
_COMMENT = 120
_SCALED = {"csat": ("csat_scale",)}


def pending(workspace: Workspace, as_of: date, *, made_on: date | None = None) -> pa.Table:
    """Give the causes that have no task yet: what `make` would make.

    Files may end long before today: the rules look from the day the data speak of, and the days to
    do what they ask for count from `made_on`, when somebody can do it (M36).
    """
    return asking.run(workspace, "task_causes", View(as_of), due_from=made_on)


def make(workspace: Workspace, as_of: date, language: str, who: str = _BY_RULE) -> list[Row]:
    """Make a task for every cause that has none; give what was made."""
    found: list[Row] = pending(workspace, as_of).to_pylist()
    if found:
        take(workspace, found, language, day=as_of, who=who)
    return found


def take(
    workspace: Workspace, found: Sequence[Row], language: str, *, day: date, who: str = ""
) -> int:
    """Make tasks of what rules propose, there from a day; give the number of the entry.

    The number of a task follows from its cause: two who take it at once make one.
    """
    return tasks.make(workspace, _facts(found, language, day), who)


def leave(
    workspace: Workspace, found: Sequence[Row], language: str, *, day: date, who: str = ""
) -> int:
    """Leave what rules propose: the same cause asks no more; give the number of the entry."""
    facts = [fact | {"dropped_on": day} for fact in _facts(found, language, day)]
    return tasks.make(workspace, facts, who)


def _facts(found: Sequence[Row], language: str, day: date) -> list[dict[str, object]]:
    kept = ("task_id", "customer_id", "cause", "about", "due_on", "owner")
    return [
        {name: row[name] for name in kept} | {"made_on": day, "task": words(row, language)}
        for row in found
    ]


def words(row: Row, language: str) -> str:
    """Say what a task asks for: rules and SOPs as shipped in the reader's language."""
    written, about = str(row.get("task") or ""), str(row["about"] or "")
    if row["cause"] == "sop":
        return sops.step_said(about, str(row["step"]), written, language)
    key = f"tasks.rules.{row['cause']}"
    if not text.has(key):
        return written
    return _answered(text.say(key, language, about=about), row, language)


def _answered(said: str, row: Row, language: str) -> str:
    """Add what an answer was: its score, whose it is, and what was said."""
    facts = [str(row["respondent"])] if row.get("respondent") else []
    for score in ("csat", "nps"):
        if row.get(score) is not None:
            values = {name: f"{row[name] or 0:g}" for name in (score, *_SCALED.get(score, ()))}
            facts.insert(0, text.say(f"tasks.answers.{score}", language, **values))
    if facts:
        named = format.listed(facts, language)
        said = text.say("tasks.answers.by", language, task=said, facts=named)
    if row.get("comment"):
        comment = str(row["comment"])
        comment = comment if len(comment) <= _COMMENT else f"{comment[:_COMMENT].rstrip()}…"
        said = text.say("tasks.answers.said", language, task=said, comment=comment)
    return said

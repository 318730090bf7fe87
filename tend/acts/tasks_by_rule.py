"""Tasks by rules: which causes wait for one, and one task for each of them."""

from collections.abc import Mapping
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
    """Give the causes that have no task yet: what `make` would make."""
    return asking.run(workspace, "task_causes", View(as_of), due_from=made_on)


def make(
    workspace: Workspace,
    as_of: date,
    language: str,
    who: str = _BY_RULE,
    *,
    made_on: date | None = None,
) -> list[Row]:
    """Make a task for every cause that has none; give what was made.

    Its number follows from its cause: two who make it at once make one. It is there from `made_on`,
    by default the day the rules look from, and its days to be done count from then.
    """
    found: list[Row] = pending(workspace, as_of, made_on=made_on).to_pylist()
    kept = ("task_id", "customer_id", "cause", "about", "due_on", "owner")
    made_on = made_on or as_of
    facts = [
        {name: row[name] for name in kept} | {"made_on": made_on, "task": words(row, language)}
        for row in found
    ]
    tasks.make(workspace, facts, as_of, who)
    return found


def catch_up(workspace: Workspace, as_of: date, today: date, language: str) -> int:
    """Look at the rules where nobody has yet, today or since the last file; count what was made.

    Files may end long before today: the rules look from the day the data speak of, and what they
    ask for is there from today, when somebody can do it (M36).
    """
    if not tasks.is_due(workspace, as_of):
        return 0
    return len(make(workspace, as_of, language, made_on=max(as_of, today)))


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

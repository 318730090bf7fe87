"""What a meeting decides: written down, done, dropped, opened again, edited. Each is an entry."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from tend.language.errors import TendError
from tend.store.database.clock import now
from tend.store.derived import whose
from tend.store.facts import entries
from tend.store.people import own
from tend.store.workspace import Workspace

Row = Mapping[str, object]
# What a reader saw of a decision, and what may not have changed when it is acted on.
_SEEN = ("decision", "owner", "due_on", "decision_state")
MEETING = "meeting"
OPEN, DONE, DROPPED = "open", "done", "dropped"


def write(workspace: Workspace, said: str, *, day: date, **values: object) -> int:
    """Keep a decision or a note of a day; give the number of the entry."""
    number = hashlib.md5(f"{said}|{now()}".encode(), usedforsecurity=False).hexdigest()[:12]
    fact = {"decision_id": f"own-{number}", "decision": said, "decided_on": day, **values}
    return entries.enter(workspace, "decisions", [fact])


def hold(workspace: Workspace, said: str, *, day: date) -> int:
    """Keep that the meeting was held on a day: a day has one, whoever says so and how often."""
    fact = {
        "decision_id": f"meeting-{day.isoformat()}",
        "decision": said,
        "decision_kind": MEETING,
        "decided_on": day,
    }
    return entries.enter(workspace, "decisions", [fact])


def turn(workspace: Workspace, seen: Row, state: str, *, day: date) -> int:
    """Set how far a decision has come, as of a day; give the number of the entry."""
    return change(workspace, seen, decision_state=state, state_on=day)


def change(workspace: Workspace, seen: Row, **values: object) -> int:
    """Set words, owner, day or state of the decision that was seen; give the number of the entry.

    Raises TendError where somebody else has changed it since.
    """
    number = seen["decision_id"]
    fact = {"decision_id": number, **values}
    with workspace.writing("edit") as cursor:
        own.check(cursor, workspace.person, "decisions", [fact])  # before a word on what is there
        found = cursor.execute(
            f"select {', '.join(_SEEN)} from stg_decisions where decision_id = ?", [number]
        ).fetchone()
        if found is None or _is_other(workspace, seen, found):
            raise TendError("decision_moved", decision=seen["decision"])
        return entries.put(cursor, "decisions", [fact], workspace.person)


def _is_other(workspace: Workspace, seen: Row, found: Sequence[object]) -> bool:
    """Tell whether a decision is not as it was seen; what could not be seen is as it is."""
    scope = workspace.person.sees
    both = ((seen[name], there) for name, there in zip(_SEEN, found, strict=True))
    return any(one != there and not whose.is_hidden(one, scope) for one, there in both)

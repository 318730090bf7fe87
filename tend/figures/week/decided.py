"""What was decided and noted, as values: whose it is, by when, and how far it has come."""

from dataclasses import dataclass

from tend.figures import wording
from tend.figures.reading import Reading, Row
from tend.language import format
from tend.view import View

DECISION, NOTE = "decision", "note"
LONGEST = 400  # as the form takes it


@dataclass(frozen=True)
class Decided:
    """A decision or a note: what it says, what is said of it, and its row in codes."""

    said: str
    facts: tuple[str, ...]
    row: Row


def decided(reading: Reading, view: View) -> tuple[Decided, ...]:
    """Give what is open, and what was written or changed since the last meeting."""
    return tuple(_one(reading, row) for row in reading.rows("meeting_decisions", view))


def _one(reading: Reading, row: Row) -> Decided:
    is_decision = row["kind"] == DECISION
    day = "week.decisions.of_day" if is_decision else "week.decisions.noted_on"
    facts = (
        reading.say(f"week.states.{row['state']}") if is_decision else "",
        _whose(reading, row),
        wording.customer(row) if row["customer_id"] else "",
        reading.say(day, day=reading.day(row["decided_on"])),
    )
    # without names a reading has no free text
    said = row["decision"] or reading.say(f"week.entries.{row['kind']}")
    return Decided(format.clipped(said, LONGEST), tuple(fact for fact in facts if fact), row)


def _whose(reading: Reading, row: Row) -> str:
    """Say who sees to it, by when."""
    owner = format.clipped(row["owner"] or "")
    if row["due_on"] is None:
        return owner
    key = "owner_due" if owner else "by"
    return reading.say(f"week.decisions.{key}", owner=owner, day=reading.day(row["due_on"]))

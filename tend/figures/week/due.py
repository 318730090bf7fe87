"""Due: overdue and 30, 60, 90 days, by how healthy the customers are."""

from datetime import date

from tend.figures.reading import Reading, Row
from tend.figures.week import block
from tend.figures.week.block import Block, Counted, Named
from tend.language import format
from tend.view import View

NAME = "due"


def due(reading: Reading, view: View, most: int = block.NAMED) -> Block:
    """Count by time to the end and state; nothing where nothing is due."""
    *horizons, whole = reading.rows("week_due", view)
    if not whole["contracts"]:
        return block.nothing(reading, NAME, view)
    count = format.count(whole["contracts"])
    return Block(
        NAME,
        block.title(reading, NAME, view),
        count=whole["contracts"],
        written=count,
        said=reading.say("week.due.contracts", contracts=count),
        arr=whole["arr"],
        change=_changed(reading, whole["contracts_change"], view.start),
        lines=tuple(_line(reading, row) for row in horizons if row["contracts"]),
        named=tuple(_named(reading, row) for row in _first(reading, view, most)),
        rows=tuple(horizons),
    )


def _changed(reading: Reading, change: int, since: date | None) -> str:
    """Say by how many it changed since a day."""
    day = reading.day(since)
    if not change:
        return reading.say("week.unchanged", day=day)
    return reading.say("week.changed", change=format.signed(change), day=day)


def _line(reading: Reading, row: Row) -> Counted:
    said = reading.say(f"week.horizons.{row['horizon']}")
    return Counted(row["contracts"], f"{format.count(row['contracts'])} · {said}", row["arr"])


def _first(reading: Reading, view: View, most: int) -> list[Row]:
    """Give overdue contracts, then those of customers at risk, the largest first."""
    return block.first(reading.ask("week_due_list", view), most)


def _named(reading: Reading, row: Row) -> Named:
    """Say when it ends, its state and ARR."""
    state = reading.say(f"states.{row['outcome_state']}")
    when = block.ends(reading, row["days_left"])
    return block.named(reading, row, when, state, reading.money(row["arr"]))

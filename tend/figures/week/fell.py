"""Fell: who stands in a lower quadrant than at the last meeting, and which of them matter first."""

from tend.figures import moves
from tend.figures.reading import Reading, Row
from tend.figures.week import block
from tend.figures.week.block import Block, Named
from tend.language import format
from tend.view import View

NAME = "fell"


def fell(reading: Reading, view: View, most: int = block.NAMED) -> Block:
    """Count who fell, into at risk, and with an end ahead; who rose; nothing where nobody fell."""
    row = reading.one("week_fell", view)
    title = block.title(reading, NAME, view)
    if not row["compared"]:
        note = reading.say("week.no_health")
        return Block(NAME, title, notes=(note,), named=_all(reading, view, most))
    if not row["fell"]:
        return block.nothing(reading, NAME, view)
    count = format.count(row["fell"])
    lines = [
        line
        for name in ("into_risk", "ending", "rose")
        for line in block.counted(reading, "fall", name, row[name], row[f"{name}_arr"])
    ]
    return Block(
        NAME,
        title,
        count=row["fell"],
        written=count,
        said=reading.say("week.fall.customers", customers=count),
        arr=row["fell_arr"],
        lines=tuple(lines),
        named=_all(reading, view, most),
    )


def _all(reading: Reading, view: View, most: int) -> tuple[Named, ...]:
    """Name those that fell into at risk or end soon, the largest first."""
    rows = block.first(reading.ask("week_fell_list", view), most)
    return tuple(_named(reading, row) for row in rows)


def _named(reading: Reading, row: Row) -> Named:
    """Say on which axis it fell, when it ends, and its ARR."""
    changed = moves.changed({**row, "sides": moves.SIDES})
    said = [
        reading.say(
            f"week.fall.{axis}",
            was=reading.say(f"states.{was}"),
            now=reading.say(f"states.{now}"),
        )
        for axis, was, now in changed
    ]
    when = [block.ends(reading, row["days_left"])] if row["is_ending"] else []
    return block.named(reading, row, *said, *when, reading.money(row["arr"]))

"""Not covered: who was not touched this month, has no CSM, or whose renewal stands too long."""

from collections.abc import Iterator, Sequence
from typing import Any

from tend.figures import wording
from tend.figures.reading import Reading, Row
from tend.figures.week import block
from tend.figures.week.block import Block, Named
from tend.language import format
from tend.view import View

NAME = "uncovered"
_CSMS = 3


def uncovered(reading: Reading, view: View, most: int = block.NAMED) -> Block:
    """Count them, and say whose they are; nothing where everybody is covered."""
    whole, *csms = reading.rows("week_uncovered", view)
    if not (whole["untouched"] or whole["without_csm"] or whole["stuck"]):
        return block.nothing(reading, NAME, view)
    lines = [
        line
        for name in ("without_csm", "stuck")
        for line in block.counted(reading, "covered", name, whole[name], whole[f"{name}_arr"])
    ]
    rows = block.first(reading.ask("week_uncovered_list", view), most)
    return Block(
        NAME,
        block.title(reading, NAME, view),
        **_head(reading, whole, csms, view),
        lines=tuple(lines),
        named=tuple(_named(reading, row) for row in rows),
    )


def _head(reading: Reading, whole: Row, csms: Sequence[Row], view: View) -> dict[str, Any]:
    """Say how many were not touched, where touches tell it."""
    if whole["touches_until"] is None:
        return {"notes": (reading.say("week.no_touches"),)}
    if whole["is_untold"]:
        day = reading.day(whole["touches_until"])
        return {"notes": (reading.say("week.old_touches", day=day),)}
    count, before = format.count(whole["untouched"]), whole["untouched_before"]
    day, whose = reading.day(view.start), " · ".join(_whose(reading, csms))
    then = (
        "" if before is None else reading.say("week.before", before=format.count(before), day=day)
    )
    return {
        "count": whole["untouched"],
        "written": count,
        "said": reading.say("week.covered.customers", customers=count),
        "arr": whole["untouched_arr"],
        "change": then,
        "notes": (whose,) if whose else (),
    }


def _whose(reading: Reading, csms: Sequence[Row]) -> Iterator[str]:
    """Name the CSMs with the most customers that were not touched, each with its whole book."""
    for row in csms[:_CSMS]:
        if row["untouched"]:
            counts = {name: format.count(row[name]) for name in ("untouched", "customers")}
            yield reading.say("week.of_csm", csm=wording.csm(row, reading.language), **counts)


def _named(reading: Reading, row: Row) -> Named:
    """Say why it stands here, and its ARR."""
    reasons = [reading.say(f"week.uncovered.{reason}") for reason in row["reasons"]]
    if "untouched" in row["reasons"]:
        days = row["days_since_touch"]
        key = "never" if days is None else "touched"
        said = reading.say(f"week.covered.{key}", days=format.count(days))
        reasons[row["reasons"].index("untouched")] = said
    return block.named(reading, row, *reasons, reading.money(row["arr"]))

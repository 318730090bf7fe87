"""Decide: large critics, contracts marked lost, contradictions between files, stale data."""

from tend.figures.reading import Reading, Row
from tend.figures.week import block
from tend.figures.week.block import Block, Counted, Named
from tend.language import format
from tend.view import View

NAME = "decide"


def deciding(reading: Reading, view: View, most: int = block.NAMED) -> Block:
    """Count what waits by its kind; nothing where nothing does."""
    *kinds, whole = reading.rows("week_decide", view)
    if not whole["things"]:
        return block.nothing(reading, NAME, view)
    count, fresh = format.count(whole["things"]), whole["things_new"]
    key = "new" if fresh else "none_new"
    rows = block.first(reading.ask("week_decide_list", view), most)
    return Block(
        NAME,
        block.title(reading, NAME, view),
        count=whole["things"],
        written=count,
        said=reading.say("week.deciding.things", things=count),
        arr=whole["arr"],
        change=reading.say(f"week.{key}", count=format.count(fresh), day=reading.day(view.start)),
        lines=tuple(_line(reading, row) for row in kinds if row["things"]),
        named=tuple(_named(reading, row) for row in rows),
    )


def _line(reading: Reading, row: Row) -> Counted:
    said = reading.say(f"week.deciding.{row['kind']}", things=format.count(row["things"]))
    return Counted(row["things"], said, row["arr"] or None)


def _named(reading: Reading, row: Row) -> Named:
    """Say what is to be decided, and the ARR."""
    arr = [] if row["arr"] is None else [reading.money(row["arr"])]
    return block.named(reading, row, _what(reading, row), *arr)


def _what(reading: Reading, row: Row) -> str:
    day = reading.day(row["on_day"])
    if row["kind"] == "critical":
        key = "never_answered" if row["on_day"] is None else "answered"
        return reading.say(f"week.deciding.{key}", day=day)
    if row["kind"] == "marked_lost":
        return reading.say("week.deciding.save", when=block.ends(reading, -row["days"]))
    if row["kind"] == "stale":
        return reading.say("week.deciding.newest", day=day)
    return reading.say(f"week.deciding.{row['problem']}")

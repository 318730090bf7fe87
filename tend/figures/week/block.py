"""A block of This week as a value: how many, their ARR, what changed, and whom it names first."""

from dataclasses import dataclass

import pyarrow as pa

from tend.figures import wording
from tend.figures.reading import Reading, Row
from tend.language import format
from tend.view import View

# So many of a list are named in its block.
NAMED = 3


@dataclass(frozen=True)
class Counted:
    """A line of a block: how many of what, and their ARR where it is known."""

    count: int
    said: str  # with the number
    arr: float | None


@dataclass(frozen=True)
class Named:
    """One that a block names: what it is called, why it stands there, and its row in codes."""

    name: str
    line: str
    row: Row


@dataclass(frozen=True)
class Block:
    """One block of the page; the figure `week_NAME` says how it is computed and leads to its list.

    Where there is nothing, `good` says so and all else is empty. Where data are missing `count` is
    None, and a note says which.
    """

    name: str
    title: str
    good: str = ""
    count: int | None = None
    written: str = ""  # the count, or what stands in its place
    said: str = ""  # what is counted, with the count
    arr: float | None = None
    change: str = ""  # since the last meeting
    lines: tuple[Counted, ...] = ()
    notes: tuple[str, ...] = ()
    named: tuple[Named, ...] = ()
    rows: tuple[Row, ...] = ()  # what is drawn of it: times to the end, the range of rates


def title(reading: Reading, name: str, view: View) -> str:
    """Name a block; the quarter is that of the as-of date."""
    quarter = f"{view.as_of.year}-Q{(view.as_of.month + 2) // 3}"
    return reading.say(f"week.blocks.{name}", quarter=quarter)


def nothing(reading: Reading, name: str, view: View) -> Block:
    """Give a block in which nothing waits."""
    return Block(name, title(reading, name, view), good=reading.say(f"week.good.{name}"))


def counted(reading: Reading, key: str, name: str, count: int, arr: float | None) -> list[Counted]:
    """Give a line of a block; what counts nothing is no line."""
    said = reading.say(f"week.{key}.{name}", **{name: format.count(count)})
    return [Counted(count, said, arr)] if count else []


def first(table: pa.Table, most: int) -> list[Row]:
    """Give the rows of a list that its block names."""
    rows: list[Row] = table.slice(0, most).to_pylist()
    return rows


def named(reading: Reading, row: Row, *said: str) -> Named:
    """Name a customer, or a data set, and say why it stands there."""
    is_customer = row["customer_id"] is not None
    name = wording.customer(row) if is_customer else reading.say(f"datasets.{row['dataset']}")
    return Named(name, " · ".join(said), row)


def ends(reading: Reading, days_left: int | None) -> str:
    """Say when a contract ends, or for how long it is overdue."""
    if days_left is None:
        return reading.say("week.due.undated")
    if days_left == 0:
        return reading.say("week.due.today")
    key = "overdue" if days_left < 0 else "ends"
    return reading.say(f"week.due.{key}", days=format.count(abs(days_left)))

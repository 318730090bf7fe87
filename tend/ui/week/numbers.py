"""What blocks are made of: the number they begin with, and lines of numbers beneath it."""

from datetime import date
from typing import Any

import pyarrow as pa

from tend.language import format
from tend.ui.parts import html, words
from tend.ui.state import address

Row = dict[str, Any]
# So many of a list are named in its block.
_NAMED = 3
_NONE = format.count(0)


def head(number: str, said: str, arr: float | None, *lines: object) -> html.Html:
    """Give what a block begins with, its number large, its ARR, and what changed."""
    amount = html.NOTHING if arr is None else html.p(html.b(money(arr)), css="tend-amount")
    return html.div(
        html.p(html.b(number), html.span(said.removeprefix(number)), css="tend-number"),
        amount,
        *(html.p(line, css="tend-change") for line in lines if line),
    )


def lines(*rows: tuple[str, str, float | None]) -> html.Html:
    """Give lines that begin with a number and end with ARR; what counts nothing is no line."""
    return html.table(
        *(
            html.tr(
                html.td(html.b(number)),
                html.td(said.removeprefix(number)),
                html.td("" if arr is None else money(arr)),
            )
            for number, said, arr in rows
            if number != _NONE
        ),
        css="tend-lines",
    )


def money(arr: float | None) -> str:
    """Write an amount short."""
    return format.money(arr, address.choice().language)


def changed(change: int, since: date | None) -> str:
    """Say by how many it changed since a day."""
    if not change:
        return words.say("week.unchanged", day=day(since))
    return words.say("week.changed", change=format.signed(change), day=day(since))


def day(value: date | None) -> str:
    """Write a day."""
    return format.day(value, address.choice().language)


def ends(days_left: int | None) -> str:
    """Say when a contract ends, or for how long it is overdue."""
    if days_left is None:
        return words.say("week.due.undated")
    if days_left == 0:
        return words.say("week.due.today")
    key = "overdue" if days_left < 0 else "ends"
    return words.say(f"week.due.{key}", days=format.count(abs(days_left)))


def first(table: pa.Table) -> list[Row]:
    """Give the rows of a list that its block names."""
    return named(table.slice(0, _NAMED).to_pylist())


def named(rows: list[Row]) -> list[Row]:
    """Give as many rows as a block names."""
    return rows[:_NAMED]

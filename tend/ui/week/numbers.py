"""What blocks are made of: the number they begin with, and lines of numbers beneath it."""

from typing import Any

import pyarrow as pa

from tend.language import format
from tend.ui.parts import html, words
from tend.ui.state import address

Row = dict[str, Any]
# So many of a list are named in its block.
_NAMED = 3


def head(number: str, what: str, arr: float | None, *lines: object) -> html.Html:
    """Give the number a block begins with, what it counts, its ARR, and what changed."""
    amount = "" if arr is None else html.b(money(arr))
    return html.div(
        html.p(html.b(number), " ", what, css="tend-number"),
        html.p(amount, css="tend-amount") if amount else "",
        *(html.p(line, css="tend-change") for line in lines if line),
    )


def lines(*rows: tuple[str, str, float | None]) -> html.Html:
    """Give lines of count, words and ARR; one that counts nothing is left out."""
    return html.table(
        *(
            html.tr(
                html.td(html.b(count)),
                html.td(what),
                html.td("" if arr is None else money(arr)),
            )
            for count, what, arr in rows
        ),
        css="tend-lines",
    )


def money(arr: float | None) -> str:
    """Write an amount short."""
    return format.money(arr, address.choice().language)


def day(value: object) -> str:
    """Write a day."""
    return format.day(value, address.choice().language)  # type: ignore[arg-type]


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

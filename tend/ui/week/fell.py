"""Fell: who stands in a lower quadrant than at the last meeting, and which of them matter first."""

from collections.abc import Sequence
from typing import Any

from tend.figures.health import moves
from tend.language import format
from tend.ui.parts import html, words
from tend.ui.state import data
from tend.ui.week import numbers
from tend.ui.week.sentence import one
from tend.view import View

Row = dict[str, Any]
_SIDES = 3


def said(view: View) -> html.Html | None:
    """Count who fell, into at risk, and with an end ahead; who rose; nothing where nobody fell."""
    row = one("week_fell", view)
    if not row["compared"]:
        return html.p(words.say("week.no_health"), css="tend-note")
    if not row["fell"]:
        return None
    count = format.count(row["fell"])
    what = words.say("week.fall.customers", customers=count)
    lines = [_line_of(name, row) for name in ("into_risk", "ending", "rose")]
    return html.join("", (numbers.head(count, what, row["fell_arr"]), numbers.lines(*lines)))


def _line_of(name: str, row: Row) -> tuple[str, str, float]:
    number = format.count(row[name])
    return number, words.say(f"week.fall.{name}", **{name: number}), row[f"{name}_arr"]


def named(view: View) -> Sequence[Row]:
    """Give those that fell into at risk or end soon, the largest first."""
    return numbers.first(data.ask("week_fell_list", view))


def line(row: Row) -> str:
    """Say on which axis it fell, when it ends, and its ARR."""
    changed = moves.changed({**row, "sides": _SIDES})
    said = [
        words.say(
            f"week.fall.{axis}", was=words.say(f"states.{was}"), now=words.say(f"states.{now}")
        )
        for axis, was, now in changed
    ]
    ends = [numbers.ends(row["days_left"])] if row["is_ending"] else []
    return " · ".join((*said, *ends, numbers.money(row["arr"])))

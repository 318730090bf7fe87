"""Not covered: who was not touched this month, has no CSM, or whose renewal stands too long."""

from collections.abc import Sequence
from typing import Any

from tend.language import format
from tend.ui.parts import html, words
from tend.ui.state import data
from tend.ui.week import numbers
from tend.view import View

Row = dict[str, Any]
_CSMS = 3


def said(view: View) -> html.Html | None:
    """Count them, and say whose they are; nothing where everybody is covered."""
    whole, *csms = data.ask("week_uncovered", view).to_pylist()
    if not (whole["untouched"] or whole["without_csm"] or whole["stuck"]):
        return None
    lines = [_line_of(name, whole) for name in ("without_csm", "stuck")]
    return html.join("", (_head(whole, view), numbers.lines(*lines), _whose(csms, whole)))


def named(view: View) -> Sequence[Row]:
    """Give the largest."""
    return numbers.first(data.ask("week_uncovered_list", view))


def line(row: Row) -> str:
    """Say why it stands here, and its ARR."""
    reasons = [words.say(f"week.uncovered.{reason}") for reason in row["reasons"]]
    if "untouched" in row["reasons"]:
        days = row["days_since_touch"]
        key = "never" if days is None else "touched"
        said = words.say(f"week.covered.{key}", days=format.count(days))
        reasons[row["reasons"].index("untouched")] = said
    return " · ".join((*reasons, numbers.money(row["arr"])))


def _line_of(name: str, whole: Row) -> tuple[str, str, float]:
    number = format.count(whole[name])
    return number, words.say(f"week.covered.{name}", **{name: number}), whole[f"{name}_arr"]


def _head(whole: Row, view: View) -> html.Html:
    """Say how many were not touched, where touches tell it."""
    if whole["touches_until"] is None:
        return html.p(words.say("week.no_touches"), css="tend-note")
    if whole["is_untold"]:
        said = words.say("week.old_touches", day=numbers.day(whole["touches_until"]))
        return html.p(said, css="tend-note")
    count = format.count(whole["untouched"])
    what = words.say("week.covered.customers", customers=count)
    before, then = whole["untouched_before"], ""
    if before is not None:
        day = numbers.day(view.start)
        then = words.say("week.before", before=format.count(before), day=day)
    return numbers.head(count, what, whole["untouched_arr"], then)


def _whose(csms: Sequence[Row], whole: Row) -> html.Html:
    """Name the CSMs with the most customers that were not touched, each with its whole book."""
    if whole["is_untold"]:
        return html.NOTHING
    told = [
        words.say(
            "week.of_csm",
            csm=words.csm(row),
            untouched=format.count(row["untouched"]),
            customers=format.count(row["customers"]),
        )
        for row in csms[:_CSMS]
        if row["untouched"]
    ]
    return html.p(html.join(" · ", told), css="tend-line")

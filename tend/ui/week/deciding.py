"""Decide: large critics, contracts marked lost, contradictions between files, stale data."""

from collections.abc import Sequence
from typing import Any

from tend.language import format
from tend.ui.parts import html, words
from tend.ui.state import data
from tend.ui.week import numbers
from tend.view import View

Row = dict[str, Any]


def said(view: View) -> html.Html | None:
    """Count what waits by its kind; nothing where nothing does."""
    *kinds, whole = data.ask("week_decide", view).to_pylist()
    if not whole["things"]:
        return None
    count = format.count(whole["things"])
    what = words.say("week.deciding.things", things=count)
    fresh, since = whole["things_new"], numbers.day(view.start)
    key = "new" if fresh else "none_new"
    new = words.say(f"week.{key}", count=format.count(fresh), day=since)
    lines = [_line_of(row) for row in kinds]
    return html.join("", (numbers.head(count, what, whole["arr"], new), numbers.lines(*lines)))


def _line_of(row: Row) -> tuple[str, str, float | None]:
    number = format.count(row["things"])
    return number, words.say(f"week.deciding.{row['kind']}", things=number), row["arr"] or None


def named(view: View) -> Sequence[Row]:
    """Give the first of them."""
    return numbers.first(data.ask("week_decide_list", view))


def line(row: Row) -> str:
    """Say what is to be decided, and the ARR."""
    arr = [] if row["arr"] is None else [numbers.money(row["arr"])]
    return " · ".join((_what(row), *arr))


def _what(row: Row) -> str:
    day = numbers.day(row["on_day"])
    if row["kind"] == "critical":
        key = "never_answered" if row["on_day"] is None else "answered"
        return words.say(f"week.deciding.{key}", day=day)
    if row["kind"] == "marked_lost":
        return words.say("week.deciding.save", when=numbers.ends(-row["days"]))
    if row["kind"] == "stale":
        return words.say("week.deciding.newest", day=day)
    return words.say(f"week.deciding.{row['problem']}")

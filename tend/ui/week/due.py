"""Due: overdue and 30, 60, 90 days, by how healthy the customers are."""

from collections.abc import Sequence
from typing import Any

from tend.language import format
from tend.ui.parts import html, words
from tend.ui.state import data
from tend.ui.week import numbers
from tend.view import View

Row = dict[str, Any]
_STATES = (("at_risk", "▲"), ("average", "◆"), ("healthy", "●"), ("unknown", "▨"))


def said(view: View) -> html.Html | None:
    """Count by time to the end and state; nothing where nothing is due."""
    *horizons, whole = data.ask("week_due", view).to_pylist()
    if not whole["contracts"]:
        return None
    changed = numbers.changed(whole["contracts_change"], view.start)
    count = format.count(whole["contracts"])
    what = words.say("week.due.contracts", contracts=count)
    shown = [one for one in _STATES if one[0] != "unknown" or whole["unknown"]]
    return html.join(
        "", (numbers.head(count, what, whole["arr"], changed), _table(horizons, shown))
    )


def named(view: View) -> Sequence[Row]:
    """Give overdue contracts, then those of customers at risk, the largest first."""
    return numbers.first(data.ask("week_due_list", view))


def line(row: Row) -> str:
    """Say when it ends, its state and ARR."""
    state = words.say(f"states.{row['outcome_state']}")
    return " · ".join((numbers.ends(row["days_left"]), state, numbers.money(row["arr"])))


def _table(horizons: Sequence[Row], shown: Sequence[tuple[str, str]]) -> html.Html:
    heads = (
        html.th(sign, css=words.ink("states", state), title=words.say(f"states.{state}"))
        for state, sign in shown
    )
    return html.table(
        html.tr(html.th(words.say("week.due.time")), *heads, html.th(words.say("week.due.arr"))),
        *(_row(row, shown) for row in horizons),
        css="tend-grid",
    )


def _row(row: Row, shown: Sequence[tuple[str, str]]) -> html.Html:
    cells = (
        html.td(format.count(row[state]), css="" if row[state] else "tend-none")
        for state, _ in shown
    )
    name = words.say(f"week.horizons.{row['horizon']}")
    return html.tr(html.td(name), *cells, html.td(numbers.money(row["arr"])))

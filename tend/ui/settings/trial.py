"""What a draft would change, before it is kept: who moves, and what it would have foretold."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures import moves, palette
from tend.figures.limits import PALE_BELOW
from tend.language import format
from tend.queries import asking, rehearsal
from tend.queries.rehearsal import Move
from tend.settings import draft as drafts
from tend.settings.company import Settings
from tend.ui.parts import html, words
from tend.ui.settings import definition_words as said
from tend.ui.settings import moved
from tend.ui.state import address, data
from tend.view import View

Row = dict[str, Any]
Answers = Mapping[str, pa.Table]
_ASKED = ("health", "health_backtest", "health_steadiness", "score_limits")
# From the lowest quadrant number of a row to its highest; experience upwards, outcome to the right.
_ROWS = ((3, 6, 9), (2, 5, 8), (1, 4, 7))
_STATES = moves.STATES[3]


def show(draft: Settings, as_of: date) -> None:
    """Show now and then: limits, customers that would stand elsewhere, and the backtest."""
    with st.spinner(words.say("settings.try.working")):
        now, then = _answers(draft, as_of)
    found = rehearsal.moves(now["health"], then["health"])
    html.show(_sentence(found, len(now["health"])))
    states = [move for move in found if move.axis != "quadrant"]
    if states:
        html.show(_moves(states))
    quadrants = [move for move in found if move.axis == "quadrant"]
    if quadrants:
        with st.expander(words.say("settings.try.quadrants"), key="try_quadrants"):
            html.show(_moves(quadrants))
    html.show(
        html.join(
            "",
            (
                html.div(
                    html.h3(words.say("settings.try.backtest")),
                    html.p(words.say("settings.try.backtest_what")),
                    css="tend-figure",
                ),
                html.div(_test("now", now), _test("then", then), css="tend-tests"),
            ),
        )
    )


def _answers(draft: Settings, as_of: date) -> tuple[Answers, Answers]:
    ws = data.workspace()
    whole = drafts.onto(ws.settings, draft)
    view = View(as_of)
    now = {name: data.ask(name, view) for name in _ASKED}
    tried = data.once(
        *("rehearsed", whole.model_dump_json(), as_of),
        make=lambda: asking.rehearse(ws, whole, view, _ASKED),
    )
    return now, tried


def _sentence(found: list[Move], customers: int) -> html.Html:
    counts = {
        axis: format.count(rehearsal.movers(found, f"{axis}_state"))
        for axis in ("outcome", "experience")
    }
    quadrants = rehearsal.movers(found, "quadrant")
    key = "moved" if found else "nobody"
    told = words.say(
        f"settings.try.{key}",
        customers=format.count(customers),
        quadrants=format.count(quadrants),
        **counts,
    )
    return html.p(told, css="tend-sum")


def _moves(found: list[Move]) -> html.Html:
    return moved.table(found, lambda axis: words.say(f"settings.axes.{axis}"), _state)


def _state(axis: str, code: object) -> str:
    if axis != "quadrant":
        return words.say(f"states.{code}")
    if code is None:
        return words.say("states.unknown")
    experience, outcome = divmod(int(str(code)) - 1, 3)[::-1]
    return words.say(
        "settings.quadrant",
        outcome=words.say(f"settings.states.{_STATES[outcome]}"),
        experience=words.say(f"settings.states.{_STATES[experience]}"),
    )


def _test(when: str, answers: Answers) -> html.Html:
    rows = {row["quadrant"]: row for row in answers["health_backtest"].to_pylist()}
    title = html.h3(words.say(f"settings.try.{when}"))
    if not rows:
        return html.div(title, html.p(words.say("settings.try.no_cases")))
    grid = html.join("", (_line(place, rows) for place in range(len(_ROWS))))
    under = html.join(
        "",
        (html.span(words.say(f"settings.states.{state}"), css="tend-under") for state in _STATES),
    )
    axes = words.say("settings.try.axes")
    return html.div(
        title,
        html.div(grid, html.span(), under, css="tend-grid"),
        html.p(axes, css="tend-axis"),
        html.p(said.foretells(next(iter(rows.values())))),
        html.p(said.steadiness(answers["health_steadiness"].to_pylist()[0])),
        _limits(answers),
        _unknown(rows.get(None)),
    )


def _line(place: int, rows: Mapping[object, Row]) -> html.Html:
    state = words.say(f"settings.states.{_STATES[::-1][place]}")
    return html.join("", (html.span(state), *(_cell(rows.get(number)) for number in _ROWS[place])))


def _cell(row: Row | None) -> html.Html:
    if row is None:
        return html.div(format.MISSING)
    ink = palette.palette(st.context.theme.type == "dark")
    # As the heat maps of the app: what is lost stands out.
    share = max(0.0, min(1.0, (row["rate"] - 0.5) / 0.5))
    low, high = ink.heat
    ground = f"color-mix(in srgb, {high} {share:.0%}, {low})"
    front = ink.on_heat[0] if row["rate"] < 0.5 + ink.heat_turn / 2 else ink.on_heat[1]
    few = "tend-few" if row["contracts"] < PALE_BELOW else ""
    rate = format.rate(row["rate"], address.choice().language)
    return html.div(
        rate,
        html.small(row["renewed"], "/", row["contracts"]),
        css=few,
        style=f"background:{ground};color:{front}",
    )


def _limits(answers: Answers) -> html.Html:
    """Name the limits of the states."""
    told = [
        words.say(
            "settings.try.limits",
            score=said.score(row["score"]),
            average=said.number(row["average_from"]),
            healthy=said.number(row["healthy_from"]),
        )
        for row in answers["score_limits"].to_pylist()
    ]
    return html.p(html.small(html.join(html.BREAK, told)))


def _unknown(row: Row | None) -> html.Html:
    if row is None:
        return html.NOTHING
    language = address.choice().language
    counts = {
        "contracts": format.count(row["contracts"]),
        "rate": format.rate(row["rate"], language),
    }
    return html.p(html.small(words.say("settings.try.unknown", **counts)))

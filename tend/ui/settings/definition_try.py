"""What a draft would change, before it is kept: who moves, and what it would have foretold."""

import html
from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures import palette
from tend.language import format
from tend.queries import asking, rehearsal
from tend.queries.rehearsal import Move
from tend.settings import draft as drafts
from tend.settings.company import Settings
from tend.ui.intake import sheets
from tend.ui.parts import words
from tend.ui.settings import definition_words as said
from tend.ui.state import address, data
from tend.view import View

Row = dict[str, Any]
Answers = Mapping[str, pa.Table]
_ASKED = ("health", "health_backtest", "score_limits")
_NAMED = 5
_MOVES_SHOWN = 12
_FEW = 5
# From the lowest quadrant number of a row to its highest; experience upwards, outcome to the right.
_ROWS = ((3, 6, 9), (2, 5, 8), (1, 4, 7))
_STATES = ("at_risk", "average", "healthy")


def show(draft: Settings, as_of: date) -> None:
    """Show now and then: limits, customers that would stand elsewhere, and the backtest."""
    with st.spinner(words.say("settings.try.working")):
        now, then = _answers(draft, as_of)
    found = rehearsal.moves(now["health"], then["health"])
    st.html(_sentence(found, len(now["health"])))
    st.html(_moves([move for move in found if move.axis != "quadrant"]))
    quadrants = [move for move in found if move.axis == "quadrant"]
    if quadrants:
        with st.expander(words.say("settings.try.quadrants"), key="try_quadrants"):
            st.html(_moves(quadrants))
    st.html(
        f'<div class="tend-figure"><h3>{words.escaped("settings.try.backtest")}</h3>'
        f"<p>{words.escaped('settings.try.backtest_what')}</p></div>"
        f'<div class="tend-tests">{_test("now", now)}{_test("then", then)}</div>'
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


def _sentence(found: list[Move], customers: int) -> str:
    counts = {
        axis: format.count(rehearsal.movers(found, f"{axis}_state"))
        for axis in ("outcome", "experience")
    }
    quadrants = rehearsal.movers(found, "quadrant")
    key = "moved" if found else "nobody"
    told = words.escaped(
        f"settings.try.{key}",
        customers=format.count(customers),
        quadrants=format.count(quadrants),
        **counts,
    )
    return f'<p class="tend-sum">{told}</p>'


def _moves(found: list[Move]) -> str:
    if not found:
        return ""
    rows = "".join(
        f"<tr><td>{words.escaped(f'settings.axes.{move.axis}')}</td>"
        f"<td>{_state(move.axis, move.before)} → {_state(move.axis, move.after)}{_names(move)}</td>"
        f"<td>{format.count(len(move.names))}</td></tr>"
        for move in found[:_MOVES_SHOWN]
    )
    heads = sheets.heads("settings.try", ("axis", "from_to", "customers"))
    return sheets.table(heads, [rows], "tend-moves")


def _names(move: Move) -> str:
    """Name the customers where they are few."""
    if len(move.names) > _NAMED:
        return ""
    named = format.listed([format.clipped(name) for name in move.names], address.choice().language)
    return f"<small>{html.escape(named)}</small>"


def _state(axis: str, code: object) -> str:
    if axis != "quadrant":
        return words.escaped(f"states.{code}")
    if code is None:
        return words.escaped("states.unknown")
    experience, outcome = divmod(int(str(code)) - 1, 3)[::-1]
    return words.escaped(
        "settings.quadrant",
        outcome=words.say(f"settings.states.{_STATES[outcome]}"),
        experience=words.say(f"settings.states.{_STATES[experience]}"),
    )


def _test(when: str, answers: Answers) -> str:
    rows = {row["quadrant"]: row for row in answers["health_backtest"].to_pylist()}
    title = f"<h3>{words.escaped(f'settings.try.{when}')}</h3>"
    if not rows:
        return f"<div>{title}<p>{words.escaped('settings.try.no_cases')}</p></div>"
    grid = "".join(_line(place, rows) for place in range(len(_ROWS)))
    under = "".join(
        f'<span class="tend-under">{words.escaped(f"settings.states.{state}")}</span>'
        for state in _STATES
    )
    axes = words.escaped("settings.try.axes")
    return (
        f'<div>{title}<div class="tend-grid">{grid}<span></span>{under}</div>'
        f'<p class="tend-axis">{axes}</p>{_auc(next(iter(rows.values())))}'
        f"{_limits(answers)}{_unknown(rows.get(None))}</div>"
    )


def _line(place: int, rows: Mapping[object, Row]) -> str:
    state = words.escaped(f"settings.states.{_STATES[::-1][place]}")
    return f"<span>{state}</span>" + "".join(_cell(rows.get(number)) for number in _ROWS[place])


def _cell(row: Row | None) -> str:
    if row is None:
        return f"<div>{format.MISSING}</div>"
    ink = palette.palette(st.context.theme.type == "dark")
    # As the heat maps of the app: what is lost stands out.
    share = max(0.0, min(1.0, (row["rate"] - 0.5) / 0.5))
    low, high = ink.heat
    ground = f"color-mix(in srgb, {high} {share:.0%}, {low})"
    front = ink.on_heat[0] if row["rate"] < 0.5 + ink.heat_turn / 2 else ink.on_heat[1]
    few = "tend-few" if row["contracts"] < _FEW else ""
    rate = format.rate(row["rate"], address.choice().language)
    return (
        f'<div class="{few}" style="background:{ground};color:{front}">{html.escape(rate)}'
        f"<small>{row['renewed']}/{row['contracts']}</small></div>"
    )


def _auc(row: Row) -> str:
    if row["auc"] is None:
        return f"<p>{words.escaped('settings.try.no_auc')}</p>"
    shares = {
        name: format.count(100 * row[name])
        for name in ("auc", "auc_low", "auc_high", "outcome_auc", "experience_auc")
        if row[name] is not None
    }
    parts = ("outcome_auc", "experience_auc")
    more = words.escaped("settings.try.auc_parts", **shares) if shares.keys() >= {*parts} else ""
    return f"<p>{words.escaped('settings.try.auc', **shares)} <small>{more}</small></p>"


def _limits(answers: Answers) -> str:
    """Name the limits of the states."""
    told = [
        words.escaped(
            "settings.try.limits",
            score=said.score(row["score"]),
            average=said.number(row["average_from"]),
            healthy=said.number(row["healthy_from"]),
        )
        for row in answers["score_limits"].to_pylist()
    ]
    return f"<p><small>{'<br>'.join(told)}</small></p>"


def _unknown(row: Row | None) -> str:
    if row is None:
        return ""
    language = address.choice().language
    counts = {
        "contracts": format.count(row["contracts"]),
        "rate": format.rate(row["rate"], language),
    }
    return f"<p><small>{words.escaped('settings.try.unknown', **counts)}</small></p>"

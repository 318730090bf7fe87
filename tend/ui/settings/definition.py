"""What health is made of: the lead, the indicators of each score, measures of one's own."""

from pathlib import Path
from typing import Any

import streamlit as st

from tend.figures.palette import palette
from tend.language import format, text
from tend.settings import draft as drafts
from tend.settings.definition import MEASURE, SCORES, Indicator, Score
from tend.ui.parts import html, lead, pieces, reader, words
from tend.ui.settings import definition_rows as rows
from tend.ui.settings import definition_state as state
from tend.ui.settings import definition_words as said
from tend.ui.settings.definition_state import Editing
from tend.ui.state import address, data, rights
from tend.view import View

_STYLE = Path(__file__).with_name("definition.css")
Row = dict[str, Any]


def definition_lead(view: View) -> None:
    """Say in one sentence what health is made of, and from what its limits are learned."""
    html.style(_STYLE)
    html.style(_inks())
    language = address.choice().language
    kept = data.workspace().settings
    on = [one for one in kept.health_indicators.values() if one.is_on]
    limits = data.ask("score_limits", View(view.as_of)).to_pylist()
    key = _source(limits)
    cases = format.count(limits[0]["cases"] if limits else 0)
    first = text.say(f"settings.lead.{key}", language, indicators=len(on), cases=cases)
    day = words.say("settings.lead_day", day=format.day(view.as_of, language))
    may = rights.may("settings")
    told = words.say("settings.lead_try") if may else reader.why_not("settings", "settings")
    lead.say(first, day, told)
    _proof(View(view.as_of))


def _proof(view: View) -> None:
    """Say what speaks for the definition: how well it foretells, and how steady it is."""
    tests = data.ask("health_backtest", view).to_pylist()
    [steady] = data.ask("health_steadiness", view).to_pylist()
    if tests:
        pieces.note(said.foretells(tests[0]))
    if steady["compared"]:
        pieces.note(said.steadiness(steady))


def definition_scores(view: View) -> None:
    """Show each score with its indicators: on or off, weight, limits, and what is behind them."""
    now = state.editing()
    pictures = rows.pictures(view)
    faults = current_faults(now, view)
    for score in SCORES:
        html.show(
            html.div(
                html.h2(said.score(score)),
                html.p(words.say(f"settings.score_meanings.{score}")),
                css="tend-score",
            )
        )
        if score == SCORES[0]:
            html.show(_legend())
        rows.fault(faults.get(score))
        rows.heads(score)
        for name in drafts.of_score(now.draft, score):
            rows.indicator(now, name, pictures.get(name, []), faults.get(name))
    if rights.may("settings"):
        _own_measures(now, view)


def current_faults(now: Editing, view: View) -> dict[str, str]:
    """Tell what is wrong with the reader's draft."""
    learned = {
        row["indicator"]: (row["low"], row["high"])
        for row in data.ask("health_distribution", View(view.as_of)).to_pylist()
    }
    levels = {
        row["score"]: (row["average_from"], row["healthy_from"])
        for row in data.ask("score_limits", View(view.as_of)).to_pylist()
    }
    return drafts.faults(now.draft, learned, levels)


def _source(limits: list[Row]) -> str:
    """Tell where limits come from: renewed contracts, customers in force, nowhere yet."""
    if not limits:
        return "nowhere"
    return "learned" if limits[0]["is_learned"] else "standing_in"


def _own_measures(now: Editing, view: View) -> None:
    """Offer the measures of the usage files that are no indicator yet."""
    found = data.ask("usage_measures", View(view.as_of)).to_pylist()
    offered = {
        row["measure"]: row["customers"]
        for row in found
        if not row["is_standard"] and MEASURE + row["measure"] not in now.draft.health_indicators
    }
    popover = st.popover(words.say("settings.own.add"), key="own_measure", on_change="rerun")
    if not popover.open:
        return
    with popover, st.container(key="add_measure"):
        pieces.note(words.say("settings.own.what"))
        if not offered:
            html.show(html.p(words.say("settings.own.none")))
            return
        _add_measure(offered)


def _add_measure(offered: dict[str, int]) -> None:
    labels = {
        name: words.say("settings.own.customers", name=name, customers=customers)
        for name, customers in offered.items()
    }
    measure = st.selectbox(
        words.say("settings.own.measure"),
        list(labels),
        format_func=labels.__getitem__,
        key="own_name",
    )
    score = st.radio(
        words.say("settings.own.score"),
        list(SCORES),
        format_func={score: said.score(score) for score in SCORES}.__getitem__,
        horizontal=True,
        key="own_score",
    )
    is_more_better = rows.direction("own_direction", is_more_better=True)
    label = words.say("settings.own.do")
    st.button(
        label,
        key="own_do",
        type="primary",
        on_click=_take_in,
        args=(measure, score, is_more_better),
    )


def _take_in(measure: str, score: Score, is_more_better: bool) -> None:
    one = Indicator(score=score, is_more_better=is_more_better)
    state.change(drafts.added, MEASURE + measure, one, is_redrawn=True)


def _legend() -> html.Html:
    parts = html.join(
        "",
        (
            html.span(
                html.i(style=f"background:var(--{kind})"), words.say(f"settings.legend.{kind}")
            )
            for kind in ("none", "part", "all")
        ),
    )
    marks = words.say("settings.legend.marks")
    return html.p(parts, html.span(marks), css="tend-legend")


def _inks() -> str:
    """Give the palette's inks to the pictures, by what they mean."""
    ink = palette(st.context.theme.type == "dark")
    part = f"color-mix(in srgb, {ink.accent} 48%, {ink.ground})"
    none = f"color-mix(in srgb, {ink.context} 45%, {ink.ground})"
    inks = {
        "ground": ink.ground,
        "none": none,
        "part": part,
        "all": ink.accent,
        "healthy": ink.healthy,
        "average": ink.average,
        "at-risk": ink.at_risk,
    }
    told = ";".join(f"--{name}:{colour}" for name, colour in inks.items())
    return f":root{{{told}}}"

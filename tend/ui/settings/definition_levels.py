"""When a score is healthy, average or at risk, and what counts as key actions."""

from typing import Any

import streamlit as st

from tend.language import format
from tend.settings import draft as drafts
from tend.settings.company import Settings
from tend.settings.definition import SCORES, Score
from tend.ui.parts import html, pieces, strips, words
from tend.ui.settings import definition_rows as rows
from tend.ui.settings import definition_state as state
from tend.ui.settings import definition_words as said
from tend.ui.settings.definition import current_faults
from tend.ui.settings.definition_state import Editing
from tend.ui.state import data
from tend.view import View

Row = dict[str, Any]
# As the rows of indicators, with their weights left out.
_WIDTHS = (41, 38, 21)
_SPAN = (0.0, 100.0)


def definition_states(view: View) -> None:
    """Show from which score on a customer is average and healthy, with all customers' scores."""
    html.show(
        html.div(
            html.h2(words.say("settings.states.title")),
            html.p(words.say("settings.states.what")),
            css="tend-score",
        )
    )
    now, plain = state.editing(), View(view.as_of)
    limits = {row["score"]: row for row in data.ask("score_limits", plain).to_pylist()}
    scores = data.ask("score_distribution", plain).to_pylist()
    faults = current_faults(now, view)
    for score in SCORES:
        bins = [row for row in scores if row["score"] == score]
        _score(now, score, limits.get(score), bins, faults.get(f"levels.{score}"))
    with st.container(key="levels_more"):
        margin, star = st.columns(2, gap="large")
        with margin:
            _margin(now)
        with star:
            _north_star(now, view)


def _score(
    now: Editing, score: Score, learned: Row | None, bins: list[Row], wrong: str | None
) -> None:
    given = [drafts.level_from(now.draft, level, score) for level in drafts.LEVELS]
    with st.container(key=f"levels_{score}"):
        what, picture, limits = st.columns(_WIDTHS, gap="medium")
        name = words.say("settings.states.of", score=said.score(score))
        html.show(
            place=what,
            said=html.join(
                "", (html.h4(name), html.p(_zones(now, score, learned), css="tend-meaning"))
            ),
        )
        html.show(place=picture, said=_picture(now, score, learned, bins))
        with limits:
            _limits(now, score, learned, is_by_hand=any(one is not None for one in given))
        rows.fault(wrong)


def _effective(now: Editing, score: Score, kept: Row | None) -> tuple[float | None, float | None]:
    """Give the limits of the draft; none where they are still to be learned anew."""
    average, healthy = (
        _learned(now, score, level, kept)
        if (by_hand := drafts.level_from(now.draft, level, score)) is None
        else by_hand
        for level in drafts.LEVELS
    )
    return average, healthy


def _learned(now: Editing, score: Score, level: drafts.Level, kept: Row | None) -> float | None:
    """Give what was learned; unknown while the kept limit is one set by hand."""
    if kept is None or drafts.level_from(now.base, level, score) is not None:
        return None
    found: float | None = kept[f"{level}_from"]
    return found


def _zones(now: Editing, score: Score, kept: Row | None) -> str:
    average, healthy = _effective(now, score, kept)
    parts = {
        "average": said.number(average) if average is not None else words.say("settings.to_learn"),
        "healthy": said.number(healthy) if healthy is not None else words.say("settings.to_learn"),
    }
    return words.say("settings.states.zones", **parts)


def _picture(now: Editing, score: Score, learned: Row | None, bins: list[Row]) -> html.Html:
    if not bins:
        return html.p(words.say("settings.no_values"), css="tend-from")
    average, healthy = _effective(now, score, learned)
    bars = [
        strips.Bar(row["bin_from"], row["bin_to"], row["height"], _zone(row, average, healthy))
        for row in bins
    ]
    marks = [
        strips.Mark(at, said.number(at), drafts.level_from(now.draft, level, score) is not None)
        for level, at in zip(drafts.LEVELS, (average, healthy), strict=True)
        if at is not None
    ]
    told = words.say("settings.states.picture", score=said.score(score))
    return strips.strip(bars, marks, told, _SPAN)


def _zone(row: Row, average: float | None, healthy: float | None) -> str:
    middle = (row["bin_from"] + row["bin_to"]) / 2
    if average is None or healthy is None:
        return "none"
    return "healthy" if middle >= healthy else "average" if middle >= average else "at_risk"


def _limits(now: Editing, score: Score, learned: Row | None, *, is_by_hand: bool) -> None:
    if is_by_hand:
        source = html.b(words.say("settings.by_hand"))
    elif learned is None:
        source = html.text(words.say("settings.no_limits"))
    else:
        key = "from_renewed" if learned["is_learned"] else "from_customers"
        source = html.text(words.say(f"settings.{key}", cases=format.count(learned["cases"])))
    html.show(html.p(source, css="tend-from"))
    with st.container(horizontal=True, gap="small"):
        popover = st.popover(
            words.say("settings.limits"),
            key=now.key("limits", score),
            type="tertiary",
            on_change="rerun",
        )
        if is_by_hand:
            st.button(
                words.say("settings.learn_again"),
                key=now.key("learn", score),
                type="tertiary",
                on_click=_learn,
                args=(score,),
            )
    if popover.open:
        with popover, st.container(key=now.key("set", score)):
            pieces.note(words.say("settings.states.limits_what"))
            for level in drafts.LEVELS:
                _level(now, score, level, learned)


def _level(now: Editing, score: Score, level: drafts.Level, kept: Row | None) -> None:
    key = now.key(level, score)
    learned = _learned(now, score, level, kept)
    shown = (
        words.say("settings.learned")
        if learned is None
        else words.say("settings.learned_at", value=said.number(learned))
    )
    given = drafts.level_from(now.draft, level, score)
    st.number_input(
        words.say(f"settings.states.{level}_from"),
        value=None if given is None else float(given),
        min_value=0.0,
        max_value=100.0,
        step=1.0,
        format="%g",
        placeholder=shown,
        key=key,
        on_change=_take_level,
        args=(score, level, key),
    )


def _margin(now: Editing) -> None:
    key = now.key("margin", "all")
    st.number_input(
        words.say("settings.states.margin"),
        value=float(now.draft.health_margin),
        min_value=0.0,
        max_value=100.0,
        step=1.0,
        format="%g",
        key=key,
        on_change=_take_single,
        args=("health_margin", key),
    )
    html.show(html.p(words.say("settings.states.margin_what"), css="tend-meaning"))


def _north_star(now: Editing, view: View) -> None:
    star = now.draft.north_star
    found = data.ask("usage_measures", View(view.as_of)).to_pylist()
    offered = [row["measure"] for row in found]
    if star not in offered:
        offered.insert(0, star)
    labels = {one: said.measure(one) for one in offered}
    key = now.key("star", "all")
    st.selectbox(
        words.say("settings.star.title"),
        offered,
        index=offered.index(star),
        format_func=labels.__getitem__,
        key=key,
        on_change=_take_single,
        args=("north_star", key),
    )
    html.show(html.p(words.say("settings.star.what"), css="tend-meaning"))


def _take_level(score: Score, level: drafts.Level, key: str) -> None:
    state.change(drafts.with_level, level, score, st.session_state[key])


def _take_single(setting: str, key: str) -> None:
    value = st.session_state[key]
    if value is not None:
        state.change(Settings.model_copy, update={setting: value})


def _learn(score: Score) -> None:
    for level in drafts.LEVELS:
        state.change(drafts.with_level, level, score, None, is_redrawn=True)

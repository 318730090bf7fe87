"""When a score is healthy, average or at risk, and what counts as key actions."""

from typing import Any

import streamlit as st

from tend.language import format
from tend.settings import draft as drafts
from tend.settings.definition import SCORES, Score
from tend.ui.parts import html, pieces, strips, words
from tend.ui.settings import definition_rows as rows
from tend.ui.settings import definition_state as state
from tend.ui.settings import definition_words as said
from tend.ui.settings.definition import current_faults
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
    plain = View(view.as_of)
    limits = {row["score"]: row for row in data.ask("score_limits", plain).to_pylist()}
    scores = data.ask("score_distribution", plain).to_pylist()
    faults = current_faults(view)
    for score in SCORES:
        bins = [row for row in scores if row["score"] == score]
        _score(score, limits.get(score), bins, faults.get(f"levels.{score}"))
    with st.container(key="levels_more"):
        margin, star = st.columns(2, gap="large")
        with margin:
            _margin()
        with star:
            _north_star(view)


def _score(score: Score, learned: Row | None, bins: list[Row], wrong: str | None) -> None:
    draft = state.editing().draft
    given = {level: drafts.level_from(draft, level, score) for level in drafts.LEVELS}
    with st.container(key=f"levels_{score}"):
        what, picture, limits = st.columns(_WIDTHS, gap="medium")
        name = words.say("settings.states.of", score=said.score(score))
        html.show(
            place=what,
            said=html.join("", (html.h4(name), html.p(_zones(score, learned), css="tend-meaning"))),
        )
        html.show(place=picture, said=_picture(score, learned, bins))
        with limits:
            _limits(score, learned, is_by_hand=any(v is not None for v in given.values()))
        rows.fault(wrong)


def _effective(score: Score, kept: Row | None) -> tuple[float | None, float | None]:
    """Give the limits of the draft; none where they are still to be learned anew."""
    average, healthy = (
        _learned(score, level, kept)
        if (by_hand := drafts.level_from(state.editing().draft, level, score)) is None
        else by_hand
        for level in drafts.LEVELS
    )
    return average, healthy


def _learned(score: Score, level: drafts.Level, kept: Row | None) -> float | None:
    """Give what was learned; unknown while the kept limit is one set by hand."""
    if kept is None or drafts.level_from(state.editing().base, level, score) is not None:
        return None
    found: float | None = kept[f"{level}_from"]
    return found


def _zones(score: Score, kept: Row | None) -> str:
    average, healthy = _effective(score, kept)
    parts = {
        "average": said.number(average) if average is not None else words.say("settings.to_learn"),
        "healthy": said.number(healthy) if healthy is not None else words.say("settings.to_learn"),
    }
    return words.say("settings.states.zones", **parts)


def _picture(score: Score, learned: Row | None, bins: list[Row]) -> html.Html:
    if not bins:
        return html.p(words.say("settings.no_values"), css="tend-from")
    average, healthy = _effective(score, learned)
    bars = [
        strips.Bar(row["bin_from"], row["bin_to"], row["height"], _zone(row, average, healthy))
        for row in bins
    ]
    draft = state.editing().draft
    marks = [
        strips.Mark(at, said.number(at), drafts.level_from(draft, level, score) is not None)
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


def _limits(score: Score, learned: Row | None, *, is_by_hand: bool) -> None:
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
            key=_key("limits", score),
            type="tertiary",
            on_change="rerun",
        )
        if is_by_hand:
            st.button(
                words.say("settings.learn_again"),
                key=_key("learn", score),
                type="tertiary",
                on_click=_learn,
                args=(score,),
            )
    if popover.open:
        with popover, st.container(key=_key("set", score)):
            pieces.note(words.say("settings.states.limits_what"))
            for level in drafts.LEVELS:
                _level(score, level, learned)


def _level(score: Score, level: drafts.Level, kept: Row | None) -> None:
    key = _key(level, score)
    learned = _learned(score, level, kept)
    shown = (
        words.say("settings.learned")
        if learned is None
        else words.say("settings.learned_at", value=said.number(learned))
    )
    given = drafts.level_from(state.editing().draft, level, score)
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


def _margin() -> None:
    key = _key("margin", "all")
    st.number_input(
        words.say("settings.states.margin"),
        value=float(state.editing().draft.health_margin),
        min_value=0.0,
        max_value=100.0,
        step=1.0,
        format="%g",
        key=key,
        on_change=_take_single,
        args=("health_margin", key),
    )
    html.show(html.p(words.say("settings.states.margin_what"), css="tend-meaning"))


def _north_star(view: View) -> None:
    draft = state.editing().draft
    found = data.ask("usage_measures", View(view.as_of)).to_pylist()
    offered = [row["measure"] for row in found]
    if draft.north_star not in offered:
        offered.insert(0, draft.north_star)
    labels = {one: said.measure(one) for one in offered}
    key = _key("star", "all")
    st.selectbox(
        words.say("settings.star.title"),
        offered,
        index=offered.index(draft.north_star),
        format_func=labels.__getitem__,
        key=key,
        on_change=_take_single,
        args=("north_star", key),
    )
    html.show(html.p(words.say("settings.star.what"), css="tend-meaning"))


def _key(part: str, what: str) -> str:
    return f"{part}_{what}_{state.editing().edition}"


def _take_level(score: Score, level: drafts.Level, key: str) -> None:
    value = st.session_state[key]
    state.change(drafts.with_level(state.editing().draft, level, score, value))


def _take_single(setting: str, key: str) -> None:
    value = st.session_state[key]
    if value is not None:
        state.change(state.editing().draft.model_copy(update={setting: value}))


def _learn(score: Score) -> None:
    draft = state.editing().draft
    for level in drafts.LEVELS:
        draft = drafts.with_level(draft, level, score, None)
    state.change(draft, is_redrawn=True)

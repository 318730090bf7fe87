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
from tend.ui.state import data, rights
from tend.view import View

Row = dict[str, Any]
Limits = dict[drafts.Level, float | None]
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
    more = (_margin, _north_star) if rights.may("settings") else (_margin_set, _star_set)
    with st.container(key="levels_more"):
        for place, show in zip(st.columns(2, gap="large"), more, strict=True):
            with place:
                show(now, view)


def _score(
    now: Editing, score: Score, kept: Row | None, bins: list[Row], wrong: str | None
) -> None:
    """Show the limits of a score: those set by hand, else those learned, where they are known."""
    given: Limits = {n: drafts.level_from(now.draft, n, score) for n in drafts.LEVELS}
    learned: Limits = {n: _learned(now.base, score, n, kept) for n in drafts.LEVELS}
    shown: Limits = {n: learned[n] if one is None else one for n, one in given.items()}
    with st.container(key=f"levels_{score}"):
        what, picture, limits = st.columns(_WIDTHS, gap="medium")
        name = html.h3(words.say("settings.states.of", score=said.score(score)))
        meaning = html.p(_zones(shown), css="tend-meaning")
        html.show(place=what, said=html.join("", (name, meaning)))
        html.show(place=picture, said=_picture(score, bins, given, shown))
        with limits:
            _limits(f"{score}_{now.edition}", score, kept, given, learned)
        rows.fault(wrong)


def _learned(base: Settings, score: Score, level: drafts.Level, kept: Row | None) -> float | None:
    """Give what was learned; unknown while the kept limit is one set by hand."""
    if kept is None or drafts.level_from(base, level, score) is not None:
        return None
    found: float | None = kept[f"{level}_from"]
    return found


def _zones(shown: Limits) -> str:
    """Say both limits; of the draft, they may still be to be learned anew."""
    to_learn = words.say("settings.to_learn")
    parts = {n: to_learn if one is None else said.number(one) for n, one in shown.items()}
    return words.say("settings.states.zones", **parts)


def _picture(score: Score, bins: list[Row], given: Limits, shown: Limits) -> html.Html:
    if not bins:
        return html.p(words.say("settings.no_values"), css="tend-from")
    bars = [
        strips.Bar(row["bin_from"], row["bin_to"], row["height"], _zone(row, **shown))
        for row in bins
    ]
    marks = [
        strips.Mark(at, said.number(at), given[level] is not None)
        for level, at in shown.items()
        if at is not None
    ]
    told = words.say("settings.states.picture", score=said.score(score))
    return strips.strip(bars, marks, told, _SPAN)


def _zone(row: Row, average: float | None, healthy: float | None) -> str:
    middle = (row["bin_from"] + row["bin_to"]) / 2
    if average is None or healthy is None:
        return "none"
    return "healthy" if middle >= healthy else "average" if middle >= average else "at_risk"


def _limits(at: str, score: Score, kept: Row | None, given: Limits, learned: Limits) -> None:
    is_by_hand = any(one is not None for one in given.values())
    if is_by_hand:
        source = html.b(words.say("settings.by_hand"))
    elif kept is None:
        source = html.text(words.say("settings.no_limits"))
    else:
        key = "from_renewed" if kept["is_learned"] else "from_customers"
        source = html.text(words.say(f"settings.{key}", cases=format.count(kept["cases"])))
    html.show(html.p(source, css="tend-from"))
    if not rights.may("settings"):
        return
    with st.container(horizontal=True, gap="small"):
        popover = st.popover(
            words.say("settings.limits"), key=f"limits_{at}", type="tertiary", on_change="rerun"
        )
        if is_by_hand:
            st.button(
                words.say("settings.learn_again"),
                key=f"learn_{at}",
                type="tertiary",
                on_click=_learn,
                args=(score,),
            )
    if popover.open:
        with popover, st.container(key=f"set_{at}"):
            pieces.note(words.say("settings.states.limits_what"))
            for level in drafts.LEVELS:
                _level(f"{level}_{at}", score, level, given[level], learned[level])


def _level(
    key: str, score: Score, level: drafts.Level, given: float | None, learned: float | None
) -> None:
    if learned is None:
        shown = words.say("settings.learned")
    else:
        shown = words.say("settings.learned_at", value=said.number(learned))
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


def _margin_set(now: Editing, _view: View) -> None:
    _set("states.margin", said.number(now.base.health_margin), "states.margin_what")


def _star_set(now: Editing, _view: View) -> None:
    _set("star.title", said.measure(now.base.north_star), "star.what")


def _set(name: str, value: str, meaning: str) -> None:
    """Show what is set to who may not change it."""
    told = (html.h3(words.say(f"settings.{name}")), html.p(html.b(value)))
    about = html.p(words.say(f"settings.{meaning}"), css="tend-meaning")
    html.show(html.join("", (*told, about)))


def _margin(now: Editing, _view: View) -> None:
    key = f"margin_all_{now.edition}"
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
    key = f"star_all_{now.edition}"
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

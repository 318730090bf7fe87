"""One row of the definition: an indicator with its switch, weight, picture and limits."""

from collections import defaultdict
from typing import Any

import streamlit as st

from tend.language import format
from tend.settings import draft as drafts
from tend.settings.definition import MEASURE, MOST_WEIGHT, Indicator, Score
from tend.ui.parts import html, pieces, strips, words
from tend.ui.settings import definition_state as state
from tend.ui.settings import definition_words as said
from tend.ui.settings.definition_state import Editing
from tend.ui.state import address, data, rights
from tend.view import View

Row = dict[str, Any]
_WIDTHS = (30, 11, 38, 21)
_HEADS = ("indicator", "weight", "values", "limits")


def pictures(view: View) -> dict[str, list[Row]]:
    """Give the bins of each indicator's values."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in data.ask("health_distribution", View(view.as_of)).to_pylist():
        found[row["indicator"]].append(row)
    return found


def heads(score: Score) -> None:
    """Name the columns, once for all rows of a score; on a phone each control has its own name."""
    with st.container(key=f"heads_{score}"):
        for place, key in zip(st.columns(_WIDTHS, gap="medium"), _HEADS, strict=True):
            html.show(html.p(words.say(f"settings.heads.{key}"), css="tend-from"), place)


def indicator(now: Editing, name: str, bins: list[Row], wrong: str | None) -> None:
    """Show an indicator; what is changed in it goes into the draft, where it may be changed."""
    one = now.draft.health_indicators[name]
    place = list(now.draft.health_indicators).index(name)
    at = f"{place}_{now.edition}"  # new controls, once they have to take over what is there
    with st.container(key=f"indicator_{place}"):
        what, weight, picture, limits = st.columns(_WIDTHS, gap="medium")
        with what:
            if rights.may("settings"):
                _toggle(f"on_{at}", name, is_on=one.is_on)
            else:
                html.show(html.h3(said.name(name)))
            html.show(html.p(said.meaning(name), css="tend-meaning"))
        with weight:
            if rights.may("settings"):
                _weight(f"weight_{at}", name, one)
            else:
                html.show(html.p(_weighed(one)))
        html.show(place=picture, said=_picture(name, one, bins))
        with limits:
            _limits(at, name, one, bins)
        fault(wrong)


def fault(kind: str | None) -> None:
    """Say what has to be mended, where it is."""
    if kind:
        html.show(html.p(words.say(f"settings.faults.{kind}"), css="tend-fault"))


def direction(key: str, *, is_more_better: bool) -> bool:
    """Let the reader say which way is better."""
    labels = {True: words.say("settings.more"), False: words.say("settings.less")}
    chosen = st.radio(
        words.say("settings.direction"),
        list(labels),
        index=0 if is_more_better else 1,
        format_func=labels.__getitem__,
        horizontal=True,
        key=key,
    )
    return bool(chosen)


def _toggle(key: str, name: str, *, is_on: bool) -> None:
    st.toggle(
        format.plain(said.name(name)),
        value=is_on,
        key=key,
        on_change=_take,
        args=(name, "is_on", key),
    )


def _weight(key: str, name: str, one: Indicator) -> None:
    st.number_input(
        words.say("settings.weight"),
        value=None if one.weight is None else float(one.weight),
        min_value=0.0,
        max_value=MOST_WEIGHT,
        step=0.5,
        format="%g",
        key=key,
        disabled=not one.is_on,
        on_change=_take,
        args=(name, "weight", key),
    )


def _weighed(one: Indicator) -> str:
    """Write a weight, or that the indicator is off."""
    if not one.is_on:
        return words.say("company.flags.off")
    return words.say("settings.none") if one.weight is None else said.number(one.weight)


def _picture(name: str, one: Indicator, bins: list[Row]) -> html.Html:
    if not bins:
        return html.p(words.say("settings.no_values"), css="tend-from")
    learned = (bins[0]["low"], bins[0]["high"])
    low = learned[0] if one.low is None else one.low
    high = learned[1] if one.high is None else one.high
    bars = []
    for row in bins:
        zone = strips.zone(
            (row["bin_from"] + row["bin_to"]) / 2, low, high, is_more_better=one.is_more_better
        )
        shown = zone if one.is_on else "off"
        bars.append(strips.Bar(row["bin_from"], row["bin_to"], row["height"], shown))
    marks = [
        strips.Mark(low, said.value(name, low), one.low is not None),
        strips.Mark(high, said.value(name, high), one.high is not None),
    ]
    by_hand = (one.low is not None, one.high is not None)
    marks += [strips.Mark(at, "") for at, is_set in zip(learned, by_hand, strict=True) if is_set]
    told = words.say(
        "settings.picture",
        name=said.name(name),
        cases=format.count(bins[0]["cases"]),
        low=said.value(name, low),
        high=said.value(name, high),
    )
    return strips.strip(bars, marks, told)


def _limits(at: str, name: str, one: Indicator, bins: list[Row]) -> None:
    """Say where the limits come from, and let them be set by hand or learned again."""
    is_by_hand = one.low is not None or one.high is not None
    html.show(html.p(_from(bins, is_by_hand=is_by_hand), css="tend-from"))
    if not rights.may("settings"):
        return
    with st.container(horizontal=True, gap="small"):
        popover = st.popover(
            words.say("settings.limits"),
            key=f"limits_{at}",
            type="tertiary",
            on_change="rerun",
        )
        if is_by_hand:
            st.button(
                words.say("settings.learn_again"),
                key=f"learn_{at}",
                type="tertiary",
                on_click=_learn,
                args=(name,),
            )
    if popover.open:
        with popover, st.container(key=f"set_{at}"):
            _set_by_hand(at, name, one, bins)


def _from(bins: list[Row], *, is_by_hand: bool) -> html.Html:
    if is_by_hand:
        return html.b(words.say("settings.by_hand"))
    if not bins:
        return html.text(words.say("settings.no_limits"))
    key = "from_renewed" if bins[0]["is_learned"] else "from_customers"
    return html.text(words.say(f"settings.{key}", cases=format.count(bins[0]["cases"])))


def _set_by_hand(at: str, name: str, one: Indicator, bins: list[Row]) -> None:
    notes = [words.say("settings.limits_what")]
    if bins and bins[0]["industries"]:
        own = bins[0]["industries"]
        notes.append(words.say("settings.limits_industries", industries=own))
    pieces.note(format.sentences(notes, address.choice().language))
    for part in ("low", "high"):
        given = getattr(one, part)
        gives_all = (part == "high") == one.is_more_better
        st.number_input(
            words.say(
                f"settings.{'all' if gives_all else 'none'}_{part}", unit=said.unit_named(name)
            ),
            value=None if given is None else float(given) * said.scale(name),
            placeholder=_placeholder(name, bins, part),
            step=None if said.scale(name) == 1 else 1.0,
            format="%g",
            key=f"{part}_{at}",
            on_change=_take,
            args=(name, part, f"{part}_{at}"),
        )
    if name.startswith(MEASURE):
        chosen = direction(f"better_{at}", is_more_better=one.is_more_better)
        if chosen != one.is_more_better:
            state.change(drafts.with_indicator, name, is_more_better=chosen)
            st.rerun()
        st.button(
            words.say("settings.own.remove"),
            key=f"remove_{at}",
            on_click=_remove,
            args=(name,),
        )


def _placeholder(name: str, bins: list[Row], part: str) -> str:
    if not bins:
        return words.say("settings.learned")
    return words.say("settings.learned_at", value=said.value(name, bins[0][part]))


def _take(name: str, part: str, key: str) -> None:
    """Put what was typed or switched into the draft."""
    given = st.session_state[key]
    if part in ("low", "high") and given is not None:
        # typed as per cents: what 41.5 / 100 has behind its digits is nobody's wish
        given = round(given / said.scale(name), 10)
    state.change(drafts.with_indicator, name, **{part: given})


def _learn(name: str) -> None:
    state.change(drafts.with_indicator, name, low=None, high=None, is_redrawn=True)


def _remove(name: str) -> None:
    state.change(drafts.without, name, is_redrawn=True)

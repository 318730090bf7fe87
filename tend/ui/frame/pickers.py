"""What a page lets its reader choose: the window, the split, the step of time."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from tend.figures import wording
from tend.figures.renewals import sentences
from tend.language import format
from tend.ui.parts import choosing, html, pieces, words
from tend.ui.state import address
from tend.ui.state.address import PARTS, STEPS
from tend.view import FIRST_DAY, LAST_DAY, PERIODS, WINDOWS, View, window


def choose_window(view: View) -> View:
    """Offer the windows; where no contract has an end date, say why there is nothing to choose."""
    if not has_dates(view):
        html.show(html.p(words.say("renewals.no_dates"), css="tend-note tend-why"))
        return view.between(None, None)
    choice = address.choice()
    with st.container(key="window_bar", horizontal=True, vertical_alignment="center", gap="small"):
        names = {name: words.say(f"ui.windows.{name}") for name in WINDOWS}
        choosing.one_of("window", words.say("ui.window"), names, choice.window, _keep_window)
        if choice.window == "own":
            _own_days(view)
        elif view.start and view.end:
            days = format.span(view.start, view.end, choice.language)
            pieces.note(days, width="content")
    return view


def choose_part(view: View) -> str:
    """Offer the views; without end dates nothing comes next."""
    offered = PARTS if has_dates(view) else PARTS[:2]
    chosen = address.choice().part
    chosen = chosen if chosen in offered else offered[0]
    names = {name: words.say(f"renewals.parts.{name}") for name in offered}
    with st.container(key="parts", width="content"):
        choosing.one_of("part", words.say("renewals.parts.label"), names, chosen, _keep_part)
    return chosen


def choose_step(view: View) -> View:
    """Offer the step of time of a trend."""
    choice = address.choice()
    names = {name: words.say(f"ui.steps.{name}") for name in STEPS}
    choosing.one_of("step", words.say("ui.step"), names, choice.step, _keep, "step")
    return view.grouped(choice.step)


def choose_split(view: View) -> View:
    """Offer the dimensions that have values as segments."""
    return view.grouped(_choose("split", words.reading().splits(view), "ui.by"))


def choose_across(view: View) -> View:
    """Offer a second dimension beside the view's own: periods of the end date first."""
    others = (name for name in words.reading().splits(view) if name != view.group_by)
    return view.split(_choose("across", [*reversed(PERIODS), *others], "ui.across_by"))


def _choose(part: str, offered: Sequence[str], by: str) -> str:
    """Offer dimensions for a part of the address; what it names is taken where it is offered."""
    choice = address.choice()
    kept = getattr(choice, part)
    chosen: str = kept if kept in offered else offered[0]
    labels = {
        name: words.say(by, dimension=wording.dimension(name, choice.language)) for name in offered
    }
    st.session_state[part] = chosen
    st.selectbox(
        words.say(f"ui.{part}"),
        offered,
        key=part,
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        width=260,
        on_change=_keep,
        args=(part,),
    )
    return chosen


def has_dates(view: View) -> bool:
    """Tell whether any contract has an end date: without one there is no trend and nothing due."""
    return sentences.has_dates(words.reading(), view)


def _own_days(view: View) -> None:
    st.session_state["own_days"] = (view.start, view.end)
    st.date_input(
        words.say("ui.own_days"),
        key="own_days",
        format="YYYY-MM-DD",
        label_visibility="collapsed",
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        width=290,
        on_change=_keep_own_days,
    )


def _keep_part() -> None:
    """Keep the view; what was selected in another one is let go."""
    address.change(replace(address.choice(), part=st.session_state["part"], drill=()))


def _keep_window() -> None:
    chosen, choice = st.session_state["window"], address.choice()
    if chosen == "own":
        # Own dates begin with those that were on the screen.
        start, end = window(choice.window, choice.day())
        choice = replace(choice, start=start, end=end)
    address.change(replace(choice, window=chosen))


def _keep_own_days() -> None:
    days = st.session_state["own_days"]
    if len(days) == 2:  # while the reader chooses there is only the first
        address.change(replace(address.choice(), start=days[0], end=days[1]))


def _keep(part: str) -> None:
    address.change(replace(address.choice(), **{part: st.session_state[part]}))

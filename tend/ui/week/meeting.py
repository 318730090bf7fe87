"""The last meeting: the day that everything is held against, chosen, remembered, marked as held."""

from dataclasses import replace
from datetime import timedelta

import streamlit as st

from tend.acts import decisions
from tend.figures.reading import Row
from tend.figures.week import sentences
from tend.language import format
from tend.ui.parts import done, pieces, real_day, words
from tend.ui.state import address, clock, rights
from tend.ui.week import copying
from tend.view import FIRST_DAY, View

PLACE = "meeting"
_A_DAY = timedelta(days=1)


def since_meeting(view: View) -> View:
    """Give the view that begins on the day of the last meeting, or on the day that was chosen."""
    chosen = address.choice().meeting
    day = chosen if chosen and chosen < view.as_of else _last(view)["meeting"]
    return View(view.as_of, day, None, None, view.filters)


def meeting_bar(view: View) -> None:
    """Say since when changes are told and why then, offer another day, and close the week."""
    choice, last = address.choice(), _last(view)
    kind = "chosen" if view.start != last["meeting"] else "held" if last["is_held"] else "monday"
    with st.container(key="meeting_bar", horizontal=True, vertical_alignment="center", gap="small"):
        label = words.say("week.since_day", day=format.day(view.start, choice.language))
        form = st.popover(label, key="meeting", type="tertiary", on_change="rerun")
        pieces.note(words.say(f"week.since_{kind}"), width="content")
        if rights.may("edit"):
            _hold(last)
        if rights.may("export"):
            copying.offer(view)
    if form.open:
        with form:
            _choose(view)


def _choose(view: View) -> None:
    st.session_state["meeting_day"] = view.start
    st.date_input(
        words.say("week.since"),
        key="meeting_day",
        format="YYYY-MM-DD",
        min_value=FIRST_DAY,
        max_value=view.as_of - _A_DAY,
        on_change=_keep,
    )
    pieces.note(words.say("week.since_help"))
    if address.choice().meeting:
        st.button(words.say("week.since_default"), key="meeting_default", on_click=_forget)


def _hold(last: Row) -> None:
    """Offer to mark that the meeting was held: the next page is told from this day on."""
    today = clock.today()
    if last["held_today"] and address.choice().view().as_of == today:
        pieces.note(words.say("week.is_held"), width="content")
        return
    real_day.note()
    st.button(
        words.say("week.held"),
        key="meeting_held",
        type="tertiary",
        on_click=_held,
    )


def _held() -> None:
    today = clock.today()
    done.do(
        PLACE,
        lambda: words.say("week.held_said", day=format.day(today, address.choice().language)),
        decisions.hold,
        words.say("week.held_note"),
        day=today,
    )


def _keep() -> None:
    address.change(replace(address.choice(), meeting=st.session_state["meeting_day"]))


def _forget() -> None:
    address.change(replace(address.choice(), meeting=None))


def _last(view: View) -> Row:
    return sentences.meeting(words.reading(), view.as_of)

"""By which dimensions the change of the renewal rate is explained: chosen by the reader."""

from dataclasses import replace

import streamlit as st

from tend.figures import wording
from tend.figures.renewals import explained
from tend.ui.parts import words
from tend.ui.state import address
from tend.view import View


def by_two(view: View) -> View:
    """Give the view by the two dimensions the reader has chosen, where any are."""
    choice = address.choice()
    return view.grouped(choice.split).split(choice.across)


def choose_explained(view: View) -> View:
    """Offer the second dimension that the change is explained by."""
    reading = words.reading()
    asked = explained.asked(reading, by_two(view))
    others = (name for name in explained.telling(reading, view) if name != asked.group_by)
    offered = [explained.ALONE, *others]
    labels = {
        name: words.say("ui.across_by", dimension=wording.dimension(name, reading.language))
        for name in offered
    } | {explained.ALONE: words.say("figures.alone")}
    st.session_state["explained_by"] = asked.split_by or explained.ALONE
    st.selectbox(
        words.say("ui.across"),
        offered,
        key="explained_by",
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        width=260,
        on_change=_keep,
    )
    return asked


def _keep() -> None:
    address.change(replace(address.choice(), across=st.session_state["explained_by"]))

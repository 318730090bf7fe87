"""The reader's name, asked once where nobody signs in: lists of entries tell who did it."""

import streamlit as st

from tend.ui.parts import words
from tend.ui.state import person


def ask(place: str) -> None:
    """Ask for the name at a place; whatever was said before stands there."""
    key = f"who_{place}"
    st.text_input(
        words.say("ui.who"),
        value=person.name(),
        placeholder=words.say("ui.who_short"),
        key=key,
        label_visibility="collapsed",
        width=290,
        max_chars=person.LONGEST,
        on_change=_take,
        args=(key,),
    )


def _take(key: str) -> None:
    person.say(st.session_state[key])

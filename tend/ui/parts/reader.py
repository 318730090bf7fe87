"""The reader's name, asked once: lists of what was entered tell who did it."""

import streamlit as st

from tend.ui.parts import words

_NAME = "tend.who"
_LONGEST = 80


def name() -> str:
    """Give the name, or nothing while nobody said it."""
    return str(st.session_state.get(_NAME, ""))


def is_said() -> bool:
    """Tell whether the reader said a name in this session, were it none."""
    return _NAME in st.session_state


def say(name: str) -> None:
    """Keep the name for this session."""
    st.session_state[_NAME] = name.strip()[:_LONGEST]


def ask(place: str) -> None:
    """Ask for the name at a place; whatever was said before stands there."""
    key = f"who_{place}"
    st.text_input(
        words.say("ui.who"),
        value=name(),
        placeholder=words.say("ui.who_short"),
        key=key,
        label_visibility="collapsed",
        width=290,
        max_chars=_LONGEST,
        on_change=_take,
        args=(key,),
    )


def _take(key: str) -> None:
    say(st.session_state[key])

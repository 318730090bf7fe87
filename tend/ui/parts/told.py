"""What was just done, or why it was not, said once, at the place where it was done."""

from collections.abc import Callable

import streamlit as st

from tend.language import format
from tend.language.errors import TendError
from tend.ui.parts import words


def do(place: str, act: Callable[[], object], said: words.Said) -> None:
    """Do something, and keep the word on it for the next drawing of a place."""
    try:
        act()
    except TendError as error:  # mostly, somebody else was first
        _keep(place, words.refusal(error), is_done=False)
    else:
        keep(place, said)


def keep(place: str, said: words.Said) -> None:
    """Keep what says a sentence for the next drawing of a place."""
    _keep(place, said, is_done=True)


def waits(place: str) -> bool:
    """Tell whether there is something to be said at a place."""
    return f"tend.told.{place}" in st.session_state


def show(place: str) -> None:
    """Say it, once; names in it are data."""
    if kept := st.session_state.pop(f"tend.told.{place}", None):
        said, is_done = kept
        (st.success if is_done else st.error)(format.plain(said()))


def _keep(place: str, said: words.Said, *, is_done: bool) -> None:
    st.session_state[f"tend.told.{place}"] = (said, is_done)

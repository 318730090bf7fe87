"""What readers do on a page: said in words where it was done, and taken back by one click."""

from collections.abc import Callable

import streamlit as st

from tend.language import format
from tend.language.errors import TendError
from tend.store.facts import imports
from tend.ui.parts import reader, words
from tend.ui.state import data

_DONE = "tend.done"


def do(place: str, act: Callable[[], int], said: words.Said) -> None:
    """Do what gives the number of an entry, and keep the word on it; for callbacks.

    A callback gets what its reader saw: where somebody else was faster, the act refuses.
    """
    try:
        entry = act()
    except TendError as error:
        st.session_state[f"{_DONE}.{place}"] = (words.refusal(error), None)
    else:
        st.session_state[f"{_DONE}.{place}"] = (said, entry)


def show(place: str) -> None:
    """Say what was done, with the way back; or why it was not."""
    said, entry = st.session_state.get(f"{_DONE}.{place}", (None, None))
    if said is None:
        return
    with st.container(key=f"done_{place}", horizontal=True, vertical_alignment="center"):
        (st.error if entry is None else st.success)(format.plain(said()))
        if entry is not None:
            st.button(
                words.say("service.undo"),
                key=f"undo_{place}",
                on_click=_take_back,
                args=(place, entry),
            )
        st.button(words.say("service.read"), key=f"read_{place}", on_click=clear, args=(place,))


def _take_back(place: str, entry: int) -> None:
    try:
        imports.undo(data.workspace(), entry, who=reader.name())
    except TendError as error:
        st.session_state[f"{_DONE}.{place}"] = (words.refusal(error), None)
    else:
        st.session_state.pop(f"{_DONE}.{place}", None)


def clear(place: str) -> None:
    """Say no more about what was done at a place."""
    st.session_state.pop(f"{_DONE}.{place}", None)

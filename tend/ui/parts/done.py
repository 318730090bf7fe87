"""What a reader did at a place, or why it was refused: said there, and taken back by one click."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from tend.language import format
from tend.language.errors import TendError
from tend.store.facts import imports
from tend.ui.parts import reader, words
from tend.ui.state import data

_DONE = "tend.done"


def do(
    place: str, said: words.Said, act: Callable[..., object], *given: object, **more: object
) -> None:
    """Do it in the workspace, in the reader's name, and keep the word on it for a place.

    The act gets what its reader saw: where somebody else was faster, it refuses. Where it gives the
    number of an entry, or what takes it back, it can be taken back.
    """
    try:
        entry = act(data.workspace(), *given, who=reader.name(), **more)
    except TendError as error:
        _keep(place, words.refusal(error), is_done=False)
    else:
        _keep(place, said, is_done=True, entry=entry)


def keep(place: str, said: words.Said) -> None:
    """Keep the word on what was done otherwise."""
    _keep(place, said, is_done=True)


def waits(place: str) -> bool:
    """Tell whether there is something to be said at a place."""
    return f"{_DONE}.{place}" in st.session_state


def say(place: str) -> None:
    """Say it, once; names in it are data."""
    if waits(place):
        _say(place)
        clear(place)


def show(place: str) -> None:
    """Say it until it is read, with the way back."""
    if not waits(place):
        return
    with st.container(key=f"done_{place}", horizontal=True, vertical_alignment="center"):
        entry = _say(place)
        if entry is not None:
            st.button(
                words.say("service.undo"),
                key=f"undo_{place}",
                on_click=_take_back,
                args=(place, entry),
            )
        st.button(words.say("service.read"), key=f"read_{place}", on_click=clear, args=(place,))


def clear(place: str) -> None:
    """Say no more about what was done at a place."""
    st.session_state.pop(f"{_DONE}.{place}", None)


def _keep(place: str, said: words.Said, *, is_done: bool, entry: object = None) -> None:
    st.session_state[f"{_DONE}.{place}"] = (said, is_done, entry)


def _say(place: str) -> object:
    said, is_done, entry = st.session_state[f"{_DONE}.{place}"]
    (st.success if is_done else st.error)(format.plain(said()))
    return entry


def _take_back(place: str, entry: int | Callable[..., object]) -> None:
    back = entry if callable(entry) else partial(imports.undo, import_id=entry)
    try:
        back(data.workspace(), who=reader.name())
    except TendError as error:
        _keep(place, words.refusal(error), is_done=False)
    else:
        clear(place)

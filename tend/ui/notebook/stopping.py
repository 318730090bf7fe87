"""A cell that takes long can be stopped: the page is drawn anew without its answer.

The button stands outside all fragments, as only what draws the whole page ends a run under way.
"""

import contextlib
import time
from collections.abc import Callable, Iterator

import streamlit as st

from tend.language import format
from tend.notebook.running import Question
from tend.ui.parts import words

_ASKED, _STOPPED = "tend.cell_asked", "tend.cell_stopped"
_SOON = 1.0  # seconds that nobody is told of


def offer() -> None:
    """Offer to stop what is asked; it shows itself only while something is."""
    st.button(words.say("notebook.stop"), key="nb_stop", on_click=_stop)


def is_stopped(asked: Question) -> bool:
    """Tell whether the reader stopped this very question."""
    return bool(st.session_state.get(_STOPPED) == asked)


def let_go() -> None:
    """Let what was stopped be asked again; for callbacks."""
    st.session_state.pop(_STOPPED, None)


@contextlib.contextmanager
def watched(asked: Question) -> Iterator[Callable[[], None]]:
    """Give what is to be called while a question is answered: then a stop is heard."""
    st.session_state[_ASKED] = asked
    place, began = st.empty(), time.monotonic()

    def waiting() -> None:
        seconds = time.monotonic() - began
        if seconds > _SOON:  # drawing is where Streamlit hears that the page is to be drawn anew
            place.caption(words.say("notebook.asking", seconds=format.count(round(seconds))))

    yield waiting
    place.empty()


def _stop() -> None:
    st.session_state[_STOPPED] = st.session_state.get(_ASKED)

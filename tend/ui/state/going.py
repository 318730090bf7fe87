"""Where the reader goes next: said anywhere in a run or a callback, done by the frame."""

import streamlit as st

_WANTED = "tend.wanted_page"


def to(name: str) -> None:
    """Want another page: the frame of the run that comes opens it."""
    st.session_state[_WANTED] = name


def taken() -> str | None:
    """Give the page that is wanted, once."""
    wanted: str | None = st.session_state.pop(_WANTED, None)
    return wanted

"""Whether the page is drawn for paper: tables whole and as text, until it has been printed."""

from typing import Literal

import streamlit as st

_ON = "tend.printing"
MOST = 400  # rows of one list: some ten pages
_SHEET = 680  # pixels across a sheet


def is_on() -> bool:
    """Tell whether this run draws for paper."""
    return bool(st.session_state.get(_ON))


def width() -> int | Literal["stretch"]:
    """Give how wide a chart is drawn: as its place, on paper as a sheet; it would shrink there."""
    return _SHEET if is_on() else "stretch"


def start() -> None:
    """Draw for paper from the run that comes; for callbacks."""
    st.session_state[_ON] = True


def end() -> None:
    """Draw for the screen again; for callbacks."""
    st.session_state.pop(_ON, None)

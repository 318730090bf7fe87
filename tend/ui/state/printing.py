"""What a page is drawn for: a wide screen, a phone, or paper, where tables are whole and text."""

from typing import Literal

import streamlit as st

_ON = "tend.printing"
MOST = 400  # rows of one list: some ten pages
_SHEET = 680  # pixels across a sheet
_IS_NARROW = "tend.is_narrow"
_PHONE = "Mobi"  # what browsers of phones call themselves by


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


def is_narrow() -> bool:
    """Tell whether there is room for one column only: a guess first, then as it was measured."""
    guess = _PHONE in (st.context.headers.get("User-Agent") or "")
    return bool(st.session_state.get(_IS_NARROW, guess))


def measured(*, is_narrow: bool) -> None:
    """Keep what the browser has measured."""
    st.session_state[_IS_NARROW] = is_narrow

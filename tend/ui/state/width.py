"""Whether the reader's screen is as narrow as a phone's: a guess first, then as it was measured."""

import streamlit as st

_IS_NARROW = "tend.is_narrow"
_PHONE = "Mobi"  # what browsers of phones call themselves by


def is_narrow() -> bool:
    """Tell whether there is room for one column only."""
    guess = _PHONE in (st.context.headers.get("User-Agent") or "")
    return bool(st.session_state.get(_IS_NARROW, guess))


def keep(*, is_narrow: bool) -> None:
    """Keep what the browser has measured."""
    st.session_state[_IS_NARROW] = is_narrow

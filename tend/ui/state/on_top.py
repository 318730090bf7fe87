"""What lies on top of a page: opened by itself, while the page beneath stands as it is."""

import streamlit as st

KEY = "on_top"  # the fragment at the foot of the frame
_STANDS = "tend.page_stands"


def begin() -> None:
    """A page is drawn: until it stands, nothing can be drawn on top of it alone."""
    st.session_state[_STANDS] = False


def stands() -> None:
    """The page is drawn to its end."""
    st.session_state[_STANDS] = True


def draw() -> None:
    """Draw what lies on top alone, or all where the page was left half drawn; for callbacks."""
    if st.session_state.get(_STANDS):
        st.rerun(KEY)

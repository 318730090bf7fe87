"""What was just done, said once, at the place where it was done."""

import streamlit as st

from tend import format


def keep(place: str, said: str) -> None:
    """Keep a sentence for the next drawing of a place."""
    st.session_state[f"tend.told.{place}"] = said


def waits(place: str) -> bool:
    """Tell whether there is something to be said at a place."""
    return f"tend.told.{place}" in st.session_state


def show(place: str) -> None:
    """Say it, once; names in it are data."""
    if said := st.session_state.pop(f"tend.told.{place}", None):
        st.success(format.plain(said))

"""Who reads: the person who signed in, else whoever sits at the machine, by the name they said."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tend.people.person import LOCAL, Person

_NAME = "tend.who"
LONGEST = 80


def current() -> Person:
    """Give who reads in this session; work beside the pages is the machine's own."""
    return LOCAL.named(name()) if get_script_run_ctx(suppress_warning=True) else LOCAL


def name() -> str:
    """Give the name, or nothing while nobody said it."""
    return str(st.session_state.get(_NAME, ""))


def is_said() -> bool:
    """Tell whether the reader said a name in this session, were it none."""
    return _NAME in st.session_state


def say(name: str) -> None:
    """Keep the name for this session."""
    st.session_state[_NAME] = name.strip()[:LONGEST]

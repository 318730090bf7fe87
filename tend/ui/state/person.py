"""Who reads: whoever signed in, as the workspace knows them at this run; else who sits here.

Where a sign-in is set up nobody is ever taken for whoever sits at the machine: work of which
nothing says for whom it is done is done for nobody.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tend.people.person import LOCAL, Person
from tend.ui.server import setup, visits
from tend.ui.server import source as sources
from tend.ui.server.visits import Visit

_NAME = "tend.who"
LONGEST = 80
# For whom a thread beside the pages works.
_lent: ContextVar[Person | None] = ContextVar("tend.reader", default=None)


def current() -> Person:
    """Give who reads in this session, or for whom this thread works."""
    if setup.found() is not None:
        return visit().person
    if (lent := _lent.get()) is not None:
        return lent
    return LOCAL.named(name()) if _is_session() else LOCAL


def visit() -> Visit:
    """Give who signed in, or why nobody is let in; asked anew at every run."""
    if (lent := _lent.get()) is not None:
        return Visit(lent, "")
    return visits.of(_claims()) if _is_session() else Visit()


def source() -> str:
    """Give from where in the network this session's reader asks, for the log."""
    if not _is_session():
        return ""
    return sources.of(st.context.ip_address, st.context.headers.get("X-Forwarded-For"))


def signs_in() -> bool:
    """Tell whether people sign in here: then who did something is who signed in, never a text."""
    return setup.found() is not None


def lending(work: Callable[..., None]) -> Callable[..., None]:
    """Give work that a thread beside the pages does for whoever reads now."""
    reader = current()

    def for_reader(*given: object) -> None:
        _lent.set(reader)
        work(*given)

    return for_reader


def name() -> str:
    """Give the name, or nothing while nobody said it."""
    if signs_in():
        return current().name
    return str(st.session_state.get(_NAME, ""))


def is_said() -> bool:
    """Tell whether the reader said a name in this session, were it none; who signs in has one."""
    return signs_in() or _NAME in st.session_state


def say(name: str) -> None:
    """Keep the name for this session, where nobody signs in."""
    if not signs_in():
        st.session_state[_NAME] = name.strip()[:LONGEST]


def _is_session() -> bool:
    return get_script_run_ctx(suppress_warning=True) is not None


def _claims() -> Mapping[str, Any]:
    return st.user.to_dict()

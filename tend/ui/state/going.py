"""Where the reader goes next: said anywhere in a run or a callback, done by the frame."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

_WANTED = "tend.wanted_page"


def to(name: str) -> None:
    """Want another page: the frame of the run that comes opens it."""
    st.session_state[_WANTED] = name


def taken() -> str | None:
    """Give the page that is wanted, once."""
    wanted: str | None = st.session_state.pop(_WANTED, None)
    return wanted


def root() -> str:
    """Give where this reader reaches the app."""
    return str(st.context.url or "").partition("?")[0].rsplit("/", 1)[0]


def here(page: str, params: Mapping[str, Sequence[str]]) -> str:
    """Give the address of a page with all that is looked at, as it can be sent to others."""
    return at(root(), page, params)


def at(server: str, page: str, params: Mapping[str, Sequence[str]]) -> str:
    """Give the address of a page at a server, with all that is looked at."""
    return f"{server}/{page}?{urlencode(params, doseq=True)}"


def link(page: str, **params: str) -> str:
    """Give the address of a page, as it can be sent to others."""
    return here(page, {name: [value] for name, value in params.items()})

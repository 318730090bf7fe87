"""The list of customers that a reader came from: its page, and who is on it in which order."""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

_HERE, _LEFT, _VISIT = "tend.here", "tend.list_left", "tend.visit"
OF_ONE = "customer"


@dataclass(frozen=True)
class Left:
    """The page of a list, and the customers that were on it."""

    page: str
    customers: tuple[str, ...] = ()


def arrive(page: str) -> None:
    """Keep in mind on which page the reader is; coming from another is a visit of its own."""
    if page != here():
        st.session_state[_VISIT] = visit() + 1
    st.session_state[_HERE] = page


def here() -> str | None:
    """Give the page on which the reader is."""
    page: str | None = st.session_state.get(_HERE)
    return page


def visit() -> int:
    """Give the number of the visit: what stands still does so until the next one."""
    return int(st.session_state.get(_VISIT, 0))


def leave(customers: Iterable[str]) -> None:
    """Keep the list that is left for one of its customers; from one to another it stays."""
    page = here() or OF_ONE
    if page != OF_ONE:
        st.session_state[_LEFT] = Left(page, tuple(dict.fromkeys(customers)))


def left() -> Left | None:
    """Give the list that was left, if the reader came from one."""
    found: Left | None = st.session_state.get(_LEFT)
    return found


def beside(customer: str) -> tuple[str | None, str | None]:
    """Give who stands before and after a customer on the list that was left."""
    names = found.customers if (found := left()) else ()
    if customer not in names:
        return None, None
    place = names.index(customer)
    return (
        names[place - 1] if place else None,
        names[place + 1] if place + 1 < len(names) else None,
    )

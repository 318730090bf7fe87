"""A long list by pages: which rows are shown, and the way to those before and after."""

from typing import NamedTuple

import streamlit as st

from tend.language import format
from tend.ui.parts import pieces, words
from tend.ui.state import printing


class Page(NamedTuple):
    """The rows of a list that are shown: the place of the first one, and how many at most."""

    first: int
    most: int


def page(place: str, shown: object, count: int, most: int) -> Page:
    """Give the page of a list; another list begins at its beginning, paper gets all of it."""
    if printing.is_on():
        return Page(0, printing.MOST)
    seen, first = st.session_state.get(_key(place), (shown, 0))
    first = first if seen == shown and first < count else 0
    st.session_state[_key(place)] = (shown, first)
    return Page(int(first), most)


def pager(place: str, count: int, page: Page) -> None:
    """Say which rows these are, and lead to those before and after."""
    first, last = page.first, min(page.first + page.most, count)
    said = {"first": format.count(first + 1), "last": format.count(last)}
    with st.container(
        key=f"pager_{place}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        pieces.note(words.say("ui.paging.shown", **said, rows=format.count(count)), "content")
        for name, to, is_there in (
            ("previous", max(0, first - page.most), first > 0),
            ("next", last, last < count),
        ):
            if first or last < count:
                st.button(
                    words.say(f"ui.paging.{name}"),
                    key=f"{place}_{name}",
                    disabled=not is_there,
                    on_click=_turn,
                    args=(place, to),
                )


def _turn(place: str, to: int) -> None:
    shown, _ = st.session_state[_key(place)]
    st.session_state[_key(place)] = (shown, to)


def _key(place: str) -> str:
    return f"tend.page.{place}"

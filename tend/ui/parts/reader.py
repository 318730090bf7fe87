"""The reader: their name, asked once where nobody signs in, and what they may not do here."""

from typing import get_args

import streamlit as st

from tend.people.person import Right
from tend.ui.parts import pieces, words
from tend.ui.state import address, data, going, lists, person, rights


def ask(place: str) -> None:
    """Ask for the name at a place; whatever was said before stands there. Who signed in has one."""
    if rights.person().key:
        return
    key = f"who_{place}"
    st.text_input(
        words.say("ui.who"),
        value=person.name(),
        placeholder=words.say("ui.who_short"),
        key=key,
        label_visibility="collapsed",
        width=290,
        max_chars=person.LONGEST,
        on_change=_take,
        args=(key,),
    )


def limits(customer_id: str | None = None) -> None:
    """Say why there is nothing to enter, where one would look for it; nothing to who may."""
    if rights.goes_to_writer("edit"):
        pieces.note(_goes())
        to_writer()
    elif not rights.may("edit"):
        pieces.note(words.say("rights.reads"))
    elif customer_id is not None and not rights.may_change(customer_id):
        pieces.note(words.say("rights.not_theirs"))


def why_not(right: Right, key: str) -> str:
    """Say why the reader may not do something here: it is done elsewhere, or by others."""
    return _goes() if rights.goes_to_writer(right) else words.say(f"rights.{key}")


def to_writer(page: str | None = None) -> None:
    """Lead to the same page, looked at in the same way, where things are entered.

    In a tab of its own: what was typed here stays. Nowhere, to who may enter nothing, or while that
    server does not answer.
    """
    if rights.is_writer_away() or not any(map(rights.goes_to_writer, get_args(Right))):
        return
    there = going.at(data.workspace().writer, page or lists.here() or "", address.current_params())
    st.link_button(words.say("reading.there"), there, type="tertiary")


def _goes() -> str:
    return words.say("reading.goes_later" if rights.is_writer_away() else "reading.goes")


def _take(key: str) -> None:
    person.say(st.session_state[key])

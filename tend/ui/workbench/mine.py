"""Whose workbench it is: the reader's own customers first, any other CSM's or all by one choice."""

from dataclasses import replace

import streamlit as st

from tend.figures import wording
from tend.language import format
from tend.ui.parts import pieces, reader, words
from tend.ui.state import address, person, rights
from tend.view import View

_KEY, _ALL = "workbench_csm", "tend.everybody"
_A_CHOICE = 2


def choose_csm(view: View) -> View:
    """Let the reader choose a CSM, or all: the same filter as above, nearer at hand.

    Who is a CSM, as they signed in or by the name that is remembered, begins with the own
    customers; the address and other pages know nothing of it. Who sees one CSM's is asked nothing.
    """
    choice, view = address.choice(), view.between(None, None)
    offered = [value for value, _ in words.reading().options(view).get("csm", [])]
    mine = _mine(offered)
    on = _chosen(mine)
    if rights.theirs() is not None and len(offered) < _A_CHOICE:
        return replace(view, filters=choice.filtered("csm", on).filters)
    with st.container(key="whose", horizontal=True, vertical_alignment="center", gap="small"):
        st.session_state[_KEY] = on[0] if len(on) == 1 and on[0] in offered else None
        st.selectbox(
            words.say("columns.csm"),
            offered,
            key=_KEY,
            placeholder=_all_of(on, choice.language),
            format_func=lambda code: _label(code, mine, choice.language),
            label_visibility="collapsed",
            width=260,
            on_change=_keep,
        )
        if not person.name() and rights.may("edit"):
            reader.ask("work")
    if not mine and (theirs := rights.person().csms) and rights.changeable() == frozenset():
        names = format.listed([format.clipped(one) for one in theirs], choice.language)
        pieces.note(words.say("rights.nobody_yours", csms=names))
    return replace(view, filters=choice.filtered("csm", on).filters)


def _mine(offered: list[str]) -> tuple[str, ...]:
    """Name the reader as the customer lists do: by what they signed in for, else by their name."""
    reading = rights.person()
    names = reading.csms if reading.role == "csm" and reading.key else (person.name(),)
    return tuple(one for one in names if one in offered)


def _chosen(mine: tuple[str, ...]) -> tuple[str, ...]:
    """Give who is chosen in the address; else the reader, where that is a CSM in this choice."""
    on = address.choice().chosen("csm")
    return on if on or st.session_state.get(_ALL) or rights.theirs() is not None else mine


def _all_of(on: tuple[str, ...], language: str) -> str:
    """Say who is shown where that is not one CSM."""
    names = [format.clipped(wording.value(one, language)) for one in on]
    said = format.listed(names, language) if names else words.say("service.work.everybody")
    return format.plain(said)


def _label(code: str, mine: tuple[str, ...], language: str) -> str:
    said = wording.value(code, language)
    return words.say("service.work.mine", csm=said) if code in mine else said


def _keep() -> None:
    chosen = st.session_state[_KEY]
    st.session_state[_ALL] = not chosen
    address.change(address.choice().filtered("csm", [chosen] if chosen else []))

"""Whose workbench it is: the reader's own customers first, any other CSM's or all by one choice."""

from dataclasses import replace

import streamlit as st

from tend.figures import wording
from tend.ui.parts import reader, words
from tend.ui.state import address, person, rights
from tend.view import View

_KEY, _ALL = "workbench_csm", "tend.everybody"


def choose_csm(view: View) -> View:
    """Let the reader choose a CSM, or all: the same filter as above, nearer at hand.

    Who is a CSM by the name that is remembered begins with the own customers; the address and
    other pages know nothing of it.
    """
    choice, view = address.choice(), view.between(None, None)
    offered = [value for value, _ in words.reading().options(view).get("csm", [])]
    on = _chosen(offered)
    with st.container(key="whose", horizontal=True, vertical_alignment="center", gap="small"):
        st.session_state[_KEY] = on[0] if len(on) == 1 and on[0] in offered else None
        st.selectbox(
            words.say("columns.csm"),
            offered,
            key=_KEY,
            placeholder=words.say("service.work.everybody"),
            format_func=lambda code: _label(code, choice.language),
            label_visibility="collapsed",
            width=260,
            on_change=_keep,
        )
        if not person.name() and rights.may("edit"):
            reader.ask("work")
    return replace(view, filters=choice.filtered("csm", on).filters)


def _chosen(offered: list[str]) -> tuple[str, ...]:
    """Give who is chosen in the address; else the reader, where that is a CSM in this choice."""
    on = address.choice().chosen("csm")
    if on or st.session_state.get(_ALL) or person.name() not in offered:
        return on
    return (person.name(),)


def _label(code: str, language: str) -> str:
    said = wording.value(code, language)
    return words.say("service.work.mine", csm=said) if code == person.name() else said


def _keep() -> None:
    chosen = st.session_state[_KEY]
    st.session_state[_ALL] = not chosen
    address.change(address.choice().filtered("csm", [chosen] if chosen else []))

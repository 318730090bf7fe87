"""Erasing a customer or a person: what would go is shown, then the name is typed once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import streamlit as st

from tend.acts import erasing, erasure_words
from tend.acts.erasing import Preview
from tend.language import format
from tend.language.errors import TendError
from tend.store.erased.marks import Erased
from tend.store.erasure.subject import Kind, Wanted, Way
from tend.ui.intake import waiting
from tend.ui.parts import done, html, lead, pieces, words
from tend.ui.state import address, data
from tend.view import View, window

_PLACE = "erasure"
_SEEN, _PROOF = "tend.erasure_seen", "tend.erasure_proof"
Choice = TypeVar("Choice", Kind, Way)
_KINDS: tuple[Kind, ...] = ("customer", "person")
_WAYS: tuple[Way, ...] = ("name", "rows")


@dataclass(frozen=True)
class _Seen:
    """What was shown of whom, at which version of the data."""

    wanted: Wanted
    version: int
    preview: Preview


def erasure(view: View) -> None:
    """Offer to erase somebody, and list who was erased."""
    try:
        there = erasing.listed(data.workspace())
        wanted = _choose(there)
    except TendError as error:
        st.error(format.plain(error.message(address.choice().language)))
        return
    if wanted is not None:
        _decide(wanted, view)
    done.say(_PLACE)
    _proof()
    _list(there)


def _choose(there: list[Erased]) -> Wanted | None:
    """Ask whom to erase, and how."""
    key = "lead" if there else "lead_none"
    lead.say(words.say(f"erasure.page.{key}", erased=format.count(len(there))))
    html.show(
        html.div(
            html.h2(words.say("erasure.page.who")),
            html.p(words.say("erasure.page.about")),
            css="tend-score",
        )
    )
    kind = _pressed("kind", _KINDS)
    names = dict(data.once("erasure_offered", kind, make=partial(_offered, kind)))
    given = st.selectbox(
        words.say(f"erasure.page.name_{kind}"),
        list(names),
        index=None,
        placeholder=words.say("erasure.page.choose"),
        key=f"erasure_{kind}_{len(there)}",  # who was just erased is chosen no more
        format_func=lambda one: format.plain(_called(one, names[one])),
    )
    if kind == "person":
        return None if given is None else Wanted(kind, given)
    way = _pressed("way", _WAYS)
    with_ids = st.checkbox(words.say("erasure.page.ids"), key="erasure_ids")
    return None if given is None else Wanted(kind, given, way, with_ids)


def _pressed(what: str, offered: Sequence[Choice]) -> Choice:
    """Let one of a few be chosen by a press; the first unless somebody says otherwise."""
    chosen: Choice = st.segmented_control(
        words.say(f"erasure.page.{what}"),
        offered,
        default=offered[0],
        format_func=lambda one: words.say(f"erasure.page.{what}_{one}"),
        key=f"erasure_{what}",
        required=True,
    )
    return chosen


def _offered(kind: Kind) -> list[tuple[str, str]]:
    return erasing.offered(data.workspace(), kind)


def _called(one: str, name: str) -> str:
    return name if one == name else words.say("ui.with_unit", name=name, unit=one)


def _decide(wanted: Wanted, view: View) -> None:
    """Show what would go; where that is shown, ask for the name, and erase."""
    seen: _Seen | None = st.session_state.get(_SEEN)
    if seen is None or (seen.wanted, seen.version) != (wanted, data.workspace().version):
        if st.button(words.say("erasure.page.show"), key="erasure_show"):
            _show(wanted, view)
            st.rerun()
        return
    language = address.choice().language
    with st.container(key="effects"):
        pieces.title(words.say("erasure.page.would"))
        told = erasure_words.preview(seen.preview, language, words.currency())
        html.show(html.ul(*map(html.li, told), css="tend-erasure"))
    name = seen.preview.subject.name
    typed = st.text_input(
        format.plain(words.say("erasure.page.type", name=name)), key="erasure_typed"
    )
    if st.button(words.say("erasure.page.erase"), key="erasure_do", type="primary"):
        _erase(wanted, typed)
        st.rerun()


def _show(wanted: Wanted, view: View) -> None:
    looked = View(view.as_of, *window("last_12_months", view.as_of))
    workspace, language = data.workspace(), address.choice().language
    try:
        with st.spinner(words.say("erasure.page.working")):
            found = erasing.preview(workspace, wanted, looked, language)
    except TendError as error:
        done.refuse(_PLACE, error)
        return
    st.session_state[_SEEN] = _Seen(wanted, data.workspace().version, found)


def _erase(wanted: Wanted, typed: str) -> None:
    language = address.choice().language
    try:
        with st.spinner(words.say("erasure.page.doing")):
            subject, proof = erasing.erase(data.workspace(), wanted, typed, language)
    except TendError as error:
        done.refuse(_PLACE, error)
        return
    st.session_state.pop(_SEEN, None)
    data.forget()
    waiting.miss_erased()
    st.session_state[_PROOF] = erasure_words.proof_file(subject, proof)
    done.keep(_PLACE, lambda: words.say("erasure.page.done", label=subject.label))


def _proof() -> None:
    """Offer the proof of what was just erased."""
    if proof := st.session_state.get(_PROOF):
        st.download_button(
            words.say("erasure.page.proof"),
            proof,
            file_name="erasure.json",
            mime="application/json",
            key="erasure_proof",
            on_click="ignore",
        )


def _list(there: list[Erased]) -> None:
    """List who was erased, each with the way to allow imports again."""
    if not there:
        return
    pieces.title(words.say("erasure.page.list"), words.say("erasure.page.list_about"))
    language = address.choice().language
    for one in there:
        with st.container(horizontal=True, vertical_alignment="center", key=f"erased_{one.number}"):
            html.show(html.p(erasure_words.told(one, language)), width="stretch")
            if one.allowed_at is None:
                st.button(
                    words.say("erasure.page.allow"),
                    key=f"erasure_allow_{one.number}",
                    on_click=_allow,
                    args=(one.number, one.label),
                )


def _allow(number: int, label: str) -> None:
    said = partial(words.say, "erasure.page.allowed", label=label)
    done.do(_PLACE, said, erasing.allow, number)

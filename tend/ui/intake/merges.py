"""Customers that may be one: side by side, merged or kept two by a click, taken back by another."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

import streamlit as st

from tend.acts import merges
from tend.acts.merges import Apart, Merge
from tend.language import format
from tend.store.facts import twins
from tend.store.facts.twins import Suggestion
from tend.ui.parts import done, html, pieces, words
from tend.ui.state import data, rights

Shown = TypeVar("Shown")
_SHOWN = 10


def offer_merges() -> None:
    """Show near-duplicate names and what people said of others; nothing where there are none.

    Who may not change all customers is asked nothing.
    """
    found, standing, apart = data.once("twins", make=_found)
    found = found if rights.may_change_all() else ()
    if not found and not standing and not apart:
        done.say("twins")
        return
    with st.container(key="twins"):
        first = "title" if found else "merged_title" if standing else "apart_title"
        html.show(html.h2(words.say(f"intake.twins.{first}")))
        done.say("twins")
        if found:
            pieces.note(words.say("intake.twins.what"))
        _list(found, _suggestion)
        _list(standing, _standing, "merged_title" if found else "")
        _list(apart, _apart, "apart_title" if found or standing else "")


def _found() -> tuple[tuple[Suggestion, ...], tuple[Merge, ...], tuple[Apart, ...]]:
    """Find them, once for what is there: names are compared all with all."""
    ws = data.workspace()
    return ws.read(twins.found), merges.standing(ws), merges.apart(ws)


def _list(found: Sequence[Shown], show: Callable[[int, Shown], None], title: str = "") -> None:
    if found and title:
        html.show(html.h3(words.say(f"intake.twins.{title}")))
    for place, one in enumerate(found[:_SHOWN]):
        show(place, one)
    _more(len(found))


def _suggestion(place: int, pair: Suggestion) -> None:
    one = _name(pair.customer_id, pair.customer_name)
    other = _name(pair.into_id, pair.into_name)
    said = {"one": pair.customer_name, "other": pair.into_name}
    ids, key = (pair.customer_id, pair.into_id), f"{place}_{pair.customer_id}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"twin_{place}"):
        unlisted = "" if pair.is_listed else html.small(words.say("intake.twins.unlisted"))
        between = words.say("intake.twins.would")
        html.show(_pair(html.join("", (one, unlisted)), other, between), width="stretch")
        _button("merge", f"merge_{key}", partial(_do, "merged", said, merges.merge, *ids))
        _button("apart", f"apart_{key}", partial(_do, "kept", said, merges.keep_apart, *ids))


def _standing(place: int, merge: Merge) -> None:
    one, said = merge.customer_id, {"one": merge.customer_id}
    with st.container(horizontal=True, vertical_alignment="center", key=f"merged_{place}"):
        html.show(_pair(html.b(one), html.b(merge.into_id)), width="stretch")
        undo = partial(_do, "unmerged", said, merges.unmerge, one)
        _button("unmerge", f"unmerge_{one}", undo)


def _apart(place: int, pair: Apart) -> None:
    one, other = (pair.customer_id, pair.customer_name), (pair.other_id, pair.other_name)
    said = {"one": pair.customer_name, "other": pair.other_name}
    with st.container(horizontal=True, vertical_alignment="center", key=f"two_{place}"):
        between = words.say("intake.twins.is_not")
        html.show(_pair(_name(*one), _name(*other), between), width="stretch")
        undo = partial(_do, "asked_again", said, merges.ask_again, pair.customer_id, pair.other_id)
        _button("unmerge", f"unapart_{place}_{pair.customer_id}", undo)


def _button(label: str, key: str, act: Callable[[], None]) -> None:
    if rights.may_change_all():
        st.button(words.say(f"intake.twins.{label}"), key=key, on_click=act)


def _do(key: str, said: Mapping[str, str], act: Callable[..., object], *ids: str) -> None:
    done.do("twins", lambda: words.say(f"intake.twins.{key}", **said), act, *ids)


def _pair(one: str, other: str, between: str = "") -> html.Html:
    into = between or words.say("intake.twins.into")
    return html.div(html.div(one), html.i(into), html.div(other), css="tend-pair")


def _name(customer_id: str, name: str) -> html.Html:
    number = html.small(_cut(customer_id)) if customer_id != name else ""
    return html.join("", (html.b(_cut(name)), number))


def _cut(name: str) -> html.Html:
    return html.span(format.clipped(name), title=name)


def _more(count: int) -> None:
    if count > _SHOWN:
        more = words.say("intake.twins.more", count=count - _SHOWN)
        pieces.note(more)

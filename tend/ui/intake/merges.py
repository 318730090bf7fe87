"""Customers that may be one: side by side, merged by one click, taken back by another."""

import streamlit as st

from tend.acts import merges
from tend.language import format
from tend.store.facts import twins
from tend.store.facts.twins import Suggestion
from tend.ui.parts import done, html, pieces, words
from tend.ui.state import data

_SHOWN = 10


def offer_merges() -> None:
    """Show near-duplicate names and the merges that stand; nothing where there are none."""
    found, standing = data.once("twins", make=_found)
    if not found and not standing:
        done.say("twins")
        return
    with st.container(key="twins"):
        first = "title" if found else "merged_title"
        html.show(html.h2(words.say(f"intake.twins.{first}")))
        done.say("twins")
        if found:
            pieces.note(words.say("intake.twins.what"))
        for place, pair in enumerate(found[:_SHOWN]):
            _suggestion(place, pair)
        _more(len(found))
        if found and standing:
            html.show(html.h3(words.say("intake.twins.merged_title")))
        for place, merge in enumerate(standing[:_SHOWN]):
            _standing(place, merge)
        _more(len(standing))


def _found() -> tuple[tuple[Suggestion, ...], tuple[merges.Merge, ...]]:
    """Find them, once for what is there: names are compared all with all."""
    return data.workspace().read(twins.found), merges.standing(data.workspace())


def _suggestion(place: int, pair: Suggestion) -> None:
    one = _name(pair.customer_id, pair.customer_name)
    other = _name(pair.into_id, pair.into_name)
    with st.container(horizontal=True, vertical_alignment="center", key=f"twin_{place}"):
        unlisted = "" if pair.is_listed else html.small(words.say("intake.twins.unlisted"))
        html.show(_pair(html.join("", (one, unlisted)), other), width="stretch")
        if st.button(words.say("intake.twins.merge"), key=f"merge_{place}_{pair.customer_id}"):
            done.do(
                "twins",
                lambda: words.say(
                    "intake.twins.merged", one=pair.customer_name, other=pair.into_name
                ),
                merges.merge,
                pair.customer_id,
                pair.into_id,
            )
            st.rerun()


def _standing(place: int, merge: merges.Merge) -> None:
    one, other = (merge.customer_id, merge.into_id)
    with st.container(horizontal=True, vertical_alignment="center", key=f"merged_{place}"):
        html.show(_pair(html.b(one), html.b(other)), width="stretch")
        if st.button(words.say("intake.twins.unmerge"), key=f"unmerge_{merge.customer_id}"):
            done.do(
                "twins",
                lambda: words.say("intake.twins.unmerged", one=merge.customer_id),
                merges.unmerge,
                merge.customer_id,
            )
            st.rerun()


def _pair(one: str, other: str) -> html.Html:
    into = words.say("intake.twins.into")
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

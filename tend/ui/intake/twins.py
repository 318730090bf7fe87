"""Customers that may be one: side by side, merged by one click, taken back by another."""

import html

import streamlit as st

from tend.acts import merges
from tend.language import format
from tend.ui.parts import told, words
from tend.ui.state import data

_SHOWN = 10


def twins() -> None:
    """Show near-duplicate names and the merges that stand; nothing where there are none."""
    found, standing = data.once("twins", make=_found)
    if not found and not standing:
        told.show("twins")
        return
    with st.container(key="twins"):
        first = "title" if found else "merged_title"
        st.html(f"<h2>{words.escaped(f'intake.twins.{first}')}</h2>")
        told.show("twins")
        if found:
            st.html(f'<p class="tend-note">{words.escaped("intake.twins.what")}</p>')
        for place, pair in enumerate(found[:_SHOWN]):
            _suggestion(place, pair)
        _more(len(found))
        if found and standing:
            st.html(f"<h3>{words.escaped('intake.twins.merged_title')}</h3>")
        for place, merge in enumerate(standing[:_SHOWN]):
            _standing(place, merge)
        _more(len(standing))


def _found() -> tuple[tuple[merges.Suggestion, ...], tuple[merges.Merge, ...]]:
    """Find them, once for what is there: names are compared all with all."""
    return merges.suggestions(data.workspace()), merges.standing(data.workspace())


def _suggestion(place: int, pair: merges.Suggestion) -> None:
    one = _name(pair.customer_id, pair.customer_name)
    other = _name(pair.into_id, pair.into_name)
    with st.container(horizontal=True, vertical_alignment="center", key=f"twin_{place}"):
        unlisted = words.escaped("intake.twins.unlisted")
        st.html(_pair(f"{one}<small>{unlisted}</small>", other), width="stretch")
        if st.button(words.say("intake.twins.merge"), key=f"merge_{place}_{pair.customer_id}"):
            told.do(
                "twins",
                lambda: merges.merge(data.workspace(), pair.customer_id, pair.into_id),
                lambda: words.say(
                    "intake.twins.merged", one=pair.customer_name, other=pair.into_name
                ),
            )
            st.rerun()


def _standing(place: int, merge: merges.Merge) -> None:
    one, other = html.escape(merge.customer_id), html.escape(merge.into_id)
    with st.container(horizontal=True, vertical_alignment="center", key=f"merged_{place}"):
        st.html(_pair(f"<b>{one}</b>", f"<b>{other}</b>"), width="stretch")
        if st.button(words.say("intake.twins.unmerge"), key=f"unmerge_{merge.customer_id}"):
            told.do(
                "twins",
                lambda: merges.unmerge(data.workspace(), merge.customer_id),
                lambda: words.say("intake.twins.unmerged", one=merge.customer_id),
            )
            st.rerun()


def _pair(one: str, other: str) -> str:
    into = words.escaped("intake.twins.into")
    return f'<div class="tend-pair"><div>{one}</div><i>{into}</i><div>{other}</div></div>'


def _name(customer_id: str, name: str) -> str:
    number = f"<small>{_cut(customer_id)}</small>" if customer_id != name else ""
    return f"<b>{_cut(name)}</b>{number}"


def _cut(name: str) -> str:
    return f'<span title="{html.escape(name)}">{html.escape(format.clipped(name))}</span>'


def _more(count: int) -> None:
    if count > _SHOWN:
        more = words.escaped("intake.twins.more", count=count - _SHOWN)
        st.html(f'<p class="tend-note">{more}</p>')

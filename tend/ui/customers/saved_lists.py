"""Saved lists of customers: opened, kept under a name, shared by a link, begun with, taken back."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from tend.acts import customer_lists
from tend.language import format
from tend.settings.customer_lists import PLAIN, CustomerList
from tend.ui.parts import done, pieces, words
from tend.ui.state import address, data, going, person, rights

PLACE = "saved_lists"
_BEGUN = "tend.list_begun"  # the saved list that this session has opened, or begun with
_PLAIN = ""


def arrive() -> None:
    """Open the list that a link names, or that the reader begins with; once, not over own looks."""
    choice = address.choice()
    begun = st.session_state.get(_BEGUN)
    if choice.saved and choice.saved != begun:
        if _look() == PLAIN:
            _open(choice.saved)
            st.rerun()  # filters and address stand over the page
        else:  # the link says all of it: the name is only where it came from
            st.session_state[_BEGUN] = choice.saved
    elif begun is None and person.name():
        own = data.workspace().settings.list_defaults.get(person.name())
        st.session_state[_BEGUN] = _PLAIN
        if own and _look() == PLAIN:
            _open(own)
            st.rerun()


def show() -> None:
    """Name the list that is open, and offer what can be done with lists."""
    choice, lists = address.choice(), customer_lists.seen(data.workspace())
    saved = lists.get(choice.saved or "")
    label = words.say("customers.saved.title")
    if saved is not None:
        key = "now" if saved == _look() else "changed"
        label = words.say(f"customers.saved.{key}", name=choice.saved)
    popover = st.popover(format.plain(label), key="saved_lists", on_change="rerun")
    if not popover.open:
        return
    with popover:
        _choose()
        if rights.may("edit"):
            _keep_as()
        if choice.saved and saved is not None:
            _about(choice.saved, saved)


def _choose() -> None:
    """List what is saved; a click opens it."""
    ws, now = data.workspace(), address.choice().saved
    own = ws.settings.list_defaults.get(person.name())
    for number, name in enumerate((_PLAIN, *customer_lists.seen(ws))):
        said = words.say("customers.saved.mine", name=name) if name and name == own else name
        st.button(
            format.plain(said or words.say("customers.saved.plain")),
            key=f"saved_{number}",
            type="tertiary",
            disabled=name == (now or _PLAIN) and bool(name),
            on_click=_open,
            args=(name,),
        )


def _keep_as() -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.text_input(
            words.say("customers.saved.name"),
            key="list_name",
            placeholder=words.say("customers.saved.save_hint"),
            label_visibility="collapsed",
            max_chars=80,
        )
        st.button(
            words.say("customers.saved.save"), key="list_save", type="primary", on_click=_keep_new
        )


def _about(name: str, saved: CustomerList) -> None:
    """Offer what is done with the list that is open, and its link to be copied."""
    if rights.may("edit"):
        _acts(name, saved)
    pieces.note(words.say("customers.saved.link"))
    st.code(going.link("customers", saved=name), language=None, wrap_lines=True)


def _acts(name: str, saved: CustomerList) -> None:
    own = data.workspace().settings.list_defaults.get(person.name())
    with st.container(horizontal=True, gap="small"):
        if customer_lists.may_change(data.workspace(), name):
            if saved != _look():
                _offer("update", _keep, name)
            _offer("rename", _rename, name)
            _offer("delete", _delete, name)
        _offer("begin_plain" if own == name else "begin", _begin, None if own == name else name)


def _offer(what: str, act: Callable[..., None], name: str | None) -> None:
    st.button(words.say(f"customers.saved.{what}"), key=f"list_{what}", on_click=act, args=(name,))


def _look() -> CustomerList:
    """Give how the list is looked at now, filters and all."""
    choice = address.choice()
    return choice.listing.model_copy(update={"filters": choice.filters})


def _open(name: str) -> None:
    found = customer_lists.seen(data.workspace()).get(name)
    st.session_state[_BEGUN] = name
    if name and found is None:
        done.keep(PLACE, lambda: words.say("customers.saved.unknown", name=name))
        address.change(replace(address.choice(), saved=None))
        return
    look = found or PLAIN
    listing = look.model_copy(update={"filters": ()})
    address.change(
        replace(address.choice(), listing=listing, filters=look.filters, saved=name or None)
    )


def _keep_new() -> None:
    if name := st.session_state["list_name"].strip():
        _keep(name)
        st.session_state["list_name"] = ""


def _keep(name: str) -> None:
    said = _said("kept", name)
    done.do(PLACE, said, customer_lists.keep, name, _look())
    _is_open(name)


def _rename(name: str) -> None:
    if wanted := st.session_state["list_name"].strip():
        done.do(PLACE, _said("renamed", wanted), customer_lists.rename, name, wanted)
        st.session_state["list_name"] = ""
        if wanted in data.workspace().settings.customer_lists:
            _is_open(wanted)


def _delete(name: str) -> None:
    done.do(PLACE, _said("deleted", name), customer_lists.delete, name)


def _begin(name: str | None) -> None:
    said = _said("begins", name) if name else _said("begins_plain", "")
    done.do(PLACE, said, customer_lists.begin_with, name)


def _said(what: str, name: str) -> words.Said:
    return lambda: words.say(f"customers.saved.{what}", name=name)


def _is_open(name: str) -> None:
    st.session_state[_BEGUN] = name
    address.change(replace(address.choice(), saved=name))

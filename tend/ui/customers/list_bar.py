"""What stands over the list of customers: search, who is listed, groups, order, saved lists."""

from dataclasses import replace
from typing import Any

import streamlit as st

from tend.figures.customers.columns import MORE, SORTED
from tend.language import format
from tend.settings.customer_lists import GROUPS, STANDINGS, CustomerList
from tend.ui.customers import saved_lists
from tend.ui.parts import choosing, words
from tend.ui.state import address

_NO_GROUP = ""
# What the summary calls those of each standing.
_COUNTS = dict(
    zip(STANDINGS, ("customers", "former", "without_contract", "everybody"), strict=True)
)
# Columns that the list calls otherwise than a table would.
_CALLED = {
    "quadrant": "customers.states",
    "path": "customers.path",
    "days_left": "customers.due_in",
    "days_since_touch": "customers.last_touch",
}


def show(counts: dict[str, Any]) -> str | None:
    """Draw the bar; give the letters that are searched for, if any."""
    listing = address.choice().listing
    with st.container(key="list_bar", horizontal=True, vertical_alignment="center", gap="small"):
        sought = st.text_input(
            words.say("customers.search"),
            key="customers_search",
            placeholder=words.say("customers.search_hint"),
            label_visibility="collapsed",
            width=250,
        )
        names = {
            name: words.say(
                f"customers.counts.{name}", customers=format.count(counts[_COUNTS[name]])
            )
            for name in STANDINGS
            if counts[_COUNTS[name]] or name == listing.standing
        }
        label = words.say("customers.which")
        choosing.one_of("list_standing", label, names, listing.standing, _keep_standing)
        _group(listing)
        _order(listing)
        saved_lists.show()
    return sought.strip() or None


def called(name: str) -> str:
    """Name a column of the list."""
    return words.say(_CALLED.get(name, f"columns.{name}"))


def sort_by(name: str) -> None:
    """Order by a column, from the top: names from A, all else from the greatest; again turns it."""
    listing = address.choice().listing
    is_text = name in ("customer_name", "csm", "tier", "days_left", "account_manager")
    is_rising = not listing.is_rising if listing.sort == name else is_text
    _keep(listing.model_copy(update={"sort": name, "is_rising": is_rising}))


def _group(listing: CustomerList) -> None:
    st.session_state["list_by"] = listing.by or _NO_GROUP
    names = {_NO_GROUP: words.say("customers.no_group")} | {
        name: words.say("customers.grouped", group=words.say(f"customers.groups.{name}"))
        for name in GROUPS
    }
    st.selectbox(
        words.say("customers.group_by"),
        list(names),
        key="list_by",
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=170,
        on_change=_keep_group,
    )


def _order(listing: CustomerList) -> None:
    """Order and columns stand in a popover: heads order as well, where there is room for them."""
    popover = st.popover(words.say("customers.order"), key="list_order", on_change="rerun")
    if not popover.open:
        return
    with popover:
        st.session_state["list_sort"] = listing.sort
        names = {name: called(name) for name in (*SORTED, *MORE)}
        st.selectbox(
            words.say("customers.sort"),
            list(names),
            key="list_sort",
            format_func=names.__getitem__,
            on_change=_keep_order,
        )
        st.session_state["list_rising"] = listing.is_rising
        st.toggle(words.say("customers.rising"), key="list_rising", on_change=_keep_order)
        st.session_state["list_more"] = list(listing.more)
        st.multiselect(
            words.say("customers.more"),
            MORE,
            key="list_more",
            format_func=names.__getitem__,
            placeholder=words.say("customers.more_hint"),
            on_change=_keep_more,
        )


def _keep_standing() -> None:
    standing = st.session_state["list_standing"]
    _keep(address.choice().listing.model_copy(update={"standing": standing}))


def _keep_group() -> None:
    group = st.session_state["list_by"] or None
    _keep(address.choice().listing.model_copy(update={"by": group}))


def _keep_order() -> None:
    update = {"sort": st.session_state["list_sort"], "is_rising": st.session_state["list_rising"]}
    _keep(address.choice().listing.model_copy(update=update))


def _keep_more() -> None:
    more = tuple(st.session_state["list_more"])
    _keep(address.choice().listing.model_copy(update={"more": more}))


def _keep(listing: CustomerList) -> None:
    address.change(replace(address.choice(), listing=listing))

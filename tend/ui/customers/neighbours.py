"""The way back to the list a reader came from, and to the customers before and after on it."""

from functools import partial

import streamlit as st

from tend.language import format
from tend.ui.figures import opens
from tend.ui.parts import pieces, words
from tend.ui.state import going, lists

_ALL = "customers"
# As in other lists: J goes down, K goes up.
_KEYS = {"previous": "K", "next": "J"}


def show(customer: str) -> None:
    """Lead back, and to the next one; without a list, to the list of all customers."""
    left = lists.left()
    page = left.page if left else _ALL
    with st.container(key="neighbours", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            words.say("customer.back", page=words.say(f"ui.pages.{page}")),
            key="back_to_list",
            type="tertiary",
            on_click=going.to,
            args=(page,),
        )
        names = left.customers if left else ()
        if customer not in names:
            return
        place = {"place": format.count(names.index(customer) + 1), "all": format.count(len(names))}
        pieces.note(words.say("customer.place", **place), width="content")
        for which, other in zip(_KEYS, lists.beside(customer), strict=True):
            st.button(
                words.say(f"customer.{which}"),
                key=f"customer_{which}",
                disabled=other is None,
                shortcut=_KEYS[which],
                on_click=partial(opens.open_customer, other or customer),
            )

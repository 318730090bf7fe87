"""Hand a CSM's book over: the customers of one CSM get another, and it can be taken back."""

from typing import Any

import streamlit as st

from tend.figures import wording
from tend.language import format
from tend.store.facts import entries
from tend.ui.parts import done, pieces, words
from tend.ui.state import address, data, rights
from tend.view import View

Row = dict[str, Any]


def hand_over(view: View) -> None:
    """Offer, while one CSM is chosen, to give all customers in view to another."""
    chosen = dict(view.filters).get("csm", ())
    if len(chosen) != 1:
        return
    rows = data.ask("priorities", view).to_pylist()
    if rights.among(rows) != rows:
        return
    form = st.popover(words.say("service.hand_over.open"), key="hand_over", on_change="rerun")
    if not form.open or not rows:
        return
    with form:
        csm = wording.value(chosen[0], address.choice().language)
        count = format.count(len(rows))
        pieces.note(words.say("service.hand_over.what", customers=count, csm=csm))
        st.text_input(words.say("service.hand_over.to"), key="hand_over_to", max_chars=120)
        st.button(
            words.say("service.hand_over.do"),
            key="hand_over_do",
            type="primary",
            on_click=_give,
            args=(rows,),
        )


def _give(rows: list[Row]) -> None:
    csm = st.session_state["hand_over_to"].strip()
    if not csm:
        return
    facts = [{"customer_id": row["customer_id"], "csm": csm} for row in rows]
    done.do(
        "hand_over",
        lambda: words.say("service.hand_over.done", customers=format.count(len(rows)), csm=csm),
        entries.enter,
        "customers",
        facts,
    )

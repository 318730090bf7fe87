"""Log a touch, an answer or a task of one's own: open, save, and it is closed again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from tend.acts import tasks
from tend.language import format, text
from tend.store.facts import entries
from tend.ui.parts import done, reader, real_day, words
from tend.ui.state import address, clock

Row = dict[str, Any]


def touch(row: Row) -> None:
    """Offer to log a touch: today's call unless something else is chosen."""
    key = f"touch_{row['customer_id']}"
    kinds = text.say("templates.choices.kind", address.choice().language).split("|")
    form = _popover("service.log.touch", key)
    if not form.open:
        return
    with form:
        _day("columns.touched_on", clock.today(), key)
        st.selectbox(words.say("service.log.kind"), kinds, key=f"{key}_kind")
        st.number_input(words.say("service.log.hours"), 0.0, 24.0, 0.5, 0.5, key=f"{key}_hours")
        st.text_input(words.say("service.log.note"), key=f"{key}_note", max_chars=500)
        _save(key, _keep_touch, row)


def answer(row: Row) -> None:
    """Offer to log an answer to the NPS question."""
    key = f"answer_{row['customer_id']}"
    form = _popover("service.log.answer", key)
    if not form.open:
        return
    with form:
        _day("service.log.answered_on", clock.today(), key)
        st.select_slider(words.say("service.log.nps"), range(11), 8, key=f"{key}_nps")
        st.text_input(words.say("service.log.respondent"), key=f"{key}_respondent", max_chars=120)
        st.text_input(words.say("service.log.comment"), key=f"{key}_note", max_chars=500)
        _save(key, _keep_answer, row)


def task(row: Row) -> None:
    """Offer to note a task of one's own."""
    key = f"own_{row['customer_id']}"
    form = _popover("service.log.task", key)
    if not form.open:
        return
    with form:
        st.text_input(words.say("service.log.what"), key=f"{key}_what", max_chars=300)
        _day("service.log.due", clock.today() + tasks.WEEK, key)
        _save(key, _keep_task, row)


def _popover(label: str, key: str) -> Any:
    """Draw the button; its form is made only while it is open.

    What was saved leaves a new one: the browser would open one that was closed from here again.
    """
    saved = st.session_state.get(f"saved_{key}", 0)
    return st.popover(words.say(label), key=f"open_{key}_{saved}", on_change="rerun")


def _day(label: str, day: date, key: str) -> None:
    st.date_input(words.say(label), day, key=f"{key}_day", format="YYYY-MM-DD")


def _save(key: str, act: Any, *given: Any) -> None:
    real_day.note()
    st.button(
        words.say("service.log.save"),
        key=f"save_{key}",
        type="primary",
        on_click=act,
        args=(key, *given),
    )


def place(row: Row) -> str:
    """Give the place at which it is said what was logged for a customer."""
    return f"log_{row['customer_id']}"


def _do(
    key: str,
    row: Row,
    said: words.Said,
    act: Callable[..., object],
    *given: object,
    **more: object,
) -> None:
    """Keep what stands in a form and close it: opened again, it is empty."""
    done.do(place(row), said, act, *given, **more)
    st.session_state[f"saved_{key}"] = st.session_state.get(f"saved_{key}", 0) + 1


def _said(key: str, row: Row) -> words.Said:
    return lambda: words.say(key, customer=words.customer(row))


def _keep_touch(key: str, row: Row) -> None:
    state = st.session_state
    csm = None if row["csm"] == "unknown" else row["csm"]
    fact = {
        "customer_id": row["customer_id"],
        "touched_on": state[f"{key}_day"],
        "kind": state[f"{key}_kind"],
        "csm": reader.name() or csm,
        "hours": state[f"{key}_hours"],
        "note": state[f"{key}_note"].strip() or None,
    }
    _do(key, row, _said("service.log.touched", row), entries.enter, "touches", [fact])


def _keep_answer(key: str, row: Row) -> None:
    state = st.session_state
    fact = {
        "customer_id": row["customer_id"],
        "answered_on": state[f"{key}_day"],
        "nps": float(state[f"{key}_nps"]),
        "respondent": state[f"{key}_respondent"].strip() or None,
        "comment": state[f"{key}_note"].strip() or None,
    }
    _do(key, row, _said("service.log.answered", row), entries.enter, "surveys", [fact])


def _keep_task(key: str, row: Row) -> None:
    what = st.session_state[f"{key}_what"].strip()
    if not what:
        return
    noted = _said("service.log.noted", row)
    _do(
        key,
        row,
        lambda: f"{noted()} {format.MISSING} {what}",
        tasks.add,
        row["customer_id"],
        what,
        due_on=st.session_state[f"{key}_day"],
        day=clock.today(),
        owner=reader.name() or (None if row["csm"] == "unknown" else row["csm"]),
    )

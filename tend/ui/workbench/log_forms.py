"""Log a touch, an answer or a task of one's own: open, save, and it is closed again.

A form is for one customer or for several; what is kept is given by who offers it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from tend.acts import tasks
from tend.figures import wording
from tend.language import format, text
from tend.store.facts import entries
from tend.ui.parts import done, real_day, words
from tend.ui.state import address, clock, person, rights

Row = dict[str, Any]


def offer(row: Row) -> None:
    """Offer what can be logged for a customer, where the reader may."""
    if rights.may_change(row["customer_id"]):
        for form in (_touch, _answer, _task):
            form(row)


def _touch(row: Row) -> None:
    """Offer to log a touch: today's call unless something else is chosen."""
    touch_form(row["customer_id"], _keep_touch, row)


def touch_form(name: str, act: Callable[..., None], *given: object) -> None:
    """Draw the form of a touch; `act` gets its key and what is given."""
    key = f"touch_{name}"
    kinds = text.say("templates.choices.kind", address.choice().language).split("|")
    form = popover("service.log.touch", key)
    if not form.open:
        return
    with form:
        _day("columns.touched_on", clock.today(), key)
        st.selectbox(words.say("service.log.kind"), kinds, key=f"{key}_kind")
        st.number_input(words.say("service.log.hours"), 0.0, 24.0, 0.5, 0.5, key=f"{key}_hours")
        st.text_input(words.say("service.log.note"), key=f"{key}_note", max_chars=500)
        save(key, act, *given)


def _answer(row: Row) -> None:
    """Offer to log an answer to the NPS question."""
    key = f"answer_{row['customer_id']}"
    form = popover("service.log.answer", key)
    if not form.open:
        return
    with form:
        _day("service.log.answered_on", clock.today(), key)
        st.select_slider(words.say("service.log.nps"), range(11), 8, key=f"{key}_nps")
        st.text_input(words.say("service.log.respondent"), key=f"{key}_respondent", max_chars=120)
        st.text_input(words.say("service.log.comment"), key=f"{key}_note", max_chars=500)
        save(key, _keep_answer, row)


def _task(row: Row) -> None:
    """Offer to note a task of one's own."""
    task_form(row["customer_id"], _keep_task, row)


def task_form(name: str, act: Callable[..., None], *given: object) -> None:
    """Draw the form of a task; `act` gets its key and what is given."""
    key = f"own_{name}"
    form = popover("service.log.task", key)
    if not form.open:
        return
    with form:
        st.text_input(words.say("service.log.what"), key=f"{key}_what", max_chars=300)
        _day("service.log.due", clock.today() + tasks.WEEK, key)
        save(key, act, *given)


def popover(label: str, key: str) -> Any:
    """Draw the button; its form is made only while it is open.

    What was saved leaves a new one: the browser would open one that was closed from here again.
    """
    saved = st.session_state.get(f"saved_{key}", 0)
    return st.popover(words.say(label), key=f"open_{key}_{saved}", on_change="rerun")


def save(key: str, act: Callable[..., None], *given: object) -> None:
    """Draw the button that keeps what stands in a form; it is of the real day."""
    real_day.note()
    st.button(
        words.say("service.log.save"),
        key=f"save_{key}",
        type="primary",
        on_click=act,
        args=(key, *given),
    )


def do(
    key: str,
    place: str,
    said: words.Said,
    act: Callable[..., object],
    *given: object,
    **more: object,
) -> None:
    """Keep what stands in a form and close it, empty when opened again; refused, it stays open."""
    if done.do(place, said, act, *given, **more):
        st.session_state[f"saved_{key}"] = st.session_state.get(f"saved_{key}", 0) + 1


def place(row: Row) -> str:
    """Give the place at which it is said what was logged for a customer."""
    return f"log_{row['customer_id']}"


def owner(row: Row) -> str | None:
    """Give who does what is noted: the reader, else the customer's CSM."""
    return person.name() or (None if row["csm"] == "unknown" else row["csm"])


def touch_fact(key: str, row: Row) -> dict[str, object]:
    """Give the touch of a customer that stands in a form."""
    state = st.session_state
    return {
        "customer_id": row["customer_id"],
        "touched_on": state[f"{key}_day"],
        "kind": state[f"{key}_kind"],
        "csm": owner(row),
        "hours": state[f"{key}_hours"],
        "note": state[f"{key}_note"].strip() or None,
    }


def _day(label: str, day: date, key: str) -> None:
    st.date_input(words.say(label), day, key=f"{key}_day", format="YYYY-MM-DD")


def _said(key: str, row: Row) -> words.Said:
    return lambda: words.say(key, customer=wording.customer(row))


def _keep_touch(key: str, row: Row) -> None:
    said = _said("service.log.touched", row)
    do(key, place(row), said, entries.enter, "touches", [touch_fact(key, row)])


def _keep_answer(key: str, row: Row) -> None:
    state = st.session_state
    fact = {
        "customer_id": row["customer_id"],
        "answered_on": state[f"{key}_day"],
        "nps": float(state[f"{key}_nps"]),
        "respondent": state[f"{key}_respondent"].strip() or None,
        "comment": state[f"{key}_note"].strip() or None,
    }
    do(key, place(row), _said("service.log.answered", row), entries.enter, "surveys", [fact])


def _keep_task(key: str, row: Row) -> None:
    what = st.session_state[f"{key}_what"].strip()
    if not what:
        return
    noted = _said("service.log.noted", row)
    do(
        key,
        place(row),
        lambda: f"{noted()} {format.MISSING} {what}",
        tasks.add,
        {row["customer_id"]: owner(row)},
        what,
        due_on=st.session_state[f"{key}_day"],
        day=clock.today(),
    )

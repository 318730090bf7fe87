"""Tasks one acts on: done, put off, taken up again, one by one or several at once."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from tend.acts import tasks as kept
from tend.figures import task_words, wording
from tend.language import format
from tend.ui.parts import done, html, pieces, words
from tend.ui.state import address, clock, rights

Row = dict[str, Any]
LONGEST = 240  # of what is to be done: a name, a reason and a comment in one line
_INKS = {"overdue": "at-risk", "forgotten": "at-risk", "due": "average"}


def task_rows(
    name: str,
    rows: Sequence[Row],
    place: str = "tasks",
    *,
    names_customer: bool = True,
) -> None:
    """List tasks with what can be done about each; those that are ticked go together.

    What was done is said under the name of that place. A list of one customer's tasks need not name
    it in each row.
    """
    shown = pieces.shown(f"tasks_{name}")
    seen = rows[:shown]
    ticked = [row for row in seen if st.session_state.get(_tick(name, row))]
    picked = rights.among(ticked)
    if len(picked) > 1:
        with st.container(key=f"bulk_{name}", horizontal=True, gap="small"):
            _buttons("bulk", picked, "many", name, place)
    for row in seen:
        with st.container(key=f"task_{name}_{row['task_id']}", gap=None):
            _row(name, row, place, names_customer=names_customer)
    pieces.more(f"tasks_{name}", len(rows), shown, "service.work.more_tasks")


def _row(name: str, row: Row, place: str, *, names_customer: bool) -> None:
    """Draw whose task it is, what is to be done, and the ways; others' have none."""
    language = address.choice().language
    said = format.clipped(task_words.of(row, language), LONGEST)
    if row["settled_on"] or not rights.may_change(row["customer_id"]):
        whose = (html.b(wording.customer(row)), " · ") if names_customer else ()
        told = html.p(*whose, said)
        html.show(html.join("", (html.div(told, css="tend-move"), _line(row, language))))
        return
    label = format.plain(said)
    if names_customer:
        label = f"**{format.plain(wording.customer(row))}** · {label}"
    st.checkbox(label, key=_tick(name, row))
    html.show(_line(row, language))
    with st.container(horizontal=True, gap="small"):
        _buttons(row["task_id"], [row], "one", name, place)


def _buttons(key: str, rows: list[Row], of: str, name: str, place: str) -> None:
    """Offer what can be done; the callback gets the tasks as they were seen."""
    waiting = [row for row in rows if not row["done_on"]]
    acted, offered = (waiting, ("finish", "put_off")) if waiting else (rows, ("reopen",))
    for what in offered:
        st.button(
            words.say(f"service.tasks.{what}"),
            key=f"{what}_{name}_{key}",
            type="primary" if what == "finish" and len(acted) > 1 else "secondary",
            on_click=_change,
            args=(what, acted, of, name, place),
        )


def _change(what: str, rows: list[Row], of: str, name: str, place: str) -> None:
    ways: dict[str, dict[str, object]] = {
        "finish": {"done_on": clock.today()},
        "put_off": {"snoozed_until": clock.today() + kept.WEEK},
        "reopen": {"done_on": None},
    }
    values = ways[what]

    def word() -> str:
        language = address.choice().language
        return words.say(
            f"service.tasks.{of}.{what}",
            customer=wording.customer(rows[0]),
            task=format.clipped(task_words.of(rows[0], language), LONGEST),
            day=format.day(clock.today() + kept.WEEK, language),
            count=format.count(len(rows)),
        )

    done.do(place, word, kept.change, rows, **values)
    for row in rows:
        st.session_state[_tick(name, row)] = False


def _line(row: Row, language: str) -> html.Html:
    state = words.say(f"tasks.states.{row['state']}")
    ink = _INKS.get(row["state"], "quiet")
    when = words.say("service.tasks.due", day=format.day(row["due_on"], language))
    if row["settled_on"]:
        touched = format.day(row["settled_on"], language)
        key = "settled_by" if row["settled_by"] else "settled"
        when = words.say(f"service.tasks.{key}", day=touched, who=row["settled_by"])
    cause = row["cause"] or ""
    reason = words.say(f"tasks.causes.{cause}") if words.known(f"tasks.causes.{cause}") else cause
    facts = [row["owner"], reason, row["note"]]
    told = html.join(" · ", (format.clipped(str(fact), LONGEST) for fact in facts if fact))
    return html.div(
        html.p(html.span(state, css=f"tend-{ink}"), " · ", when), html.small(told), css="tend-move"
    )


def _tick(name: str, row: Row) -> str:
    return f"pick_{name}_{row['task_id']}"

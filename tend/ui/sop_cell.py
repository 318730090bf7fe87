"""A cell of the SOP matrix: what is to be done, for whom, and who has begun."""

import html
from typing import Any

import streamlit as st

from tend import format, sops
from tend.service import Sop
from tend.store import tasks
from tend.ui import acts, address, data, drill, sop_editor, who, words
from tend.ui.task_rows import task_rows
from tend.view import View

Row = dict[str, Any]
_AT_FIRST = 8


def sop_cell(view: View, chosen: tuple[str, str]) -> None:
    """Show the SOP of a cell, its customers with the way to start it, and the steps that run."""
    scale, satisfaction = chosen
    cell, language = f"{scale}/{satisfaction}", address.choice().language
    rows = data.ask("sop_customers", view, scale=scale, satisfaction=satisfaction).to_pylist()
    title = words.escaped(
        "service.sop.cell",
        scale=words.say(f"values.{scale}"),
        satisfaction=words.say(f"satisfaction.{satisfaction}"),
        customers=format.count(len(rows)),
    )
    sop = sops.of(data.workspace().settings, cell, language)
    with st.container(key="sop_cell"):
        st.html(f'<div class="tend-figure"><h3>{title}</h3></div>{told(sop)}')
        acts.show("tasks")
        sop_editor.offer(cell, sop)
        if rows:
            _customers(cell, sop, rows, view)
            _steps(rows, view)
        else:
            st.html(f'<p class="tend-note">{words.escaped("service.sop.empty_cell")}</p>')
        who.ask("sop")


def told(sop: Sop) -> str:
    """Write an SOP: its goal, who does it, its steps, and what is not done."""
    role = words.escaped(f"service.roles.{sop.role}")
    steps = "".join(
        f"<li>{html.escape(step.text)} "
        f"<small>{words.escaped('service.sop.within', days=format.count(step.days))}</small></li>"
        for step in sop.steps
    )
    avoid = "".join(f"<li>{html.escape(one)}</li>" for one in sop.avoid)
    return (
        f'<div class="tend-sop"><p>{html.escape(sop.goal)}</p>'
        f'<p class="tend-note">{words.escaped("service.sop.role", role=role)}</p>'
        f"<ol>{steps}</ol>"
        + (f"<p>{words.escaped('service.sop.avoid')}</p><ul>{avoid}</ul>" if avoid else "")
        + "</div>"
    )


def _customers(cell: str, sop: Sop, rows: list[Row], view: View) -> None:
    """List the customers, each to be ticked; start for those, or for all."""
    picked = [row for row in rows if st.session_state.get(_tick(row))]
    with st.container(horizontal=True, gap="small"):
        for name, some in (("some", picked), ("all", rows)):
            st.button(
                words.say(f"service.sop.start_{name}", customers=format.count(len(some))),
                key=f"start_{name}",
                type="primary" if name == "all" and not picked else "secondary",
                disabled=not some or not sop.steps,
                on_click=start,
                args=(cell, sop, some, view),
            )
    shown = st.session_state.get("tend.sop_shown", _AT_FIRST)
    for row in rows[:shown]:
        with st.container(key=f"sop_customer_{row['customer_id']}", gap=None):
            label = format.plain(row["customer_name"] or row["customer_id"])
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.checkbox(label, key=_tick(row), label_visibility="collapsed", width="content")
                drill.customer_button(row, f"sop_{row['customer_id']}")
            st.html(_line(row))
    if len(rows) > shown:
        rest = words.say("movement.more", rest=format.count(len(rows) - shown))
        if st.button(rest, key="more_sop_customers"):
            st.session_state["tend.sop_shown"] = shown + 4 * _AT_FIRST
            st.rerun()


def start(cell: str, sop: Sop, rows: list[Row], view: View, place: str = "tasks") -> None:
    """Start the SOP for customers; for callbacks. What was done is said at the place."""
    said = words.say("service.sop.started", customers=format.count(len(rows)))
    acts.do(
        place,
        lambda: tasks.start(data.workspace(), cell, sop, rows, view.as_of, who.name()),
        said,
    )
    for row in rows:
        st.session_state[_tick(row)] = False


def _steps(rows: list[Row], view: View) -> None:
    """List the steps of this cell's customers that are not done."""
    here = {row["customer_id"] for row in rows}
    states = ("open", "due", "overdue", "forgotten", "snoozed")
    found = data.ask("tasks", View(view.as_of, filters=view.filters), states=states).to_pylist()
    steps = [one for one in found if one["cause"] == "sop" and one["customer_id"] in here]
    title = words.escaped("service.sop.steps", steps=format.count(len(steps)))
    st.html(f'<div class="tend-figure"><h3>{title}</h3></div>')
    task_rows("sop", steps, view)


def _line(row: Row) -> str:
    language = address.choice().language
    facts = [words.say("movement.arr", arr=format.money(row["arr"], language))]
    if row["was"] and row["went"] != "stay":
        facts.append(
            words.say(f"service.moved.{row['went']}", was=words.say(f"satisfaction.{row['was']}"))
        )
    if row["last_touch"]:
        facts.append(words.say("service.touched", day=format.day(row["last_touch"], language)))
    if row["open_steps"]:
        facts.append(words.say("service.open_steps", steps=format.count(row["open_steps"])))
    facts.append(row["account_manager"] or row["csm"] or "")
    said = " · ".join(html.escape(str(fact)) for fact in facts if fact)
    return f'<div class="tend-move"><small>{said}</small></div>'


def _tick(row: Row) -> str:
    return f"pick_customer_{row['customer_id']}"

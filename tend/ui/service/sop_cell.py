"""A cell of the SOP matrix: what is to be done, for whom, and who has begun."""

from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa
import streamlit as st

from tend.acts import tasks
from tend.figures import wording
from tend.language import format
from tend.settings import sops
from tend.settings.sop import Sop
from tend.ui.figures import opens
from tend.ui.parts import done, html, pieces, reader, real_day, words
from tend.ui.service import sop_editor
from tend.ui.state import address, clock, data, person, rights
from tend.ui.workbench.task_rows import task_rows
from tend.view import View

Row = dict[str, Any]


def sop_cell(view: View, chosen: tuple[str, str]) -> None:
    """Show the SOP of a cell, its customers with the way to start it, and the steps that run."""
    scale, satisfaction = chosen
    cell, language = f"{scale}/{satisfaction}", address.choice().language
    rows = data.ask("sop_customers", view, scale=scale, satisfaction=satisfaction).to_pylist()
    title = words.say(
        "service.sop.cell",
        scale=words.say(f"values.{scale}"),
        satisfaction=words.say(f"satisfaction.{satisfaction}"),
        customers=format.count(len(rows)),
    )
    title = title[:1].upper() + title[1:]
    sop = sops.of(data.workspace().settings, cell, language)
    _enter(cell)
    with st.container(key="sop_cell"):
        html.show(html.join("", (html.div(html.h2(title), css="tend-figure"), told(sop))))
        sop_editor.offer(cell, sop)
        if rows:
            reader.limits()
            if rights.may("edit"):
                real_day.note()
            steps = _steps(rows, view)
            _customers(cell, sop, rows, steps)
            if steps:
                _running(steps)
        else:
            pieces.note(words.say("service.sop.empty_cell"))
        if rows and not person.name() and rights.may("edit"):
            reader.ask("sop")


def _enter(cell: str) -> None:
    """What was done in one cell is not said in another."""
    if st.session_state.get("tend.sop_cell", cell) != cell:
        done.clear("tasks")
    st.session_state["tend.sop_cell"] = cell


def told(sop: Sop) -> html.Html:
    """Write an SOP: its goal, who does it, its steps, and what is not done."""
    role = words.say(f"service.roles.{sop.role}")
    steps = html.join(
        "",
        (
            html.li(
                step.text,
                " ",
                html.small(words.say("service.sop.within", days=format.count(step.days))),
            )
            for step in sop.steps
        ),
    )
    avoid = html.join("", (html.li(one) for one in sop.avoid))
    return html.div(
        html.p(sop.goal),
        html.p(words.say("service.sop.role", role=role), css="tend-note"),
        html.ol(steps),
        html.join("", (html.p(words.say("service.sop.avoid")), html.ul(avoid))) if avoid else "",
        css="tend-sop",
    )


def _customers(cell: str, sop: Sop, rows: list[Row], steps: list[Row]) -> None:
    """List the customers, each to be ticked; start for those, or for all, where it does not run."""
    running = {one["customer_id"] for one in steps if one["about"] == cell}
    theirs = rights.among(rows)
    free = [row for row in theirs if row["customer_id"] not in running]
    if theirs:
        _ways(cell, sop, theirs, free)
    shown, ticked = pieces.shown("sop_customers"), {row["customer_id"] for row in free}
    listed = pa.array([row["customer_id"] for row in rows], pa.string())
    for row in rows[:shown]:
        with st.container(key=f"sop_customer_{row['customer_id']}", gap=None):
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                if row["customer_id"] in ticked:
                    label = format.plain(wording.customer(row))
                    st.checkbox(
                        label, key=_tick(row), label_visibility="collapsed", width="content"
                    )
                opens.customer_button(row, f"sop_{row['customer_id']}", lambda: listed)
            html.show(_line(row))
    pieces.more("sop_customers", len(rows), shown, "ui.further_customers")


def _ways(cell: str, sop: Sop, rows: list[Row], free: list[Row]) -> None:
    """Offer to start the SOP for those that are ticked, or for all where it does not run."""
    picked = [row for row in free if st.session_state.get(_tick(row))]
    with st.container(horizontal=True, gap="small"):
        for name, some in (("some", picked), ("all", free)):
            key, count = ("start", some) if free else ("runs", rows)
            if name == "some" and not free:
                continue
            st.button(
                words.say(f"service.sop.{key}_{name}", customers=format.count(len(count))),
                key=f"start_{name}",
                type="primary" if name == "all" and free and not picked else "secondary",
                disabled=not some or not sop.steps,
                on_click=start,
                args=(cell, sop, some),
            )


def start(cell: str, sop: Sop, rows: list[Row], place: str = "tasks") -> None:
    """Start the SOP for customers; for callbacks. What was done is said at the place."""
    done.do(
        place,
        lambda: words.say("service.sop.started", customers=format.count(len(rows))),
        tasks.start,
        cell,
        sop,
        rows,
        clock.today(),
    )
    for row in rows:
        st.session_state[_tick(row)] = False


def _steps(rows: list[Row], view: View) -> list[Row]:
    """Give the steps not done of this cell's customers, by customer, the next one first."""
    places = {row["customer_id"]: place for place, row in enumerate(rows)}
    found = data.ask(
        "tasks", View(view.as_of, filters=view.filters), states=tasks.NOT_DONE
    ).to_pylist()
    steps = [one for one in found if one["cause"] == "sop" and one["customer_id"] in places]
    return sorted(steps, key=lambda one: (places[one["customer_id"]], one["due_on"], one["step"]))


def _running(steps: list[Row]) -> None:
    """List the steps that run: each customer once with its next step, the others behind it."""
    title = words.say("service.sop.steps", steps=format.count(len(steps)))
    pieces.title(title)
    books = [(name, list(own)) for name, own in groupby(steps, itemgetter("customer_id"))]
    shown = pieces.shown("sop_running")
    for name, own in books[:shown]:
        said = wording.customer(own[0])
        html.show(html.p(said, css="tend-book"))
        task_rows("sop", own[:1], names_customer=False)
        if own[1:]:
            label = words.say("service.sop.later", steps=format.count(len(own) - 1))
            rest = st.expander(label, key=f"later_{name}", on_change="rerun")
            if rest.open:
                with rest:
                    task_rows(f"later_{name}", own[1:], names_customer=False)
    pieces.more("sop_running", len(books), shown, "ui.further_customers")


def _line(row: Row) -> html.Html:
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
    facts.append(format.clipped(row["account_manager"] or row["csm"] or ""))
    said = html.join(" · ", (str(fact) for fact in facts if fact))
    return html.div(html.small(said), css="tend-move")


def _tick(row: Row) -> str:
    return f"pick_customer_{row['customer_id']}"

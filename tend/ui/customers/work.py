"""What is to be done for a customer: its tasks, and the SOP of the cell it stands in."""

from typing import Any

import streamlit as st

from tend.acts import tasks
from tend.language import format
from tend.settings import sops
from tend.ui.parts import html, pieces, real_day, words
from tend.ui.service import sop_cell
from tend.ui.state import address, data, rights
from tend.ui.workbench.task_rows import task_rows
from tend.view import View

Row = dict[str, Any]
_PLACE = "customer"  # where what was done to its tasks is said


def customer_work(row: Row, view: View) -> None:
    """List its open tasks, and show the SOP with the way to start it."""
    view = View(view.as_of)
    found = data.ask("tasks", view, states=tasks.NOT_DONE).to_pylist()
    own = [one for one in found if one["customer_id"] == row["customer_id"]]
    key = "tasks" if own else "no_tasks"
    pieces.title(words.say(f"customer.{key}", tasks=format.count(len(own))))
    if own and rights.may_change(row["customer_id"]):
        real_day.note()
    task_rows(_PLACE, own, _PLACE, names_customer=False)
    _sop(row)


def _sop(row: Row) -> None:
    if row["scale"] is None:
        return
    cell = f"{row['scale']}/{row['satisfaction']}"
    sop = sops.of(data.workspace().settings, cell, address.choice().language)
    title = words.say(
        "customer.sop",
        scale=words.say(f"values.{row['scale']}"),
        satisfaction=words.say(f"satisfaction.{row['satisfaction']}"),
    )
    with st.expander(format.plain(title), key="customer_sop"):
        html.show(sop_cell.told(sop))
        if not rights.may_change(row["customer_id"]):
            return
        real_day.note()
        st.button(
            words.say("customer.start_sop"),
            key="start_customer_sop",
            disabled=not sop.steps,
            on_click=sop_cell.start,
            args=(cell, sop, [row], _PLACE),
        )

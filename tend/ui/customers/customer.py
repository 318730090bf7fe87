"""The page of one customer: how it stands, its contracts, health, tasks, and its sources."""

from typing import Any

import pyarrow as pa
import streamlit as st

from tend.acts import tasks
from tend.language import format
from tend.settings import sops
from tend.settings.definition import SCORES
from tend.ui.customers import health
from tend.ui.parts import done, html, lead, real_day, words
from tend.ui.parts.names_and_values import facts
from tend.ui.parts.sources import sources
from tend.ui.service import sop_cell
from tend.ui.state import address, data
from tend.ui.workbench.task_rows import task_rows
from tend.view import View

Row = dict[str, Any]
_PLACE = "customer"  # where what was done to its tasks is said
_STANDS = (
    *("life_stage", "outcome_state", "experience_state", "satisfaction", "nps_mean"),
    *("service_hours", "service_cost", "overdue_arr"),
)
_PROFILE = (
    *("industry", "size", "tier", "csm", "account_manager", "department", "region"),
    *("key_contact", "key_contact_role", "source_channel", "potential", "go_live_date"),
)
_MONEY = ("service_cost", "overdue_arr")
_EVENTS = 8  # that are shown at once
_LEAST_SHARE = 0.0005  # smaller shares would be written as 0.0 %


def customer(view: View) -> None:
    """Show the customer of the address, or say that there is none."""
    customer_id = address.choice().customer
    language = address.choice().language
    if not customer_id:
        lead.say(words.say("customer.which"))
        return
    table = data.ask("customer", View(view.as_of), customer_id=customer_id)
    if not len(table):
        lead.say(words.say("customer.unknown", customer=format.clipped(customer_id)))
        return
    [row] = table.to_pylist()
    more = format.sentences(_more(row, language), language)
    lead.say(_lead(row, view, language), more)
    _facts(table, language)
    health.contracts_of(customer_id, view)
    health.path_of(customer_id, view)
    _log(customer_id, view, language)
    _tasks(row, view)
    _sop(row, language)
    sources("customers", customer_id, language)


def _lead(row: Row, view: View, language: str) -> str:
    """Say what it is to us, or until when it was."""
    name = words.customer(row)
    if row["last_day"]:
        return words.say("customer.lost", customer=name, day=format.day(row["last_day"], language))
    if not row["is_in_force"]:
        return words.say("customer.none", customer=name, day=format.day(view.as_of, language))
    states = {axis: words.say(f"states.{row[f'{axis}_state']}") for axis in SCORES}
    arr = format.money(row["arr"], language)
    if not row["arr_share"]:
        return words.say("customer.without_share", customer=name, arr=arr, **states)
    share = format.rate(row["arr_share"], language)
    if row["arr_share"] < _LEAST_SHARE:
        share = words.say("customer.tiny_share")
    return words.say("customer.in_force", customer=name, arr=arr, share=share, **states)


def _more(row: Row, language: str) -> list[str]:
    """Say since when it is a customer, when its next contract ends, when it was touched."""
    said = []
    if row["months"] is not None:
        said.append(words.say("customer.months", months=format.count(row["months"])))
    days = row["days_left"]
    if days is not None:
        key = "ends_today" if days == 0 else "ends" if days > 0 else "ended"
        end = format.day(row["end_date"], language)
        said.append(words.say(f"customer.{key}", day=end, days=format.count(abs(days))))
    elif row["is_in_force"]:
        said.append(words.say("customer.no_end"))
    ago = row["days_since_touch"]
    key = "never_touched" if ago is None else "touched" if ago else "touched_today"
    day = format.day(row["last_touch"], language)
    return [*said, words.say(f"customer.{key}", day=day, days=format.count(ago))]


def _facts(table: pa.Table, language: str) -> None:
    """Show how it stands, then its profile; the size with what the file says of it."""
    [row] = words.worded("customer", table, language).to_pylist()
    row["overdue_arr"] = row["overdue_arr"] or None
    row["size"] = " · ".join(dict.fromkeys(filter(None, (row["size"], row["given_size"])))) or None
    units = dict.fromkeys(_MONEY, data.workspace().settings.currency)
    facts(row, _STANDS, units, language)
    html.show(html.h4(words.say("customer.profile")))
    facts(row, _PROFILE, {}, language)


def _log(customer_id: str, view: View, language: str) -> None:
    """List what was done for it and what it said, the newest first."""
    rows = data.ask("customer_log", view, customer_id=customer_id).to_pylist()
    if not rows:
        return
    html.show(html.h4(words.say("customer.log", events=format.count(len(rows)))))
    lines = [html.li(_event(row, language)) for row in rows]
    html.show(html.ul(*lines[:_EVENTS], css="tend-log"))
    if earlier := lines[_EVENTS:]:
        label = words.say("customer.earlier", events=format.count(len(earlier)))
        with st.expander(format.plain(label), key="customer_earlier"):
            html.show(html.ul(*earlier, css="tend-log"))


def _event(row: Row, language: str) -> html.Html:
    said = [row["kind"] or words.say(f"customer.events.{row['event']}"), row["severity"]]
    if row["nps"] is not None:
        said.append(f"NPS {row['nps']:g}")
    elif row["csat"] is not None:
        said.append(f"CSAT {format.rate(row['csat'], language)}")
    if row["event"] == "ticket":
        solved = row["resolved_on"]
        key = "solved" if solved else "unsolved"
        said.append(words.say(f"customer.{key}", day=format.day(solved, language)))
    if row["hours"]:
        said.append(words.say("customer.hours", hours=f"{row['hours']:g}"))
    facts = [str(one) for one in (*said, row["who"]) if one]
    text = html.p(row["text"]) if row["text"] else ""
    day = format.day(row["day"], language)
    return html.join("", (html.small(day, " · ", html.join(" · ", facts)), text))


def _tasks(row: Row, view: View) -> None:
    found = data.ask("tasks", View(view.as_of), states=tasks.NOT_DONE).to_pylist()
    own = [one for one in found if one["customer_id"] == row["customer_id"]]
    key = "tasks" if own else "no_tasks"
    html.show(html.h4(words.say(f"customer.{key}", tasks=format.count(len(own)))))
    if own:
        real_day.note()
    done.show(_PLACE)
    task_rows(_PLACE, own, _PLACE, names_customer=False)


def _sop(row: Row, language: str) -> None:
    """Show the SOP of the cell it stands in, with the way to start it."""
    if row["scale"] is None:
        return
    cell = f"{row['scale']}/{row['satisfaction']}"
    sop = sops.of(data.workspace().settings, cell, language)
    title = words.say(
        "customer.sop",
        scale=words.say(f"values.{row['scale']}"),
        satisfaction=words.say(f"satisfaction.{row['satisfaction']}"),
    )
    with st.expander(format.plain(title), key="customer_sop"):
        html.show(sop_cell.told(sop))
        real_day.note()
        st.button(
            words.say("customer.start_sop"),
            key="start_customer_sop",
            disabled=not sop.steps,
            on_click=sop_cell.start,
            args=(cell, sop, [row], _PLACE),
        )

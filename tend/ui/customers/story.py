"""What happened with a customer: one timeline, and beneath it everything in words."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pyarrow.compute as pc
import streamlit as st

from tend.figures import drawing, wording
from tend.figures.customers import timeline
from tend.figures.figure import Figure
from tend.language import format
from tend.ui.customers import health
from tend.ui.figures import foot, marks
from tend.ui.parts import html, pieces, sources, words
from tend.ui.state import address, data, printing
from tend.view import View

Row = Mapping[str, Any]
_EVENTS = 8  # that are shown at once
_CHART = "chart_timeline"
_AXES = ("outcome", "experience")


def customer_timeline(row: Row, view: View) -> None:
    """Draw contracts, touches, answers, tickets, stages, scores and use over one axis of time."""
    language, own = address.choice().language, row["customer_id"]
    codes = data.ask("customer_timeline", View(view.as_of), customer_id=own)
    pieces.title(words.say("customer.timeline"), words.say("customer.timeline_note"))
    if not len(codes):
        pieces.note(words.say("customer.nothing_yet"))
        return
    drawn, shape = timeline.laid_out(codes.to_pylist(), lambda one: said(one, language))
    spec = timeline.timeline(language, st.context.theme.type == "dark", shape)
    figure = Figure(
        "customer_timeline",
        "customer_timeline",
        given=(("customer_id", own),),
        opens=timeline.OPENS,
    )
    st.vega_lite_chart(
        drawn,
        spec,
        theme=None,
        width=printing.width(),
        key=marks.key(_CHART),
        on_select=partial(marks.open_picked, figure, _CHART),
        selection_mode=drawing.MARK,
    )
    if not set(_AXES) & set(pc.unique(codes["lane"]).to_pylist()):
        pieces.note(words.say("customer.no_health"))
    foot.show(figure, view, codes)


def said(one: Row, language: str) -> str:
    """Say what a mark of the timeline is."""
    lane = one["lane"]
    if lane == "contract":
        end = format.day(one["until"], language)
        parts = [one["what"], one["said"], format.money(one["value"], language), end]
    elif lane == "stage":
        parts = [words.say(f"stages.{one['stage']}"), one["what"], one["said"]]
    elif lane in _AXES:
        name = words.say(f"customers.lanes.{lane}")
        parts = [name, format.count(one["value"]), words.say(f"states.{one['state']}")]
    elif lane == "usage":
        parts = [wording.dimension(one["what"], language), format.count(one["value"])]
    else:
        nps = f"NPS {one['value']:g}" if one["value"] is not None else None
        parts = [words.say(f"customer.events.{lane}"), one["what"], nps, one["said"]]
    return format.clipped(" · ".join(str(part) for part in parts if part), 160)


def customer_log(row: Row, view: View) -> None:
    """List what was done for it and what it said, the newest first, and its contracts."""
    language, view = address.choice().language, View(view.as_of)
    health.contracts_of(row["customer_id"], view)
    rows = data.ask("customer_log", view, customer_id=row["customer_id"]).to_pylist()
    html.show(html.h3(words.say("customer.log", events=format.count(len(rows)))))
    place = f"log_{row['customer_id']}"
    shown = pieces.shown(place, _EVENTS)
    with st.container(key="customer_log", gap=None):
        for number, one in enumerate(rows[:shown]):
            _line(number, one, row["customer_id"], language)
    pieces.more(place, len(rows), shown)


def _line(number: int, one: Row, customer_id: str, language: str) -> None:
    """Write what was done; a click on its day shows the row it comes from."""
    with st.container(key=f"event_{number}", horizontal=True, gap="small"):
        what = words.say(f"customer.events.{one['event']}")
        day = format.day(one["day"], language)
        st.button(
            format.plain(day),
            key=f"row_{number}",
            type="tertiary",
            help=words.say("customer.row"),
            on_click=sources.open_row,
            args=(one["dataset"], customer_id, one["source"], f"{what} · {day}"),
        )
        html.show(_event(one, language))


def _event(row: Row, language: str) -> html.Html:
    told = [row["kind"] or words.say(f"customer.events.{row['event']}"), row["severity"]]
    if row["nps"] is not None:
        told.append(f"NPS {row['nps']:g}")
    elif row["csat"] is not None:
        told.append(f"CSAT {format.rate(row['csat'], language)}")
    if row["event"] == "ticket":
        solved = row["resolved_on"]
        key = "solved" if solved else "unsolved"
        told.append(words.say(f"customer.{key}", day=format.day(solved, language)))
    if row["hours"]:
        told.append(words.say("customer.hours", hours=f"{row['hours']:g}"))
    facts = [str(one) for one in (*told, row["who"]) if one]
    text = html.p(row["text"]) if row["text"] else ""
    return html.div(html.small(html.join(" · ", facts)), text, css="tend-event")

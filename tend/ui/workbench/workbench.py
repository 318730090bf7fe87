"""The workbench: whom to serve first today and why, and what waits."""

from typing import Any

import pyarrow as pa
import streamlit as st

from tend.figures import wording
from tend.figures.collection import FIGURES
from tend.figures.service import headlines, reasons, sentences
from tend.language import format
from tend.ui.figures import figures, foot, leading, opens
from tend.ui.parts import html, lead, pieces, reader, real_day, words
from tend.ui.state import address, rights, standing
from tend.ui.workbench import log_forms
from tend.ui.workbench.task_rows import task_rows
from tend.view import View

Row = dict[str, Any]
_PARTS = ("renewal", "health", "fall", "touch", "task", "stage")
_TODAY = 5  # customers that a day has room for
_LISTS = {
    "late": ("forgotten", "overdue"),
    "next": ("due", "open"),
    "snoozed": ("snoozed",),
    "done": ("done",),
}


def work_sentence(view: View) -> None:
    """Say whom to serve first and what is late."""
    lead.show(sentences.workbench(words.reading(), view))


def work_headline(view: View) -> None:
    """Show tasks late and due, renewals, stages over their limit, and the touch rate."""
    shown = [
        leading.tile(f"tile_{one.name}", pieces.number(one))
        for one in headlines.workbench(words.reading(), view)
    ]
    leading.headline(shown, view, "work_headline")


def work_priorities(view: View) -> None:
    """List whom to serve first, with the parts of each priority and what can be done at once."""
    cell, language = FIGURES["priorities"], address.choice().language
    codes = words.reading().answer(cell, view)
    figures.head(cell, view, codes)
    reader.limits()
    found = {row["customer_id"]: row for row in codes.to_pylist()}
    # what was logged makes a customer less urgent: it stays where it was all the same
    stood = standing.seen("priorities", view, found)
    rows = [found[one] for one in stood if one in found]
    shown = pieces.shown("priorities", _TODAY)
    most = max((row["priority"] for row in rows), default=0.0)
    for row in rows[:shown]:
        with st.container(key=f"priority_{row['customer_id']}", gap=None):
            with st.container(horizontal=True, horizontal_alignment="distribute"):
                opens.customer_button(
                    row, f"priority_{row['customer_id']}", lambda: codes["customer_id"]
                )
                html.show(html.b(f"{row['priority']:.1f}", css="tend-sum"), width="content")
            html.show(_priority(row, most, language))
            with st.container(horizontal=True, gap="small"):
                log_forms.offer(row)
    pieces.more("priorities", len(rows), shown, "ui.further_customers")
    foot.show(cell, view, codes)


def work_tasks(view: View) -> None:
    """List tasks late, due, put off and done."""
    cell = FIGURES["tasks"]
    codes = words.reading().answer(cell, view)
    figures.head(cell, view, codes)
    if rights.may("edit"):
        real_day.note()
    found = _in_lists(codes, view)
    labels = [
        words.say(f"service.work.lists.{name}", tasks=format.count(len(table)))
        for name, table in found.items()
    ]
    first = next((n for n, table in enumerate(found.values()) if len(table)), 0)
    tabs = st.tabs(labels, default=labels[first], key="task_tabs", on_change="rerun")
    for tab, (name, table) in zip(tabs, found.items(), strict=True):
        if tab.open:
            with tab:
                if not len(table):
                    pieces.note(words.say("service.work.none"))
                task_rows(name, table)
    foot.show(cell, view, codes)


def _in_lists(codes: pa.Table, view: View) -> dict[str, list[Row]]:
    """Give the tasks of each list; what is done or put off stays there until the next visit."""
    rows = {row["task_id"]: row for row in codes.to_pylist()}
    stood = standing.seen("tasks", view, rows)
    return {
        name: [rows[one] for one in stood if one in rows and stood[one]["state"] in states]
        for name, states in _LISTS.items()
    }


def _priority(row: Row, most: float, language: str) -> html.Html:
    """Draw the parts of a priority as one bar, and say them."""
    bars = html.join(
        "",
        (
            html.i(
                css=f"tend-part-{part}",
                style=f"width:{width(row[f'{part}_part'], most)}%",
                title=f"{words.say(f'service.parts.{part}')} {row[f'{part}_part']:.1f}",
            )
            for part in _PARTS
            if row[f"{part}_part"] > 0
        ),
    )
    facts = [words.say("movement.arr", arr=format.money(row["arr"], language))]
    facts.append(wording.csm(row, language))
    return html.div(
        html.div(bars, css="tend-parts"),
        html.p(reasons.said(words.reading(), row)),
        html.small(html.join(" · ", facts)),
        css="tend-priority",
    )


def width(part: float, most: float) -> str:
    """Give how wide a part is drawn, the highest priority being whole."""
    return f"{100 * part / most if most else 0:.1f}"

"""What the rules propose: it waits in a tray, and becomes tasks where somebody takes it."""

from typing import Any

import streamlit as st

from tend.acts import tasks_by_rule
from tend.figures import task_words, wording
from tend.figures.collection import FIGURES
from tend.language import format
from tend.ui.figures import foot
from tend.ui.parts import done, html, pieces, real_day, words
from tend.ui.state import address, clock, data, rights, standing
from tend.ui.workbench.task_rows import LONGEST
from tend.view import View

Row = dict[str, Any]
_DID = {"take": tasks_by_rule.take, "leave": tasks_by_rule.leave}


def proposals(view: View) -> None:
    """Show what waits in the tray: today's, as of the day Tend opens on; on other days nothing."""
    if view.as_of != clock.opens_on():
        return
    figure = FIGURES["proposals"]
    asked = figure.ask(view)
    given = {"due_from": max(clock.today(), view.as_of)}
    codes = data.ask(figure.query, asked, **given)
    waiting = {row["task_id"]: row for row in codes.to_pylist()}
    seen = standing.seen("proposals", view, waiting)
    if not seen:
        return
    theirs = rights.among([*waiting.values()])
    pieces.title(words.say("service.tray.title", proposals=format.count(len(waiting))))
    # a label that told the count would be another tray with each count, and closed
    label = words.say(f"service.tray.{'open' if theirs else 'see'}")
    with st.expander(label, key="tray", on_change="rerun") as tray:
        if not tray.open:
            return
        if theirs:
            real_day.note()
        if len(theirs) > 1:
            with st.container(key="tray_all", horizontal=True, gap="small"):
                _ways("all", theirs)
        shown = pieces.shown("proposals")
        for row in list(seen.values())[:shown]:
            with st.container(key=f"proposal_{row['task_id']}", gap=None):
                _row(row, is_waiting=row["task_id"] in waiting)
        pieces.more("proposals", len(seen), shown, "service.work.more_tasks")
        foot.show(figure, asked, codes, given=given)


def _row(row: Row, *, is_waiting: bool) -> None:
    """Draw a proposal with what can be done; what was taken or left says so where it stood."""
    language = address.choice().language
    due = words.say("service.tasks.due", day=format.day(row["due_on"], language))
    said = html.p(html.b(wording.customer(row)), " · ", _said(row))
    facts = [due, row["owner"], words.say(f"tasks.causes.{row['cause']}")]
    told = html.small(html.join(" · ", (format.clipped(str(one)) for one in facts if one)))
    html.show(html.div(said, told, css="tend-move"))
    if is_waiting and rights.may_change(row["customer_id"]):
        with st.container(horizontal=True, gap="small"):
            _ways(row["task_id"], [row])
    elif not is_waiting:
        pieces.note(words.say("service.tray.settled"))


def _ways(key: str, rows: list[Row]) -> None:
    of = "all" if key == "all" else "one"
    for what in _DID:
        label = words.say(f"service.tray.{of}.{what}", count=format.count(len(rows)))
        st.button(label, key=f"{what}_proposal_{key}", on_click=_do, args=(what, rows))


def _do(what: str, rows: list[Row]) -> None:
    def word() -> str:
        key = f"service.tray.{what}_{'one' if len(rows) == 1 else 'many'}"
        count = format.count(len(rows))
        return words.say(key, count=count, customer=wording.customer(rows[0]), task=_said(rows[0]))

    language = address.choice().language
    done.do("tray", word, _DID[what], rows, language, day=clock.today())


def _said(row: Row) -> str:
    return format.clipped(task_words.of(row, address.choice().language), LONGEST)

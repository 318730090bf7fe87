"""The section of the log: whose lines, of what, of which days; page by page, and as a file."""

from collections.abc import Callable
from dataclasses import astuple
from functools import partial

import pyarrow as pa
import streamlit as st

from tend.acts import audit
from tend.handouts.workbook import one_table
from tend.language import format
from tend.store.audit.lines import WHATS, Line
from tend.store.audit.pages import Page, Wanted
from tend.ui.parts import download, html, lead, pieces, words
from tend.ui.settings.audit import said
from tend.ui.state import data

_ALL, _PLACES = "all", "tend.audit.places"
_HEADS = ("when", "who", "what", "about", "from")
_LONGEST = 300
_MOST = 100_000  # lines in a file of the page


def audit_log() -> None:
    """Show the newest lines that are wanted, with the way to older ones."""
    workspace = data.workspace()
    newest = audit.page(workspace, Wanted()).lines
    count = newest[0].number if newest else 0
    lead.say(
        words.say("audit.lead.lines" if count else "audit.lead.none", count=format.count(count))
    )
    if workspace.writer:
        pieces.note(words.say("reading.log"))
    if not newest:
        return
    names = audit.names(workspace)
    with st.container(key="audit_log"):
        wanted = _wanted(names)
        places = _places(wanted)
        page = audit.page(workspace, wanted, places[-1])
        _lines(page, names)
        _pager(page, places)
        _files(wanted)
        mark = newest[0].mark
        pieces.note(words.say("audit.last", line=format.count(mark.number), chain=mark.chain))


def _wanted(names: dict[str, str]) -> Wanted:
    people = {key: said.who(key, names) for key in ("", "nobody", *names)}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="audit_for"):
        who = _choose("who", people)
        what = _choose("what", {code: said.what(code) for code in WHATS})
        start = st.date_input(words.say("audit.from"), value=None, key="audit_from", width=150)
        end = st.date_input(words.say("audit.to"), value=None, key="audit_to", width=150)
    return Wanted(who, next((one for one in WHATS if one == what), None), start, end)


def _choose(name: str, offered: dict[str, str]) -> str | None:
    labels = {_ALL: words.say(f"audit.all_{name}"), **offered}
    chosen = st.selectbox(
        words.say(f"audit.heads.{name}"),
        list(labels),
        format_func=lambda one: format.plain(labels[one]),
        key=f"audit_{name}",
        width=190,
    )
    return None if chosen == _ALL else chosen


def _places(wanted: Wanted) -> list[int | None]:
    """Give where the pages looked at begin; other lines begin at the newest."""
    seen, places = st.session_state.get(_PLACES, (None, [None]))
    if seen != astuple(wanted):
        places = [None]
        st.session_state[_PLACES] = (astuple(wanted), places)
    found: list[int | None] = places
    return found


def _lines(page: Page, names: dict[str, str]) -> None:
    if not page.lines:
        pieces.note(words.say("audit.nothing"))
        return
    heads = [words.say(f"audit.heads.{name}") for name in _HEADS]
    html.show(pieces.rows(heads, (_cells(line, page, names) for line in page.lines)))


def _cells(line: Line, page: Page, names: dict[str, str]) -> tuple[object, ...]:
    about = said.about(line, names)
    if "text" in line.about:
        there = page.texts.get(line.number)
        shown = words.say("audit.text_gone") if there is None else format.clipped(there, _LONGEST)
        about = html.join("", (html.div(about), html.small(shown)))
    source = line.source or format.MISSING
    return said.when(line), said.who(line.who, names), said.what(line.what), about, source


def _pager(page: Page, places: list[int | None]) -> None:
    if page.older is None and len(places) == 1:
        return
    with st.container(horizontal=True, gap="small", key="pager_audit"):
        _turn("newer", partial(places.__delitem__, -1), is_end=len(places) == 1)
        _turn("older", partial(places.append, page.older), is_end=page.older is None)


def _turn(name: str, turn: Callable[..., None], *, is_end: bool) -> None:
    label = words.say(f"audit.{name}")
    st.button(label, key=f"audit_{name}", disabled=is_end, on_click=turn)


def _files(wanted: Wanted) -> None:
    """Offer the lines that are wanted as a file: read when it is asked for, as it may be long."""
    workspace = data.workspace()
    heads = {one: words.say(f"audit.columns.{one}") for one in audit.TABLE.names}
    title = words.say("company.sections.log")

    def table() -> pa.Table:
        return audit.table(workspace, wanted, most=_MOST)

    with st.container(horizontal=True, gap="small"):
        download.button(
            words.say("ui.as_xlsx"),
            lambda: one_table.write(table(), heads, title),
            name="tend-log.xlsx",
            mime=download.XLSX,
            key="xlsx_audit",
        )
        download.button(
            words.say("ui.as_csv"),
            lambda: download.as_csv(table(), heads),
            name="tend-log.csv",
            mime="text/csv",
            key="csv_audit",
        )
    pieces.note(words.say("audit.most", count=format.count(_MOST)))

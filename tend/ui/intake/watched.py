"""Files of the watched folder that wait for an answer, or were refused: each is told, with why."""

import json
from pathlib import Path
from typing import Any

import streamlit as st

from tend.language import format
from tend.language.errors import TendError, retold
from tend.store.watched import log
from tend.ui.intake import waiting
from tend.ui.intake.waiting_file import FromFolder
from tend.ui.parts import done, html, pieces, words
from tend.ui.state import address, clock, data
from tend.view import View

Row = dict[str, Any]
PLACE = "watched"
_AT_FIRST = 5


def chosen() -> list[FromFolder]:
    """Show what waits and what was refused; give the files that the reader wants to look at."""
    rows = data.ask("watched_files", View(clock.today())).to_pylist()
    looked_at = {one.result.content_hash for one in waiting.files()}
    waits = [r for r in rows if r["state"] == "waits" and r["content_hash"] not in looked_at]
    refused = [r for r in rows if r["state"] == "refused" and not looked_at]
    if not waits and not refused:
        return []
    with st.container(key="watched", gap="small"):
        opened = _waiting(waits) if waits else []
        if refused:
            html.show(html.p(words.say("watched.were_refused", count=len(refused))))
            _list("refused", refused)
    return _given(opened)


def _waiting(rows: list[Row]) -> list[Row]:
    """List what waits; give what is to be looked at: one, or all that are shown."""
    html.show(html.p(words.say("watched.wait", count=len(rows)), css="tend-sum"))
    shown = rows[: pieces.shown("watched_waits", _AT_FIRST)]
    label = words.say("watched.look_at", count=len(shown))
    if st.button(label, key="look_at_watched", type="primary"):
        return shown
    _list("waits", rows)
    return []


def _list(kind: str, rows: list[Row]) -> None:
    shown = pieces.shown(f"watched_{kind}", _AT_FIRST)
    for row in rows[:shown]:
        key = f"watched_{row['arrival']}"
        with st.container(horizontal=True, vertical_alignment="center", key=key, gap="small"):
            html.show(_told(row), width="stretch")
            st.button(
                words.say("watched.leave_out"),
                key=f"leave_{key}",
                on_click=_leave_out,
                args=(row["content_hash"], row["file"]),
            )
    pieces.more(f"watched_{kind}", len(rows), shown)


def _told(row: Row) -> html.Html:
    """Name a file: where and when it came, and why it waits or was refused."""
    language = address.choice().language
    why = retold(row["why"], json.loads(row["why_of"]), language)
    came = words.say(
        "watched.came", when=format.moment(row["arrived_at"], language), folder=row["folder"]
    )
    return html.div(html.b(row["file"]), html.small(why), html.small(came), css="tend-import")


def _leave_out(content: str, file: str) -> None:
    """Ask no more about a file; the word on it takes that back."""
    done.do(
        PLACE,
        lambda: words.say("watched.is_left_out", file=file),
        log.leave_out,
        content,
    )


def _given(rows: list[Row]) -> list[FromFolder]:
    """Give the files as they are kept; one that is gone is told."""
    found = []
    for row in rows:
        name = Path(row["file"]).name
        try:
            path = log.kept(data.workspace(), row["content_hash"], name)
        except TendError as error:
            done.refuse(PLACE, error)
        else:
            found.append(FromFolder(name, path))
    return found

"""Who changed which setting when, in words, with the way back from each change."""

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from tend.acts import definitions
from tend.language import format
from tend.settings import changes
from tend.settings import draft as drafts
from tend.settings.company import Settings
from tend.ui.parts import done, html, lead, pieces, reader, words
from tend.ui.settings import definition_words as health
from tend.ui.settings.sections import told
from tend.ui.state import address, data, rights

_PLACE = "settings_history"
_AT_FIRST = 10


@dataclass(frozen=True)
class Past:
    """One change of settings: when, by whom, and what they were before and after it."""

    number: int
    who: str
    changed_at: datetime
    before: Settings
    after: Settings


def settings_history() -> None:
    """List all changes of settings, the newest first; each can be taken back."""
    found = data.workspace().versions()
    count = {"versions": format.count(len(found))}
    last = format.moment(found[0].changed_at, address.choice().language) if found else ""
    lead.say(words.say(f"company.lead.{'versions' if found else 'untouched'}", last=last, **count))
    shown = pieces.shown("settings_history", _AT_FIRST)
    with st.container(key="settings_history"):
        for one in data.once("past_settings", shown, make=lambda: _past(shown)):
            _line(one)
        pieces.more("settings_history", len(found), shown, "intake.history.older")
        if found and rights.may("settings"):
            reader.ask("history")


def _past(shown: int) -> list[Past]:
    ws = data.workspace()
    return [
        Past(
            *(one.number, one.changed_by, one.changed_at),
            *(ws.settings_at(one.number - 1), ws.settings_at(one.number)),
        )
        for one in ws.versions()[:shown]
    ]


def _line(one: Past) -> None:
    language = address.choice().language
    when = " · ".join(filter(None, (format.moment(one.changed_at, language), one.who)))
    line = html.div(html.b(_what(one)), html.small(when), css="tend-import")
    keys = changes.changed(one.before, one.after)
    now = data.workspace().settings
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"version_{one.number}_all"
    ):
        html.show(line, width="stretch")
        if any(getattr(now, key) != getattr(one.after, key) for key in keys):
            pieces.note(words.say("company.history.moved"), width="content")
        elif keys and rights.may("settings"):
            st.button(
                words.say("company.history.back"),
                key=f"take_back_{one.number}",
                on_click=_take_back,
                args=(one.number,),
            )


def _what(one: Past) -> str:
    """Tell a change: health in its own words, the rest part by part."""
    keys = [key for key in changes.changed(one.before, one.after) if key not in drafts.KEYS]
    said = [health.changes(drafts.changes(one.before, one.after))]
    said.append(told.listed(changes.differences(one.before, one.after, keys)))
    told_so = words.say("settings.between").join(filter(None, said))
    return told_so or words.say("settings.versions.nothing")


def _take_back(version: int) -> None:
    done.do(_PLACE, lambda: words.say("company.history.taken"), definitions.take_back, version)

"""One section of the settings: its fields, what they would change, and keep or let go."""

from typing import get_args

import streamlit as st

from tend.acts import definitions
from tend.language import format
from tend.language.errors import TendError
from tend.settings import changes, sections
from tend.settings.company import Settings
from tend.settings.targets import TargetName
from tend.ui.parts import done, html, lead, pieces, reader, words
from tend.ui.settings.sections import about, editing, effects, fields, shown, told
from tend.ui.settings.sections.editing import Editing
from tend.ui.state import address, data, rights
from tend.view import View

_PLACE = "settings"


def settings_section(section: str, view: View) -> None:
    """Show a section with the way to change it and to see first what that changes.

    Who may not change the settings reads what is set.
    """
    now = editing.editing(section)
    lead.say(words.say(f"company.lead.{section}", **_summary(now.base)))
    is_open = rights.may("settings")
    if not is_open:
        pieces.note(reader.why_not("settings", "settings"))
    with st.container(key=f"section_{section}"):
        about.first(section)
        values = _fields(section, now, is_open=is_open)
        about.more(section, view)
    if is_open:
        _decide(section, now, values, view)


def _fields(section: str, now: Editing, *, is_open: bool) -> dict[str, object]:
    values: dict[str, object] = {}
    for group, keys in sections.SECTIONS[section].items():
        html.show(
            html.div(
                html.h2(words.say(f"company.groups.{group}")),
                html.p(words.say(f"company.about.{group}")),
                css="tend-score",
            )
        )
        if is_open:
            values |= fields.group(keys, now.base, now.edition)
        else:
            shown.group(keys, data.workspace().settings)
    return values


def _decide(section: str, now: Editing, values: dict[str, object], view: View) -> None:
    """While something is changed: say what, show what would come of it, keep it or let it go."""
    try:
        wanted = now.base.with_all(values)
    except TendError as error:
        st.error(format.plain(error.message(address.choice().language)))
        return
    found = changes.differences(now.base, wanted, sections.keys(section))
    if not found:
        if now.is_outdated(section):
            editing.begin(section)
            st.rerun()
        pieces.note(words.say("company.nothing_changed"))
        return
    with st.container(key="decide_section"):
        note = words.say("company.pending")
        html.show(html.p(told.listed(found), html.small(note), css="tend-pending"))
        _buttons(section, now, wanted)
    if now.tried == wanted:
        effects.show(section, wanted, view)


def _buttons(section: str, now: Editing, wanted: Settings) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        # no callbacks: they would get what stood here when the page was last drawn to its end
        if st.button(words.say("settings.try.ask"), key="try_section"):
            editing.tried(section, wanted)
            st.rerun()
        if st.button(words.say("settings.keep.do"), key="keep_section", type="primary"):
            _keep(section, now, wanted)
        if st.button(words.say("settings.keep.drop"), key="drop_section", type="tertiary"):
            editing.begin(section)
            st.rerun()
        reader.ask("section")


def _keep(section: str, now: Editing, wanted: Settings) -> None:
    with st.spinner(words.say("settings.keep.health")):
        said = told.listed(changes.differences(now.base, wanted, sections.keys(section)))
        done.do(
            _PLACE,
            lambda: words.say("company.kept", changes=said),
            definitions.keep,
            wanted,
            now.base,
        )
    editing.begin(section)
    st.rerun()


def _summary(kept: Settings) -> dict[str, str]:
    """Give the values set now, as the leads of the sections tell them."""
    language = address.choice().language
    said: dict[str, str] = {}
    for _, key in sections.places():
        said |= told.simple(key, getattr(kept, key), language)
    low, high = kept.usual_load
    counted = {
        "rules": sum(rule.is_on for rule in kept.task_rules.values()),
        "rules_all": len(kept.task_rules),
        "low": low,
        "high": high,
        "targets": len(kept.targets),
        "targets_all": len(get_args(TargetName)),
        "rates": len(kept.currency_rates),
    }
    said["language_said"] = words.say(f"company.languages.{kept.language}")
    return said | {name: format.count(number) for name, number in counted.items()}

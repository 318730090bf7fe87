"""The definitions of health so far, the newest first, in words."""

from dataclasses import dataclass
from datetime import datetime

from tend.language import format
from tend.settings import draft as drafts
from tend.settings.company import Settings
from tend.settings.draft import Change
from tend.ui.parts import html, words
from tend.ui.settings import definition_words as said
from tend.ui.state import address, data

AT_FIRST = 6


@dataclass(frozen=True)
class Past:
    """One definition: since when, by whom, what it changed, and what health was by it."""

    number: int
    who: str
    changed_at: datetime | None
    changes: tuple[Change, ...]
    settings: Settings


def listed() -> tuple[Past, ...]:
    """Give all versions that changed health, and the one that Tend came with."""
    return data.once("past_definitions", make=_listed)


def _listed() -> tuple[Past, ...]:
    ws = data.workspace()
    before = ws.settings_at(0)
    found = [Past(0, "", None, (), before)]
    for one in reversed(ws.versions()):
        if not set(one.keys) & set(drafts.KEYS):
            continue
        after = ws.settings_at(one.number)
        changes = tuple(drafts.changes(before, after))
        found.append(Past(one.number, one.changed_by, one.changed_at, changes, after))
        before = after
    return tuple(reversed(found))


def line(one: Past) -> html.Html:
    """Tell a version: what changed, when, and who did it."""
    language = address.choice().language
    if one.changed_at is None:
        what, when = words.say("settings.versions.first"), words.say("settings.versions.delivered")
    else:
        what = said.changes(list(one.changes)) or words.say("settings.versions.nothing")
        when = " · ".join(filter(None, (format.moment(one.changed_at, language), one.who)))
    told = html.join("", (html.b(what), html.small(when)))
    return html.div(told, css="tend-import")

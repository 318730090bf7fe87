"""What a reader has changed in a section and not kept yet."""

from dataclasses import dataclass

import streamlit as st

from tend.settings import changes, sections
from tend.settings.company import Settings
from tend.ui.state import data

_STATE = "tend.section"


@dataclass(frozen=True)
class Editing:
    """What a section was begun from, and a number that makes all its fields new."""

    base: Settings
    edition: int = 0
    tried: Settings | None = None

    def is_outdated(self, section: str) -> bool:
        """Tell whether somebody else has changed the section since."""
        moved = {*changes.changed(self.base, data.workspace().settings)}
        return not moved.isdisjoint(sections.keys(section))


def editing(section: str) -> Editing:
    """Give what the reader has begun, else begin from what is kept."""
    found: Editing | None = st.session_state.get(f"{_STATE}.{section}")
    return found or begin(section)


def begin(section: str) -> Editing:
    """Begin anew from what is kept: every field shows that."""
    before: Editing | None = st.session_state.get(f"{_STATE}.{section}")
    return _put(section, Editing(data.workspace().settings, before.edition + 1 if before else 0))


def tried(section: str, wanted: Settings) -> None:
    """Show what some values would change, until others stand there."""
    now = editing(section)
    _put(section, Editing(now.base, now.edition, wanted))


def _put(section: str, now: Editing) -> Editing:
    st.session_state[f"{_STATE}.{section}"] = now
    return now

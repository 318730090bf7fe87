"""The definition of health that a reader edits: what it started from, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from tend.settings import draft as drafts
from tend.settings.company import Settings
from tend.ui.state import data

_STATE = "tend.definition"


@dataclass
class Editing:
    """What the draft started from, the draft, and a number that makes all controls new."""

    base: Settings
    draft: Settings
    edition: int = 0

    @property
    def is_changed(self) -> bool:
        """Tell whether there is anything to keep."""
        return not drafts.is_same(self.base, self.draft)

    @property
    def is_outdated(self) -> bool:
        """Tell whether somebody kept another definition since the draft was begun."""
        return not drafts.is_same(self.base, data.workspace().settings)


def editing() -> Editing:
    """Give the reader's draft; where nothing is changed, it follows what is kept."""
    now: Editing | None = st.session_state.get(_STATE)
    if now is None or (now.is_outdated and not now.is_changed):
        return begin()
    return now


def begin() -> Editing:
    """Begin anew from the definition that is kept."""
    kept = data.workspace().settings
    return _replace(Editing(kept, kept))


def rebase() -> Editing:
    """Put the reader's changes onto the definition that is kept now."""
    now, kept = editing(), data.workspace().settings
    return _replace(Editing(kept, drafts.rebased(now.base, now.draft, kept)))


def change(
    edit: Callable[..., Settings], *given: object, is_redrawn: bool = False, **parts: object
) -> None:
    """Go on with the draft edited; `is_redrawn` where controls have to take over its values."""
    now = editing()
    now.draft = edit(now.draft, *given, **parts)
    now.edition += is_redrawn


def _replace(editing: Editing) -> Editing:
    before: Editing | None = st.session_state.get(_STATE)
    editing.edition = before.edition + 1 if before else 0
    st.session_state[_STATE] = editing
    return editing

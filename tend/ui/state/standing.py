"""Lists that stand still: what is done to a row leaves it in its place until the next visit."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from tend.ui.state import lists
from tend.view import View

Row = TypeVar("Row")


def seen(name: str, view: View, found: Mapping[str, Row]) -> dict[str, Row]:
    """Give all rows of this visit as they were first seen, in the order of then; new ones last.

    What has gone since is among them: who shows it says so, or leaves it out. Another view, and
    another visit to the page, is looked at anew.
    """
    key, visit = f"tend.standing.{name}", (lists.visit(), view)
    seen_at, before = st.session_state.get(key, (visit, {}))
    rows: dict[str, Row] = dict(before) if seen_at == visit else {}
    for one, row in found.items():
        rows.setdefault(one, row)
    st.session_state[key] = visit, rows
    return rows

"""How figures stand: one wide beside one narrow, one under the other on a phone."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tend.ui.figures import figures
from tend.view import View

_WIDE, _NARROW = 7, 5


def list_first() -> DeltaGenerator:
    """Give a place in which a phone shows the narrow part, the list, before the wide one."""
    return st.container(key="list_first")


def in_a_row() -> DeltaGenerator:
    """Give a place in which choices stand beside each other, as long as there is room."""
    return st.container(horizontal=True, vertical_alignment="center", gap="medium")


def beside() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Give a wide and a narrow place beside each other."""
    wide, narrow = st.columns((_WIDE, _NARROW), gap="large")
    return wide, narrow


def pair(**views: View | Callable[[], View] | None) -> None:
    """Show a wide figure beside a narrow one, by their names; what has no view is left out.

    A view may be chosen above its figure: then it is the picker that gives it.
    """
    for place, (name, view) in zip(beside(), views.items(), strict=True):
        if view is not None:
            with place:
                figures.figure(name, view() if callable(view) else view)

"""A figure: title, unit, chart or table, what is beneath it, and the list behind a mark."""

from collections.abc import Callable

import pyarrow as pa
import streamlit as st

from tend.figures import heading
from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.language import format
from tend.ui.figures import behind, foot, marks, tables
from tend.ui.parts import pieces, words
from tend.view import View


def figure(name: str, view: View) -> None:
    """Show a figure for a view."""
    shown = FIGURES[name]
    codes = words.reading().answer(shown, view)
    head(shown, view, codes)
    if len(codes) and shown.chart:
        marks.chart(shown, codes, f"chart_{name}")
    elif len(codes):
        tables.show(shown, codes)
    foot.show(shown, view, codes)
    behind.show(shown, view, codes)


def details(**views: View | Callable[[], View]) -> None:
    """Show figures as tabs, by their names; only the open one is made: a click stays cheap.

    A view may be chosen in its tab: then it is the picker that gives it.
    """
    labels = [format.plain(words.say(FIGURES[name].key("tab"))) for name in views]
    tabs = st.tabs(labels, key=f"details_{'_'.join(views)}", on_change="rerun")
    for tab, (name, view) in zip(tabs, views.items(), strict=True):
        if tab.open:
            with tab:
                figure(name, view() if callable(view) else view)


def folded(**views: View | Callable[[], View]) -> None:
    """Show figures as lines that open, by their names; only an open one is made."""
    for name, view in views.items():
        label = format.plain(words.say(FIGURES[name].key("tab")))
        fold = st.expander(label, key=f"fold_{name}", on_change="rerun")
        if fold.open:
            with fold:
                figure(name, view() if callable(view) else view)


def head(shown: Figure, view: View, codes: pa.Table) -> None:
    """Write what the data say, or else the question; beneath it the unit, and where data end."""
    said = heading.of(words.reading(), shown, view, codes)
    pieces.title(said.title, *said.lines(can_click=True))

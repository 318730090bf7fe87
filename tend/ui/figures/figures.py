"""A figure: title, unit, chart or table, what is beneath it, and the list behind a mark."""

import json
import re
from collections.abc import Callable
from functools import cache

import pyarrow as pa
import streamlit as st

from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.language import format, text
from tend.queries import library
from tend.ui.figures import behind, foot, marks, tables
from tend.ui.parts import pieces, words
from tend.ui.state import address, clock, data
from tend.view import View

# What a sentence ends with.
_STOPS = ".。"


def figure(name: str, view: View) -> None:
    """Show a figure for a view."""
    shown = FIGURES[name]
    codes = data.answer(shown, view)
    head(shown, codes, _record(shown, view))
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


def head(shown: Figure, codes: pa.Table, more: str = "") -> None:
    """Write what the data say, or else the question; beneath it the unit, and where data end."""
    language = address.choice().language
    said = None
    if shown.finding and len(codes):
        said = shown.finding(words.beside(shown, codes, language), language)
    title = (said or text.say(shown.key("title"), language)) + more
    ends = data_ends(*shown.stands_on)
    if len(codes) or not ends:  # where data are missing, "nothing there" is not known
        unit = words.say(shown.key("unit" if len(codes) else "empty"))
        ends.insert(
            0, f"{unit.rstrip(_STOPS)} · {_amounts()}" if len(codes) and _has_money(shown) else unit
        )
    pieces.title(title, *ends)


def _amounts() -> str:
    return words.say("ui.amounts_in", currency=words.currency())


@cache
def _has_money(shown: Figure) -> bool:
    """Tell whether a figure shows amounts: in its chart, or in a column of its table."""
    kinds = library.find(shown.query).kinds
    money = [name for name, kind in kinds.items() if kind.is_money]
    if shown.chart is None:
        return any(name in (shown.columns or kinds) for name in money)
    drawn = re.findall(r"\w+", json.dumps(shown.chart(text.LANGUAGES[0], False)))
    return not set(money).isdisjoint(drawn)


def data_ends(*datasets: str) -> list[str]:
    """Say of data sets where they end, if that is long before the day all is looked at from."""
    day, language = address.choice().day(), address.choice().language
    there = {row["dataset"]: row for row in clock.activity(day)} if datasets else {}
    said = []
    for name in datasets:
        if name not in there or there[name]["is_stale"]:
            last = there[name]["tells_until"] if name in there else None
            key, shown = ("none_after", last) if last else ("none_until", day)
            dataset = words.say(f"datasets.{name}")
            said.append(words.say(f"ui.{key}", dataset=dataset, day=format.day(shown, language)))
    return said


def _record(shown: Figure, view: View) -> str:
    """Give what another figure's data say at the end of the title."""
    if shown.record is None:
        return ""
    name, finding = shown.record
    return finding(data.answer(FIGURES[name], view), address.choice().language) or ""

"""The day all is looked at from, where it is not today: how old the data are, the way back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import streamlit as st

from tend.language import format
from tend.ui.parts import html, words
from tend.ui.state import address, clock


def say() -> None:
    """Where all data are stale, say how old each data set is, with the way to the other day."""
    told, choice, today = clock.activity(), address.choice(), clock.today()
    day = clock.opens_on()
    if day == today or choice.as_of not in (None, today):
        return
    key = "opens_behind" if choice.as_of is None else "looks_ahead"
    said = words.say(
        f"ui.{key}",
        day=format.day(day, choice.language),
        days=format.count((today - day).days),
        sets=_ages(told, choice.language),
    )
    if any(row["latest"] > day for row in told):
        said = format.sentences([said, words.say("ui.entered_since")], choice.language)
    with st.container(key="offer", horizontal=True, vertical_alignment="center"):
        html.show(html.p(said, css="tend-note"), width="stretch")
        if choice.as_of is None:
            label = words.say("ui.look_from_today")
            st.button(
                label,
                key="look_from_today",
                type="tertiary",
                on_click=look_from,
                args=(clock.today(),),
            )
        else:
            back_button("newest")


def back_button(key: str) -> None:
    """Offer the day Tend opens on: it is not written in the address."""
    day = clock.opens_on()
    shown = format.day(day, address.choice().language)
    is_today = day == clock.today()
    label = words.say("ui.today") if is_today else words.say("ui.back_to", day=shown)
    st.button(label, key=key, type="tertiary", on_click=look_from, args=(day,))


def look_from(day: date) -> None:
    """Look from another day; only one that is chosen stands in the address."""
    chosen = None if day == clock.opens_on() else day
    address.change(replace(address.choice(), as_of=chosen))


def _ages(told: Sequence[dict[str, Any]], language: str) -> str:
    """Name the data sets by the newest day that is told of each, the newest first."""
    said = []
    shown_of = [row for row in told if row["told"]] or told
    day_of = itemgetter("told" if shown_of[0]["told"] else "latest")
    for day, rows in groupby(sorted(shown_of, key=day_of, reverse=True), key=day_of):
        names = [words.say(f"datasets.{row['dataset']}") for row in rows]
        shown = format.day(day, language)
        said.append(words.say("ui.newest_of", datasets=format.listed(names, language), day=shown))
    return "; ".join(said)

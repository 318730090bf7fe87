"""Copy as text: the minutes of the week, plain or as Markdown, to be pasted where one likes."""

import streamlit as st

from tend.handouts import letter
from tend.handouts.links import Links
from tend.handouts.minutes import minutes
from tend.ui.parts import words
from tend.ui.state import address, going
from tend.view import View

_WAYS = {"plain": letter.plain, "markdown": letter.markdown}
_KEY, _HEIGHT = "minutes_way", 420


def offer(view: View) -> None:
    """Offer the minutes in a field with one button that copies all of it."""
    label = words.say("minutes.copy")
    form = st.popover(label, key="minutes", type="tertiary", on_change="rerun")
    if form.open:
        with form:
            _show(view)


def _show(view: View) -> None:
    way = st.segmented_control(
        words.say("minutes.copy"),
        list(_WAYS),
        default="plain",
        required=True,
        key=_KEY,
        format_func=lambda name: words.say(f"minutes.ways.{name}"),
        label_visibility="collapsed",
    )
    links = Links(going.root(), view, address.choice().language)
    said = _WAYS[way or "plain"](minutes(words.reading(), view, links))
    with st.container(key="minutes_text"):
        st.code(said, language=None, wrap_lines=True, height=_HEIGHT)

"""What a server that only reads says over a page: how old it is, and where things are entered."""

import streamlit as st

from tend.language import format
from tend.ui.parts import html, reader, words
from tend.ui.server import opened
from tend.ui.state import address


def say(page: str) -> None:
    """Say it in one line, with the way to the same page there; nothing where this server writes."""
    if (there := opened.reading()) is None:
        return
    key = "away" if there.is_away else "behind" if there.is_behind else "now"
    when = format.moment(there.made_at, address.choice().language)
    with st.container(key="elsewhere", horizontal=True, vertical_alignment="center"):
        said = words.say(f"reading.{key}", when=when)
        html.show(html.p(said, css="tend-note"), width="stretch")
        reader.to_writer(page)

"""The first line of every page: the way to all others; the day, the language, the reader."""

from dataclasses import replace

import streamlit as st

from tend.language import format, text
from tend.ui.frame import filters, navigation
from tend.ui.handouts import menu as handing
from tend.ui.parts import html, reader, words
from tend.ui.search.box import search
from tend.ui.state import address, person
from tend.ui.state.address import Choice


def line(
    pages: navigation.Pages, chosen: st.Page, choice: Choice, *, has_data: bool, has_view: bool
) -> None:
    """Draw the line."""
    with st.container(key="top", horizontal=True, vertical_alignment="center", gap="small"):
        navigation.home(pages)
        navigation.menu(pages, chosen)
        html.show(html.span(css="tend-space"), width="stretch")
        if has_data:
            search()
        if has_view:
            filters.as_of(choice)
            handing.menu(chosen.url_path)
        st.button(
            words.say("ui.other_language"),
            key="language",
            type="tertiary",
            on_click=_switch_language,
        )
        _who()


def _who() -> None:
    """Say under which name entries are made, and let it be changed."""
    label = format.plain(format.clipped(person.name())) or words.say("ui.nobody")
    with st.popover(label, key="who", type="tertiary"):
        html.show(html.p(words.say("ui.who"), css="tend-note"))
        reader.ask("frame")


def _switch_language() -> None:
    chosen = address.choice()
    here = text.LANGUAGES.index(chosen.language)
    following = text.LANGUAGES[(here + 1) % len(text.LANGUAGES)]
    address.change(replace(chosen, language=following))

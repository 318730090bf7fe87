"""The first line of every page: the way to all others; the day, the language, the reader."""

from dataclasses import replace

import streamlit as st

from tend.language import format, text
from tend.ui.entrance import leaving
from tend.ui.frame import filters, navigation, whose
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
    """Say who reads: who signed in, else under which name entries are made."""
    label = format.plain(format.clipped(person.name())) or words.say("ui.nobody")
    with st.popover(label, key="who", type="tertiary"):
        if person.signs_in():
            _signed_in()
            return
        html.show(html.p(words.say("ui.who"), css="tend-note"))
        reader.ask("frame")
        html.show(html.p(words.say("sign_in.only_here"), css="tend-note"))


def _signed_in() -> None:
    """Say as whom, with whose customers, and offer the way out."""
    reading = person.current()
    role = words.say(f"people.roles.{reading.role}")
    html.show(html.p(html.b(reading.name), html.BREAK, reading.address))
    html.show(html.p(role, html.BREAK, whose.counted(), css="tend-note"))
    st.button(words.say("sign_in.out"), key="sign_out", on_click=leaving.out)


def _switch_language() -> None:
    chosen = address.choice()
    here = text.LANGUAGES.index(chosen.language)
    following = text.LANGUAGES[(here + 1) % len(text.LANGUAGES)]
    address.change(replace(chosen, language=following))

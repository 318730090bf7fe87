"""What pages say in one look: a note, a title with its unit, cards of numbers, more of a list."""

from collections.abc import Iterable, Sequence

import streamlit as st

from tend.figures import reading
from tend.language import format
from tend.ui.parts import html, words
from tend.ui.state import printing

Line = object
# A click on "more" shows so many further ones of a list.
_STEP = 30


def note(said: Line, width: str = "stretch") -> None:
    """Say something quietly."""
    html.show(html.p(said, css="tend-note"), width=width)


def title(said: Line, *unit: Line) -> None:
    """Write a title, and beneath it the unit."""
    html.show(html.div(html.h2(said), *(html.p(line) for line in unit), css="tend-figure"))


def cards(*numbers: object) -> None:
    """Show numbers beside each other."""
    html.show(html.div(*numbers, css="tend-cards"))


def card(name: Line, value: Line, *lines: Line, **hint: str) -> html.Html:
    """Give a number with its name, and lines beneath it that say of how many."""
    inside = (line if isinstance(line, html.Html) else html.p(line) for line in lines if line)
    return html.div(
        html.h2(name), html.p(value, css="tend-value"), *inside, css="tend-card", **hint
    )


def number(one: reading.Number, mark: html.Html = html.NOTHING) -> html.Html:
    """Give a headline number as a card, with the lines beneath it; a mark says what it counts."""
    value = html.join("", (mark, " ", one.written)) if mark else one.written
    hint = {"title": one.definition} if one.definition else {}
    return card(one.label, value, *map(_line, one.lines), **hint)


def _line(said: reading.Line) -> html.Html:
    strong = (html.b(said.strong), " ") if said.strong else ()
    note = (" ", html.em(said.note)) if said.note else ()
    hint = {"title": said.hint} if said.hint else {}
    return html.p(*strong, said.said, *note, css=f"tend-{said.about}" if said.about else "", **hint)


def cell(label: Line, value: Line, css: str = "") -> html.Html:
    """Give a fact of a row; where rows are cards, its label stands over it."""
    return html.div(value, css=f"tend-cell {css}".rstrip(), data_label=label)


def rows(heads: Sequence[Line], lines: Iterable[Sequence[Line]]) -> html.Html:
    """Give rows of text under their heads; on a phone each is a card, and names its cells."""
    body = (
        html.tr(*(html.td(said, data_label=head) for head, said in zip(heads, line, strict=True)))
        for line in lines
    )
    head = html.thead(html.tr(*map(html.th, heads)))
    table = html.table(head, html.tbody(*body), css="tend-table tend-rows tend-stacked")
    return html.div(table, css="tend-wide", tabindex="0")


def shown(place: str, at_first: int = 8) -> int:
    """Tell how many of a list are shown at a place."""
    return int(st.session_state.get(f"tend.shown.{place}", at_first))


def more(place: str, count: int, now: int, said: str = "ui.further") -> None:
    """Offer further ones of a list, where there are more than are shown now; paper says so."""
    rest = words.say(said, rest=format.count(count - now))
    if printing.is_on():
        if count > now:
            note(rest)
    elif count > now:
        st.button(rest, key=f"more_{place}", on_click=_show_more, args=(place, now))


def _show_more(place: str, now: int) -> None:
    st.session_state[f"tend.shown.{place}"] = now + _STEP

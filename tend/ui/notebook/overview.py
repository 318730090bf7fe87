"""All notebooks: those of the team, those that Tend ships, and what is not kept yet."""

from dataclasses import replace

import streamlit as st

from tend.acts.notebooks import Kept
from tend.language import format
from tend.ui.notebook import drafts
from tend.ui.notebook.drafts import Draft
from tend.ui.parts import html, lead, pieces, words
from tend.ui.state import address
from tend.ui.state.book import Book


def show() -> None:
    """List them, and offer a new one."""
    there = drafts.all_kept()
    own = [kept for kept in there if not kept.is_shipped]
    if own:
        said = words.say("notebook.lead", notebooks=format.count(len(own)))
    else:
        said = words.say("notebook.lead_none")
    lead.say(said, words.say("notebook.how"))
    if address.choice().book.place.strip():
        pieces.note(words.say("notebook.not_there"))
    st.button(words.say("notebook.new"), key="nb_new", type="primary", on_click=_begin)
    waiting = drafts.waiting()
    if waiting:
        html.show(html.h2(words.say("notebook.waiting")))
        for number, (place, draft) in enumerate(waiting):
            _waits(number, place, draft)
    _list("own", own)
    _list("shipped_ones", [kept for kept in there if kept.is_shipped])


def _list(title: str, there: list[Kept]) -> None:
    if not there:
        return
    html.show(html.h2(words.say(f"notebook.{title}")))
    for kept in there:
        with st.container(
            key=f"nb_of_{kept.notebook.id}",
            horizontal=True,
            vertical_alignment="center",
            gap="small",
        ):
            st.button(
                format.plain(format.clipped(kept.notebook.name)),
                key=f"nb_open_{kept.notebook.id}",
                type="tertiary",
                on_click=_open,
                args=(Book(notebook=kept.notebook.id),),
            )
            html.show(html.span(_facts(kept), css="tend-note"), width="content")


def _facts(kept: Kept) -> str:
    cells = words.say("notebook.cells", cells=format.count(len(kept.notebook.cells)))
    return " · ".join((cells, words.say("notebook.pinned"))) if kept.is_pinned else cells


def _waits(number: int, place: str, draft: Draft) -> None:
    name = format.clipped(draft.notebook.name) or words.say("notebook.unnamed")
    st.button(
        format.plain(name),
        key=f"nb_waits_{number}",
        type="tertiary",
        on_click=_open,
        args=(drafts.book_of(place),),
    )


def _begin() -> None:
    drafts.forget(drafts.NEW)
    _open(Book(notebook=drafts.NEW, is_edited=True))


def _open(book: Book) -> None:
    address.change(replace(address.choice(), book=book))

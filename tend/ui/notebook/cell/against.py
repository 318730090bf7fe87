"""The same cell on two days, side by side: the day of the page, and the one it is held against."""

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from tend.language import format
from tend.language.errors import TendError
from tend.notebook.cells import Cell, Notebook
from tend.notebook.running import Question
from tend.ui.notebook import asking, drafts
from tend.ui.notebook.cell import results
from tend.ui.parts import pieces, words
from tend.ui.state import address
from tend.view import FIRST_DAY, LAST_DAY
from tend.view import day as read_day


def show(notebook: Notebook, cell: Cell, source: Cell, asked: Question | TendError) -> None:
    """Show what comes of a cell, and beside it the same of another day where one is chosen."""
    other = day_of(cell)
    if other is None:
        results.show(cell, asking.answer(source, asked), cell.name)
        return
    choice = address.choice()
    # the window is of the day, too: the last 12 months of then
    then = asking.question(notebook, source.name, replace(choice, as_of=other).view())
    sides = ((asked, choice.day(), cell.name), (then, other, f"{cell.name}_then"))
    for side, (question, day, place) in zip(st.columns(2, gap="medium"), sides, strict=True):
        with side:
            said = format.day(day, choice.language)
            pieces.note(words.say("ui.as_of", day=said))
            results.show(cell, asking.answer(source, question), place)


def day_of(cell: Cell) -> date | None:
    """Give the day that a cell is held against, if one is chosen."""
    return read_day(dict(drafts.book().against).get(cell.name, ""))


def choose(cell: Cell) -> None:
    """Offer a day to hold the cell against."""
    key = f"against_{cell.name}"
    st.session_state[key] = day_of(cell)
    st.date_input(
        words.say("notebook.against"),
        key=key,
        format="YYYY-MM-DD",
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        on_change=partial(_keep, cell.name, key),
    )
    if day_of(cell):
        st.button(
            words.say("notebook.against_none"),
            key=f"against_none_{cell.name}",
            on_click=partial(_hold, cell.name, None),
        )


def _keep(name: str, key: str) -> None:
    chosen = st.session_state[key]
    _hold(name, chosen.isoformat() if chosen else None)


def _hold(name: str, day: str | None) -> None:
    drafts.look(drafts.book_of_address().held_against(name, day))

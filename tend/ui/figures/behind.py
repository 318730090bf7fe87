"""From a mark of a figure to the list behind it."""

from dataclasses import replace

import pyarrow as pa
import streamlit as st

from tend.figures import drill
from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.language import format, text
from tend.ui.figures import foot, marks, tables
from tend.ui.parts import pieces, words
from tend.ui.state import address, data
from tend.view import View


def show(figure: Figure, view: View, codes: pa.Table) -> None:
    """List what is behind the mark that is picked in this figure, if any is."""
    picked = drill.read(figure, address.choice().drill)
    what = None if picked is None else _named(figure, codes, picked)
    if picked is None or what is None:
        return
    listed = FIGURES[figure.listed]
    asked, own = drill.listed(figure, view, picked)
    rows = data.ask(listed.query, asked, **own)
    with st.container(key=f"behind_{figure.name}"):
        title = words.say(f"drill.{listed.name}", count=format.count(len(rows)), what=what)
        pieces.title(title)
        with st.container(horizontal=True, gap="small"):
            let_go(figure, f"chart_{figure.name}")
        if len(rows):
            tables.show(listed, rows, f"behind_{figure.name}")
        else:
            pieces.note(words.say(listed.key("empty")))
        foot.show(listed, asked, rows, f"_behind_{figure.name}", own)


def let_go(figure: Figure, place: str, said: str = "drill.let_go") -> None:
    """Offer to select nothing in a figure."""
    st.button(
        words.say(said),
        key=f"let_go_{figure.name}",
        on_click=_let_go,
        args=(place,),
    )


def _let_go(place: str) -> None:
    marks.let_go(place)
    address.change(replace(address.choice(), drill=()))


def _named(figure: Figure, codes: pa.Table, picked: drill.Picked) -> str | None:
    """Name what is picked in the words of the figure, nothing where it has no such mark.

    Numbers without marks are picked as one.
    """
    language = address.choice().language
    if not picked:
        key = f"drill.all.{figure.name}"
        return text.say(key, language) if text.has(key) else None
    place = drill.place_of(picked, codes)
    if place is None:
        return None
    [row] = words.worded(figure.query, codes, language).slice(place, 1).to_pylist()
    said = {column: str(row[column]) for column in picked}
    key = f"drill.marks.{figure.name}"
    return text.say(key, language, **said) if text.has(key) else " · ".join(said.values())

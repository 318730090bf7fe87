"""From a mark of a figure to the list behind it."""

from dataclasses import replace

import pyarrow as pa
import streamlit as st

from tend.figures import drill, wording
from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.language import format, text
from tend.queries import library
from tend.queries.kinds import Kind
from tend.ui.figures import foot, marks, tables
from tend.ui.parts import pieces, words
from tend.ui.state import address, data
from tend.view import View


def show(figure: Figure, view: View, codes: pa.Table) -> None:
    """List what is behind the mark that is picked in this figure, if any is.

    Its place is always there: else all that stands beneath would move, and be drawn anew.
    """
    with st.container():
        _show(figure, view, codes)


def _show(figure: Figure, view: View, codes: pa.Table) -> None:
    picked = drill.read(figure, address.choice().drill)
    place = None if picked is None else _place(figure, codes, picked)
    if picked is None or place is None:
        return
    listed = FIGURES[figure.listed]
    asked, own = drill.listed(figure, view, picked)
    rows = data.ask(listed.query, asked, **own)
    with st.container(key=f"behind_{figure.name}"):
        what = _named(figure, codes, place, picked)
        title = words.say(f"drill.{listed.name}", count=format.count(len(rows)), what=what)
        pieces.title(title, *_computed(figure, codes, place))
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


def _place(figure: Figure, codes: pa.Table, picked: drill.Picked) -> int | None:
    """Give the row of what is picked; a number without marks is picked as the whole."""
    if not picked:
        return 0 if text.has(f"drill.all.{figure.name}") else None
    return drill.place_of(figure, picked, codes)


def _named(figure: Figure, codes: pa.Table, place: int, picked: drill.Picked) -> str:
    """Name what is picked in the words of the figure, where all its marks have theirs."""
    if not picked:
        return words.say(f"drill.all.{figure.name}")
    language, kinds = address.choice().language, library.find(figure.query).kinds
    [row] = wording.worded(figure.query, codes, language).slice(place, 1).to_pylist()
    bars = dict(figure.bars)
    said = {
        column: _word(kinds[column], row[column], language)
        if column in row
        else words.say(f"columns.{bars[code]}")
        for column, code in picked.items()
    }
    key = f"drill.marks.{figure.name}"
    return text.say(key, language, **said) if text.has(key) else " · ".join(said.values())


def _computed(figure: Figure, codes: pa.Table, place: int) -> list[str]:
    """Say of a mark that is computed, as a curve goes on, that its list is what it stands on."""
    is_computed = figure.seen is not None and codes[figure.seen][place].as_py() is None
    return [words.say("drill.computed")] if is_computed else []


def _word(kind: Kind, value: object, language: str) -> str:
    """Write what a mark tells, also where it is nothing."""
    if value is None:
        return words.say("values.unknown")
    return wording.cell(kind, value, language)

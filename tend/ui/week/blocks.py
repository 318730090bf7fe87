"""Five blocks beside each other: what is due, who fell, who is not covered, renewals, decisions."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from tend.figures import drill
from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.figures.week import blocks, sentences
from tend.figures.week.block import Block, Named
from tend.ui.figures import behind, foot, opens
from tend.ui.parts import html, lead, words
from tend.ui.state import address, data
from tend.ui.week import drawn
from tend.view import View


def week_sentence(view: View) -> None:
    """Say in one sentence what changed since the last meeting."""
    lead.show(sentences.week(words.reading(), view))


def week_blocks(view: View) -> None:
    """Show the blocks, and beneath them the list of the one that is opened."""
    reading = words.reading()
    if sentences.is_of_nobody(reading, view):
        return
    with st.container(key="week_blocks"):
        places = st.columns(len(blocks.BLOCKS), gap="medium")
        for place, (name, make) in zip(places, blocks.BLOCKS.items(), strict=True):
            with place, st.container(key=f"block_{name}", gap=None):
                _block(make(reading, view), view)
    for name in blocks.BLOCKS:
        figure = _figure(name)
        behind.show(figure, view, reading.answer(figure, view))


def _figure(name: str) -> Figure:
    """Give the figure that says how a block's numbers are made, and leads to its list."""
    return FIGURES[f"week_{name}"]


def _block(block: Block, view: View) -> None:
    label = words.say("week.open_list", name=block.title)
    st.button(label, key=f"list_{block.name}", type="tertiary", on_click=_open, args=(block.name,))
    if block.good:
        html.show(html.p(block.good, css="tend-good"))
        return
    html.show(drawn.block(block))
    for number, one in enumerate(block.named):
        with st.container(key=f"named_{block.name}_{number}", gap=None):
            _named(block.name, number, one, view)
    figure = _figure(block.name)
    foot.show(figure, view, words.reading().answer(figure, view))


def _named(name: str, number: int, one: Named, view: View) -> None:
    """Name a customer, who leads on to those of the block's list, or a data set."""
    if one.row["customer_id"]:
        opens.customer_button(one.row, f"week_{name}_{number}", lambda: _listed(name, view))
    else:
        html.show(html.p(one.name, css="tend-name"))
    html.show(html.p(one.line, css="tend-line"))


def _listed(name: str, view: View) -> pa.Array:
    """Give the customers on the list of a block."""
    figure = _figure(name)
    asked, own = drill.listed(figure, view, {})
    listed = data.ask(FIGURES[figure.listed].query, asked, **own)["customer_id"]
    return pc.drop_null(listed)


def _open(name: str) -> None:
    """Open the list of a block; a second click closes it."""
    choice, figure = address.choice(), _figure(name)
    is_open = drill.is_of(figure, choice.drill)
    address.change(replace(choice, drill=() if is_open else drill.written(figure, {})))

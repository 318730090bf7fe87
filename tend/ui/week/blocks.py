"""Five blocks beside each other: what is due, who fell, who is not covered, renewals, decisions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from tend.figures import drill
from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.ui.figures import behind, foot, opens
from tend.ui.parts import html, words
from tend.ui.state import address, data
from tend.ui.week import deciding, due, fell, renewing, uncovered
from tend.ui.week.sentence import is_of_nobody
from tend.view import View

Row = dict[str, Any]


@dataclass(frozen=True)
class Block:
    """One block: its figure, what it says of its view, and the names it begins with."""

    name: str
    said: Callable[[View], html.Html | None]
    named: Callable[[View], Sequence[Row]]
    line: Callable[[Row], str]

    @property
    def figure(self) -> Figure:
        """Give the figure that says how its numbers are made, and leads to its list."""
        return FIGURES[f"week_{self.name}"]


BLOCKS = (
    Block("due", due.said, due.named, due.line),
    Block("fell", fell.said, fell.named, fell.line),
    Block("uncovered", uncovered.said, uncovered.named, uncovered.line),
    Block("renewing", renewing.said, renewing.named, renewing.line),
    Block("decide", deciding.said, deciding.named, deciding.line),
)


def week_blocks(view: View) -> None:
    """Show the blocks, and beneath them the list of the one that is opened."""
    if is_of_nobody(view):
        return
    with st.container(key="week_blocks"):
        for place, block in zip(st.columns(len(BLOCKS), gap="medium"), BLOCKS, strict=True):
            with place, st.container(key=f"block_{block.name}", gap=None):
                _block(block, view)
    for block in BLOCKS:
        behind.show(block.figure, view, data.answer(block.figure, view))


def _block(block: Block, view: View) -> None:
    quarter = renewing.quarter(view)
    name = words.say(f"week.blocks.{block.name}", quarter=quarter)
    label = words.say("week.open_list", name=name)
    st.button(label, key=f"list_{block.name}", type="tertiary", on_click=_open, args=(block,))
    said = block.said(view)
    if said is None:
        html.show(html.p(words.say(f"week.good.{block.name}"), css="tend-good"))
        return
    html.show(said)
    for number, row in enumerate(block.named(view)):
        with st.container(key=f"named_{block.name}_{number}", gap=None):
            _named(block, number, row, view)
    foot.show(block.figure, view, data.answer(block.figure, view))


def _named(block: Block, number: int, row: Row, view: View) -> None:
    """Name a customer, who leads on to those of the block's list, or a data set."""
    if row["customer_id"]:
        opens.customer_button(row, f"week_{block.name}_{number}", lambda: _listed(block, view))
    else:
        html.show(html.p(words.say(f"datasets.{row['dataset']}"), css="tend-name"))
    html.show(html.p(block.line(row), css="tend-line"))


def _listed(block: Block, view: View) -> pa.Array:
    """Give the customers on the list of a block."""
    asked, own = drill.listed(block.figure, view, {})
    listed = data.ask(FIGURES[block.figure.listed].query, asked, **own)["customer_id"]
    return pc.drop_null(listed)


def _open(block: Block) -> None:
    """Open the list of a block; a second click closes it."""
    choice = address.choice()
    is_open = drill.is_of(block.figure, choice.drill)
    address.change(replace(choice, drill=() if is_open else drill.written(block.figure, {})))

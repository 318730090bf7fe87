"""Tiles that lead: each opens the list of the members of its number, beneath them all."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from tend.figures import drill
from tend.figures.collection import FIGURES
from tend.ui.figures import behind, foot
from tend.ui.parts import html, tiles, words
from tend.ui.parts.tiles import Tile
from tend.ui.state import address
from tend.view import View


def tile(name: str, card: html.Html, link: str | None = None) -> Tile:
    """Give the tile of a figure; with an empty link it leads nowhere, as there is nobody."""
    figure = FIGURES[name]
    is_open = drill.is_of(figure, address.choice().drill)
    said = words.say("ui.members") if link is None else link
    # those that are open are closed again
    leads = partial(_pick, () if is_open else drill.written(figure, {}))
    return Tile(name, card, said, leads, is_open)


def headline(shown: Sequence[Tile], view: View, name: str = "") -> None:
    """Show tiles beside each other, beneath them how the figure of that name is computed.

    The list of the tile that is opened has a place that is always there.
    """
    tiles.show(shown)
    if name:
        foot.show(FIGURES[name], view, words.reading().answer(FIGURES[name], view))
    with st.container():
        for one in shown:
            if one.is_open:
                figure = FIGURES[one.name]
                behind.show(figure, view, words.reading().answer(figure, view))


def _pick(picked: tuple[str, ...]) -> None:
    address.change(replace(address.choice(), drill=picked))

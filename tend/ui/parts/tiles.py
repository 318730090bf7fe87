"""Tiles: a number that leads to what stands behind it; the whole of it can be clicked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from tend.language import format
from tend.ui.parts import html


@dataclass(frozen=True)
class Tile:
    """A card, and the link beneath it that opens the members of its number."""

    name: str
    card: html.Html
    link: str
    leads: Callable[[], None]
    is_open: bool = False


def show(tiles: Sequence[Tile]) -> None:
    """Show tiles beside each other, on a phone two by two."""
    with st.container(key="tiles"):
        for tile in tiles:
            state = "on" if tile.is_open else "off"
            with st.container(key=f"tile_{state}_{tile.name}", gap=None):
                html.show(tile.card)
                if tile.link:
                    st.button(
                        format.plain(tile.link),
                        key=f"members_{tile.name}",
                        type="tertiary",
                        on_click=tile.leads,
                    )

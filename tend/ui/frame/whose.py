"""Whose rows a page shows, said to who sees the customers of certain CSMs."""

from tend.language import format
from tend.ui.parts import pieces, words
from tend.ui.state import address, rights


def say() -> None:
    """Say it quietly over the page; nothing to who sees all."""
    if csms := named():
        pieces.note(words.say("rights.sees", csms=csms))


def named() -> str:
    """Name the CSMs whose customers alone the reader sees."""
    csms = [format.clipped(one) for one in rights.theirs() or ()]
    return format.listed(csms, address.choice().language) if csms else ""

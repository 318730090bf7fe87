"""Whose rows a page shows, and what of them not, said to who does not see all."""

from tend.language import format
from tend.store.people import people
from tend.ui.parts import pieces, words
from tend.ui.state import address, data, rights


def say() -> None:
    """Say it quietly over the page; nothing to who sees all."""
    if csms := named():
        pieces.note(words.say("rights.sees", csms=csms, **_reach()))
    if rights.person().sees.is_masked:
        pieces.note(words.say("rights.masked"))


def named() -> str:
    """Name the CSMs whose customers alone the reader sees."""
    csms = [format.clipped(one) for one in rights.theirs() or ()]
    return format.listed(csms, address.choice().language) if csms else ""


def counted() -> str:
    """Say how many customers the reader sees, of how many."""
    sees_all = data.workspace().person.sees_all
    return words.say("people.sees_all" if sees_all else "people.sees_some", **_reach())


def _reach() -> dict[str, str]:
    ws = data.workspace()
    mine, of = data.once("reach", make=lambda: people.reach(ws, ws.person))
    return {"mine": format.count(mine), "of": format.count(of)}

"""The daily copies, told quietly: when the last was made; loudly only where something is amiss."""

from datetime import datetime

import streamlit as st

from tend.language import format
from tend.store.upkeep import standing
from tend.store.upkeep.standing import Copies
from tend.ui.parts import pieces, words
from tend.ui.state import address, data


def copies() -> None:
    """Say how the daily copies of all data stand, at the server that makes them."""
    ws = data.workspace()
    if not ws.version or ws.writer:
        return
    found = standing.of_copies(ws)
    with st.container(key="copies"):
        if found.failed is not None:
            language = address.choice().language
            why = standing.why(found.failed, language)
            when = _moment(datetime.fromisoformat(found.failed.at))
            st.warning(format.plain(words.say("data_page.copies.failed", when=when, why=why)))
        elif found.is_late:
            st.warning(_late(found))
        pieces.note(_said(found))


def _said(found: Copies) -> str:
    if not found.is_wanted:
        return words.say("data_page.copies.off")
    if found.newest is None:
        return words.say("data_page.copies.none")
    when = _moment(found.newest.made_at)
    said = [words.say("data_page.copies.last", when=when, count=format.count(found.count))]
    if found.is_of_now:
        said.append(words.say("data_page.copies.nothing_since"))
    return format.sentences(said, address.choice().language)


def _late(found: Copies) -> str:
    if found.newest is None:
        return words.say("data_page.copies.late_none")
    return words.say("data_page.copies.late", when=_moment(found.newest.made_at))


def _moment(at: datetime) -> str:
    return format.moment(at.astimezone().replace(tzinfo=None), address.choice().language)

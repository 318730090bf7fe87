"""What came by the watched folder since the last meeting: a quiet line that leads to Data."""

import streamlit as st

from tend.language import format
from tend.ui.frame import frame
from tend.ui.parts import words
from tend.ui.state import address, data, rights
from tend.view import View


def watched_folder(view: View) -> None:
    """Say what came in and what waits, to who brings files in; nothing where nothing did."""
    if not rights.may("import"):
        return
    [row] = data.ask("watched_folder", View(view.as_of, view.start)).to_pylist()
    language = address.choice().language
    day = format.day(view.start, language)
    said = [
        words.say(f"watched.week_{name}", day=day, **{key: format.count(row[key])})
        for name, key in (("in", "taken_in"), ("waits", "waits"), ("refused", "refused"))
        if row[key]
    ]
    if said:
        label = words.say("watched.week", said=words.say("week.comma").join(said))
        if st.button(label, key="to_watched", type="tertiary"):
            frame.go("data")

"""What the browser is told, remembers and measures: the language, who reads, how much room."""

from pathlib import Path

import streamlit as st

from tend.ui.state import address, person, printing

_KEY = "browser"
_LANGUAGES = {"en": "en", "zh": "zh-CN"}
_browser = st.components.v2.component(
    "tend_browser", js=Path(__file__).with_name("browser.js").read_text("utf-8")
)


def tell(moved_to: str = "") -> None:
    """Tell the browser what it is to know; a new session hears the name that it remembers.

    `moved_to`: the page that an old address means; it takes that address's place.
    """
    told = {
        "language": _LANGUAGES[address.choice().language],
        "who": person.name(),
        "is_said": person.is_said(),
        "is_printing": printing.is_on(),
        "is_narrow": printing.is_narrow(),
        "is_waiting": bool(st.session_state.get(address.WAITING)),
        "moved_to": moved_to,
    }
    _browser(
        key=_KEY,
        data=told,
        on_who_change=_remembered,
        on_narrow_change=_measured,
        on_print_change=printing.start,
        on_printed_change=printing.end,
    )


def _remembered() -> None:
    if not person.is_said():
        person.say(str(st.session_state[_KEY]["who"]))


def _measured() -> None:
    printing.measured(is_narrow=bool(st.session_state[_KEY]["narrow"]))

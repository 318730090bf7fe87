"""The menu of settings, and the way to one by its name."""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from tend.language import format
from tend.settings import sections
from tend.ui.parts import choosing, html, words
from tend.ui.state import address, rights

_STYLES = (Path(__file__).parents[1] / "definition.css", Path(__file__).with_name("sections.css"))
_FIND = "find_setting"
# What only those see who may read the log.
_OF_AUDIT = ("log", "erasure")


def choose_section() -> str:
    """Offer the sections, and give the one that is open: the address says which."""
    for file in _STYLES:
        html.style(file)
    offered = [one for one in sections.SECTIONS if one not in _OF_AUDIT or rights.may("audit")]
    names = {name: words.say(f"company.sections.{name}") for name in offered}
    with st.container(key="settings_menu", horizontal=True, vertical_alignment="center"):
        chosen = address.choice().section
        chosen = chosen if chosen in names else offered[0]
        label = words.say("company.menu")
        choosing.one_of("section", label, names, chosen, _open_chosen)
        _find(names)
    return chosen


def _find(names: dict[str, str]) -> None:
    """Offer every setting by its name: its section is opened."""
    offered = {name: name for name in names.values()}
    for section, key in sections.places():
        label = words.say(f"company.fields.{key}")
        offered[words.say("company.found", name=label, section=names[section])] = names[section]
    by_name = {name: section for section, name in names.items()}
    st.selectbox(
        words.say("company.find"),
        list(offered),
        index=None,
        key=_FIND,
        placeholder=words.say("company.find"),
        format_func=format.plain,
        label_visibility="collapsed",
        width=170,
        on_change=_open_found,
        args=({said: by_name[name] for said, name in offered.items()},),
    )


def _open_chosen() -> None:
    _open(st.session_state["section"])


def _open_found(places: dict[str, str]) -> None:
    if found := st.session_state[_FIND]:
        _open(places[found])
    st.session_state[_FIND] = None


def _open(section: str) -> None:
    address.change(replace(address.choice(), section=section))

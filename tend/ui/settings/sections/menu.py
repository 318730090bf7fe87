"""The menu of settings in parts, and the way to one by its name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from tend.language import format
from tend.settings import sections
from tend.ui.parts import choosing, html, words
from tend.ui.state import address, data, rights

_STYLES = (Path(__file__).parents[1] / "definition.css", Path(__file__).with_name("sections.css"))
_FIND = "find_setting"


def choose_section() -> str:
    """Offer the parts and the sections of the open one; the address says which section is open."""
    for file in _STYLES:
        html.style(file)
    parts = _offered()
    chosen = address.choice().section
    part = next((name for name, some in parts.items() if chosen in some), next(iter(parts)))
    chosen = chosen if chosen in parts[part] else parts[part][0]
    with st.container(key="settings_menu", horizontal=True, vertical_alignment="center"):
        names = {name: words.say(f"company.parts.{name}") for name in parts}
        choosing.one_of("settings_part", words.say("company.menu"), names, part, _open_part)
        _find(parts)
    if len(parts[part]) > 1:
        with st.container(key="settings_sections"):
            named = {name: words.say(f"company.sections.{name}") for name in parts[part]}
            choosing.one_of("section", names[part], named, chosen, _open_chosen)
    return chosen


def _offered() -> sections.Groups:
    """Give the sections of each part that the reader may look at; from a copy nobody is erased."""
    hidden = () if rights.may("audit") else ("log", "erasure")
    hidden = (*hidden, "erasure") if data.workspace().writer else hidden
    return {
        part: tuple(one for one in some if one not in hidden)
        for part, some in sections.PARTS.items()
    }


def _find(parts: sections.Groups) -> None:
    """Offer every setting, and what is none, by its name: its section is opened."""
    offered = {_name(one, some): one for some in parts.values() for one in some}
    names = {section: name for name, section in offered.items()}
    for section, key in sections.places():
        label = words.say(f"company.fields.{key}")
        offered[words.say("company.found", name=label, section=names[section])] = section
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
        args=(offered,),
    )


def _name(section: str, part: Sequence[str]) -> str:
    """Name a section: a part of one section is known by its own name."""
    return words.say(f"company.{'sections' if len(part) > 1 else 'parts'}.{section}")


def _open_part() -> None:
    _open(_offered()[st.session_state["settings_part"]][0])


def _open_chosen() -> None:
    _open(st.session_state["section"])


def _open_found(places: Mapping[str, str]) -> None:
    if found := st.session_state[_FIND]:
        _open(places[found])
    st.session_state[_FIND] = None


def _open(section: str) -> None:
    address.change(replace(address.choice(), section=section))

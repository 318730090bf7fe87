"""The way to every page: links beside each other, sections that open, one menu on a phone."""

from collections.abc import Mapping

import streamlit as st

from tend.language import format
from tend.ui.parts import words
from tend.ui.state import address, printing

_MORE = "more"
_NOTEBOOK = "notebook"  # pinned ones stand beside it
# In their order; a section of several pages has a name and opens.
_MENU = (
    ("", ("week", "renewals")),
    ("customers", ("customers", "value", "movement", "sop")),
    ("", ("workbench",)),
    ("", (_NOTEBOOK,)),
    (_MORE, ("data", "settings")),
)
# All pages; one customer is reached from lists, not from the menu.
PAGES = (*(name for _, names in _MENU for name in names), "customer")
START = PAGES[0]
# Pages on which neither filters nor the as-of day change anything.
WITHOUT_VIEW = ("data",)
# Pages of the whole company, or of one customer: looked at from a day, without filters.
WITHOUT_FILTERS = ("settings", "customer")
Pages = Mapping[str, st.Page]


def home(pages: Pages) -> None:
    """Lead to the start page."""
    with st.container(key="home", width="content"):
        _link(pages, START, "Tend")


def menu(pages: Pages, chosen: st.Page) -> None:
    """Draw the links of the menu, and the same as one list for a phone."""
    here = chosen.url_path
    with st.container(
        key="menu_wide",
        horizontal=True,
        vertical_alignment="center",
        gap="xsmall",
        width="content",
    ):
        for section, names in _MENU:
            if names == (_NOTEBOOK,) and (more := _pinned(pages)):
                _section(pages, _NOTEBOOK, (*names, *more), here)
            elif section:
                _section(pages, section, names, here)
            else:
                for name in names:
                    _link(pages, name)
    label = words.say("ui.menu")
    # A menu of another page is another menu: it closes when a page is chosen.
    with st.popover(label, key=f"phone_menu_{here}", type="tertiary"):
        for name in PAGES[:-1]:
            for one in (name, *_pinned(pages)) if name == _NOTEBOOK else (name,):
                _link(pages, one)


def _section(pages: Pages, section: str, names: tuple[str, ...], here: str) -> None:
    key = f"section_{section}_{'on' if here in names else 'off'}_{here}"
    with st.popover(words.say(f"ui.sections.{section}"), key=key, type="tertiary"):
        for name in names:
            _link(pages, name)
        if section == _MORE:
            st.button(words.say("ui.print"), key="print", type="tertiary", on_click=printing.start)


def _pinned(pages: Pages) -> tuple[str, ...]:
    """Name the pages that are no files: notebooks that are pinned."""
    return tuple(name for name in pages if name not in PAGES)


def _link(pages: Pages, name: str, label: str = "") -> None:
    """Link to a page with the same day and filters; what is open on this one stays behind."""
    going = address.written(address.choice().closed())
    st.page_link(pages[name], label=label or format.plain(pages[name].title), query_params=going)

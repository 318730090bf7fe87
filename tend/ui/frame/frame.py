"""The frame around every page: navigation, language, filters; and the way back into it."""

from contextvars import ContextVar
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NoReturn

import streamlit as st

from tend.acts import notebooks
from tend.language import format, text
from tend.language.errors import TendError
from tend.ui.entrance import leaving
from tend.ui.frame import browser, elsewhere, filters, navigation, opened_day, pickers, top, whose
from tend.ui.frame.navigation import PAGES, START
from tend.ui.notebook import drafts, notebook
from tend.ui.parts import done, html, sources, words
from tend.ui.renewals import contract
from tend.ui.state import address, alone, data, going, lists, on_top

ROOT = Path(__file__).parents[3]
# Whether this very run goes through the frame; a session's state would outlive the run.
_running: ContextVar[bool] = ContextVar("tend.frame", default=False)
_CUSTOMER = "customer"  # its page, and its name in addresses
_STYLE = Path(__file__).with_name("style.css")


def show() -> None:
    """Draw the frame and the page in it."""
    icon = str(ROOT / "tend/ui/mark.svg")
    st.set_page_config(page_title="Tend", page_icon=icon, layout="wide")
    choice = address.sync(_first_language())
    leaving.unless_known()
    pages = {name: _page(name) for name in PAGES} | _pinned()
    home = st.Page(
        lambda: _switch(pages, START),
        title="Tend",
        url_path="home",
        default=True,
        visibility="hidden",
    )
    chosen = st.navigation([home, *pages.values()], position="hidden")
    wanted = going.taken()
    if choice.customer and address.is_new() and (wanted or chosen.url_path) != _CUSTOMER:
        browser.tell(moved_to=_CUSTOMER)  # before it had a page, links named it on any other
        return
    if wanted and wanted != chosen.url_path:
        _switch(pages, wanted)
    address.write(has_customer=chosen.url_path == _CUSTOMER)
    if chosen.url_path in pages:
        st.set_page_config(page_title=f"{chosen.title} · Tend", page_icon=icon, layout="wide")
    html.style(_STYLE)
    # dialogs and popovers stand beside the app, which alone is told by Streamlit
    scheme = "dark" if st.context.theme.type == "dark" else "light"
    html.style(f":root {{ color-scheme: {scheme}; }}")
    browser.tell()
    inside = _running.set(True)
    try:
        _show_page(pages, chosen)
    finally:
        _running.reset(inside)


def enter(name: str) -> None:
    """Make sure that the page runs inside the frame.

    Before the first run of `app.py`, Streamlit runs a file of `pages/` alone: then go back to
    the frame, which returns here.
    """
    if not _running.get():
        going.to(name)
        st.switch_page(str(ROOT / "app.py"), query_params=address.whole())


def _show_page(pages: navigation.Pages, chosen: st.Page) -> None:
    choice = address.choice()
    on_top.begin()
    try:
        has_data = bool(data.freshness())
    except TendError as error:
        html.show(html.h1(words.say("ui.closed")))
        st.error(format.plain(error.message(choice.language)))
        return
    look = replace(choice, filters=(), drill=(), contract=None)
    try:
        with data.drawing(chosen.url_path, look, choice.filters):
            _frame(pages, chosen, choice, has_data=has_data)
            chosen.run()
        if has_data:
            _on_top(has_customer=chosen.url_path == _CUSTOMER)
            on_top.stands()
        done.toast()
    except TendError as error:  # the machine or the database: the next visit may find it sound
        alone.refuse(error)
    data.settle()


def _frame(
    pages: navigation.Pages, chosen: st.Page, choice: address.Choice, *, has_data: bool
) -> None:
    has_view = has_data and chosen.url_path not in navigation.WITHOUT_VIEW
    has_filters = has_view and chosen.url_path not in navigation.WITHOUT_FILTERS
    top.line(pages, chosen, choice, has_data=has_data, has_view=has_view)
    filters.on_paper(choice, chosen.title, has_view=has_view, has_filters=has_filters)
    if has_filters:
        filters.bar(choice)
    filters.say_what_is_left_out(choice.language)
    elsewhere.say(chosen.url_path)
    if has_view:
        whose.say()
    if has_view:
        opened_day.say()
    if has_data:
        _say_what_is_behind()


def _say_what_is_behind() -> None:
    if data.workspace().is_health_behind:
        st.warning(words.say("ui.health_is_behind"))
    if not data.workspace().is_recorded:
        st.warning(words.say("ui.not_written_down"))


@alone.part(key=on_top.KEY)
def _on_top(*, has_customer: bool) -> None:
    """Open the contract that the address names, on whichever page, or the row that was clicked.

    By itself, as the page beneath is the same; so the address is written here as well.
    """
    address.write(has_customer=has_customer)
    if opened := address.choice().contract:
        contract.show(opened)
    else:
        sources.row_on_top()


def _page(name: str) -> st.Page:
    title = words.say(f"ui.pages.{name}")
    return st.Page(ROOT / "pages" / f"{name}.py", title=title, url_path=name)


def _pinned() -> dict[str, st.Page]:
    """Give a page for each notebook that is pinned; none where the workspace cannot be read."""
    try:
        there = [kept.notebook for kept in drafts.all_kept() if kept.is_pinned]
    except TendError:
        return {}
    return {
        f"{notebooks.PAGE}{one.id}": st.Page(
            partial(_read_pinned, one.id),
            title=format.clipped(one.name),
            url_path=f"{notebooks.PAGE}{one.id}",
        )
        for one in there
    }


def _read_pinned(notebook_id: str) -> None:
    """Show a pinned notebook as a page of its own."""
    lists.arrive(notebooks.PAGE + notebook_id)
    notebook.notebook(address.choice().view(), pickers.choose_window)


def _switch(pages: dict[str, st.Page], name: str) -> NoReturn:
    st.switch_page(pages[name], query_params=address.carried())


def _first_language() -> str:
    """Choose the language of a new reader: the company's setting, else the browser's."""
    try:
        fixed = data.workspace().settings.language
    except TendError:
        fixed = "auto"
    if fixed in text.LANGUAGES:
        return fixed
    locale = (st.context.locale or "").lower()
    return "zh" if locale.startswith("zh") else "en"


def go(name: str) -> NoReturn:
    """Open another page; the day and the filters go along."""
    address.change(address.choice().closed())
    going.to(name)
    st.rerun()

"""What a page asks again, with other filters or after a commit, is asked beside it."""

import time
from collections.abc import Iterator

import pytest
import streamlit as st

from tend import tally
from tend.people.person import LOCAL
from tend.store.workspace import Workspace
from tend.ui.server import ahead, opened
from tend.ui.state import data, person
from tend.ui.state.data import Chosen
from tend.view import Filters, View
from tests.kit.companies import UNTIL, Companies

_PATIENCE = 30.0
_FILTERS = (("region", ("North",)),)


@pytest.fixture
def workspace(companies: Companies, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Open the workspace of this server, which may use two processors."""
    monkeypatch.setenv("TEND_WORKSPACE", str(companies.sample(customers=12)))
    monkeypatch.setenv("TEND_THREADS", "2")
    ahead.close()
    st.session_state.clear()  # of what an earlier test has drawn
    yield opened.workspace()
    data.close()


def _page(filters: Filters) -> None:
    """Ask what a page asks: two questions that follow the reader's filters, one that does not."""
    data.ask("in_force", View(UNTIL, filters=Chosen(filters)))
    data.ask("renewal_rates", View(UNTIL, group_by="quarter", filters=Chosen(filters)))
    data.ask("activity", View(UNTIL))


def _asked() -> int:
    """Count the questions that reached the database so far."""
    known = tally.durations().get("named")
    return sum(known.within) if known else 0


def _comes_to(count: int) -> bool:
    """Tell whether so many come to be asked, and no more."""
    until = time.monotonic() + _PATIENCE
    while _asked() < count and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.2)
    return _asked() == count


def _draw(filters: Filters, look: str = "same", beside: int = 0) -> None:
    """Draw the page, after what is asked beside it: then it asks nothing by itself."""
    begun = _asked()
    with data.drawing("renewals", look, filters):
        assert _comes_to(begun + beside)
        _page(filters)
        assert _asked() == begun + beside or not beside


@pytest.mark.usefixtures("workspace")
def test_other_filters_are_asked_beside() -> None:
    """What follows the filters is asked with those of now, also where there were none before."""
    _draw(())
    _draw(_FILTERS, beside=2)
    _draw((), beside=0)
    _draw((("region", ("South",)),), beside=2)


def test_after_a_commit_what_it_changed_is_asked_beside(workspace: Workspace) -> None:
    """The first page after it finds what it shows already asked, or being asked."""
    _draw(())
    workspace.set("currency", "EUR")
    _draw((), beside=3)


@pytest.mark.usefixtures("workspace")
def test_a_page_that_is_looked_at_otherwise_asks_by_itself() -> None:
    """Of another window, or a page that broke off, nothing is known."""
    _draw(())
    _draw(_FILTERS, look="other", beside=0)
    with pytest.raises(ValueError, match="off"), data.drawing("renewals", "other", ()):
        raise ValueError("off")
    _draw((("region", ("West",)),), look="other", beside=2)


@pytest.mark.usefixtures("workspace")
def test_pages_that_are_drawn_are_known() -> None:
    """What is made beside the pages waits while one is drawn."""
    assert not data.is_drawing()
    with data.drawing("renewals", "", ()):
        assert data.is_drawing()
    assert not data.is_drawing()


@pytest.mark.usefixtures("workspace")
def test_a_page_looks_its_workspace_up_once() -> None:
    """While it is drawn it sees the same; whoever comes after is looked up anew."""
    with data.drawing("renewals", "", ()):
        seen = data.workspace()
        other = person._lent.set(LOCAL.named("Ann"))
        assert data.workspace() is seen
    assert data.workspace().person.name == "Ann"
    person._lent.reset(other)

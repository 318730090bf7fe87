"""Any address gives a page: random ones, and those that once gave none."""

import pytest
from markupsafe import escape

from tend.language import text
from tend.ui.frame.navigation import PAGES
from tend.ui.state import data
from tests.kit import addresses
from tests.kit.driver import html, opened_in_frame
from tests.ui.conftest import LANGUAGES, Open

# Of each kind of workspace; `python -m benchmarks.addresses` walks thousands.
VISITS = 12
LEFT_OUT = ("0001-01-01", "9999-12-31", "1899-12-31", "2200-01-01", "2026-02-30", "x" * 5000)


@pytest.mark.parametrize("kind", addresses.KINDS)
def test_any_address_gives_a_page(opened: Open, kind: str) -> None:
    """No exception and no error box, with tabs and popovers opened; a failing address is told."""
    opened(kind)
    found = addresses.known(data.workspace())
    first = VISITS * addresses.KINDS.index(kind)
    visits = [addresses.visit(seed, found) for seed in range(first, first + VISITS)]
    told = {str(visit): faults for visit in visits if (faults := addresses.faults(visit))}
    assert told == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_ever_ended_the_rates_say_so(opened: Open, language: str) -> None:
    """Filters that leave no contract give a sentence and cards with words, not an error."""
    opened("sample-en")
    chosen = {"lang": language, "as_of": "2026-09-30", "size": "large", "region": "South"}
    app = opened_in_frame("renewals", **chosen)
    assert not app.exception
    said = html(app)
    assert text.say("renewals.nothing_ends", language) in said
    assert said.count(text.say("renewals.nothing_decided", language)) == 4


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_give_pages(opened: Open, page: str, day: str) -> None:
    """The oldest and the furthest day that can be asked for, and the window between them."""
    opened("one-customer")
    window = {"window": "own", "since": "own", "from": "1900-01-01", "to": "2199-12-31"}
    visit = addresses.Visit(page, {"as_of": [day], **{k: [v] for k, v in window.items()}}, 1)
    assert addresses.faults(visit) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", LEFT_OUT)
def test_what_is_left_out_is_told(opened: Open, language: str, day: str) -> None:
    """A day that cannot be asked for is today, and one line says so; a choice lets go of it."""
    opened("one-customer")
    app = opened_in_frame("data", lang=language, as_of=day, regoin="South")
    assert not app.exception
    said = html(app)
    assert text.say("ui.left_out", language) in said
    assert escape(f"as_of={day[:20]}") in said
    assert "regoin=South" in said
    assert text.say("ui.left_out", language) not in html(app.button(key="language").click().run())


def test_an_address_that_is_understood_is_not_talked_about(opened: Open) -> None:
    """Defaults written out, days in another way of writing, repeated values: all understood."""
    opened("one-customer")
    chosen = {"as_of": "20260930", "window": "last_12_months", "grid": "3x3", "step": "quarter"}
    app = opened_in_frame("renewals", lang="en", **chosen, industry=["Retail", "Retail"])
    assert text.say("ui.left_out", "en") not in html(app)

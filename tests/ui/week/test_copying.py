"""Copy as text: the minutes of the page that is looked at, plain and as Markdown."""

import pytest

from tend.handouts import letter, told
from tend.handouts.links import Links
from tend.handouts.minutes import minutes
from tend.language import text
from tend.ui.state import data
from tend.view import View, day
from tests.kit.driver import opened_in_frame, opened_page
from tests.ui.conftest import LANGUAGES, Open

AS_OF, SINCE = "2026-09-24", "2026-09-10"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_copied_is_what_is_looked_at(opened: Open, language: str) -> None:
    """Closed it costs nothing; opened it has the page's day, meeting and filters, both ways."""
    opened("sample-en")
    params = {"lang": language, "as_of": AS_OF, "meeting": SINCE, "size": "large"}
    app = opened_in_frame("week", **params)
    assert not app.get("code")
    app.session_state["minutes"] = True
    app.run()
    [field] = app.code
    as_of, since = day(AS_OF), day(SINCE)
    assert as_of
    view = View(as_of, since, filters=(("size", ("large",)),))
    reading = told.reading(data.workspace(), language)
    wanted = minutes(reading, view, Links("", view, language))  # no browser, no address
    assert field.value == letter.plain(wanted)
    app.button_group(key="minutes_way").set_value(text.say("minutes.ways.markdown", language)).run()
    [field] = app.code
    assert field.value == letter.markdown(wanted)
    assert text.say("columns.size", language) in field.value


def test_an_empty_week_has_nothing_to_copy(opened: Open) -> None:
    """The page says what it needs instead."""
    opened("no-contracts")
    app = opened_page("week", lang="en", as_of=AS_OF)
    assert not app.exception
    assert text.say("minutes.copy", "en") not in [
        one.proto.popover.label for one in app.get("popover")
    ]

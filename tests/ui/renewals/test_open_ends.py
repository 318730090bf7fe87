"""Where most contracts have no end, Renewals begins with retention and says why (M19)."""

import html as markup

import pytest

from tend.figures.collection import FIGURES
from tend.language import text
from tests.kit.driver import html, opened_page
from tests.ui.conftest import LANGUAGES, Open


@pytest.mark.parametrize("language", LANGUAGES)
def test_retention_leads(opened: Open, language: str) -> None:
    """The first sentence is of retention; the next says how many can fall due at all."""
    opened("open-ended")
    app = opened_page("renewals", lang=language, as_of="2025-06-30")
    assert not app.exception
    said = markup.unescape(html(app))
    counts = {"open": "4", "contracts": "5", "dated": "1"}
    assert text.say("renewals.why_open", language, **counts) in said
    rates = {"nrr": "80.0%", "grr": "80.0%", "kept": "4", "opening": "5"}
    assert text.say("renewals.lead_open", language, **rates).split(";")[0][:20] in said
    shown = FIGURES["retention_trend"].key("unit")
    assert text.say(shown, language) in said

"""Paper holds what the screen does: whole lists under heads that come again, calls, settings."""

import re
from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from tend.language import text
from tend.ui.state import data
from tend.view import View
from tests.kit.driver import html, opened_in_frame
from tests.ui.conftest import LANGUAGES, Open

AS_OF = date(2026, 9, 30)
BODY = re.compile(r"<td>(.*?)</td>")


def on_paper(name: str, language: str, **address: str) -> AppTest:
    """Open a page as it is drawn for paper."""
    app = opened_in_frame(name, lang=language, as_of=f"{AS_OF}", **address)
    app.session_state["tend.printing"] = True
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_customers_are_on_paper(opened: Open, language: str) -> None:
    """Each by its whole name, in the order of the list, under a head that comes again."""
    opened("sample-en")
    said = unescape(html(on_paper("customers", language)))
    rows = data.ask("customers", View(AS_OF), standing="in_force").to_pylist()
    shown = re.findall(r"<tr><td><b>(.*?)</b></td>", said)
    assert sorted(shown) == sorted(row["customer_name"] for row in rows)
    assert said.count("<thead>") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chance_has_its_call_on_paper(opened: Open, language: str) -> None:
    """All open contracts, each with the word of its call, not the first eight."""
    opened("sample-en")
    said = unescape(html(on_paper("renewals", language, view="next")))
    table = said.rpartition('<table class="tend-table tend-told tend-paper">')[2]
    rows = data.ask("renewal_forecast", View(AS_OF)).to_pylist()
    for call in ("commit", "at_risk", "lost"):
        word = text.say(f"calls.{call}", language)
        count = sum(row["call"] == call for row in rows)
        assert BODY.findall(table).count(word) == count > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_of_settings_are_on_paper(opened: Open, language: str) -> None:
    """The limits of all stages stand beside their editor, which a sheet would cut."""
    opened("sample-en")
    said = html(on_paper("settings", language, part="renewal"))
    kept = data.workspace().settings.stage_limits
    for tier in ("strategic", "basic", "other"):
        limits = kept[tier]
        cells = "".join(rf"<td[^>]*>{days}</td>" for days in limits.values())
        assert re.search(rf"<td[^>]*>{tier}</td>{cells}", said)

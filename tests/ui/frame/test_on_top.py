"""What opens on top of a page is drawn alone: the page beneath stands as it is."""

from datetime import date

import pytest

from tend.language import text
from tend.ui.frame import top
from tend.ui.state import data
from tend.view import View
from tests.kit.driver import html, opened_in_frame
from tests.ui.conftest import LANGUAGES, Open

AS_OF = date(2026, 9, 30)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each time a page is drawn, by its title."""
    noted: list[str] = []
    line = top.line

    def heard(pages, chosen, *given, **more):  # type: ignore[no-untyped-def]
        noted.append(chosen.title)
        line(pages, chosen, *given, **more)

    monkeypatch.setattr(top, "line", heard)
    return noted


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_and_contracts_open_without_the_page_beneath(
    opened: Open, drawn: list[str], language: str
) -> None:
    """A click shows it with its cells, a contract in the address, too; no page is drawn for it."""
    opened("sample-en")
    for button in ("row_0", "open_contract_0"):
        app = opened_in_frame("customer", lang=language, as_of=f"{AS_OF}", customer="C0002")
        drawn.clear()
        app.button(key=button).click().run()
        assert not app.exception
        assert html(app).count('class="tend-row-cells"') == 1
        assert not drawn
    assert text.say("contract.sources", language) in html(app)
    assert "C0002" in app.query_params["customer"]
    newest = data.ask("customer_contracts", View(AS_OF), customer_id="C0002")["contract_id"][0]
    assert newest.as_py() in app.query_params["contract"]
    assert newest.as_py() in html(app)


def test_a_page_half_drawn_is_drawn_again(opened: Open, drawn: list[str]) -> None:
    """Who clicks before a page stands gets both: the page, and the contract on top of it."""
    opened("sample-en")
    app = opened_in_frame("customer", lang="en", as_of=f"{AS_OF}", customer="C0002")
    app.session_state["tend.page_stands"] = False
    drawn.clear()
    app.button(key="open_contract_0").click().run()
    assert len(drawn) == 1
    assert text.say("contract.sources", "en") in html(app)
    assert app.button(key="open_contract_0")

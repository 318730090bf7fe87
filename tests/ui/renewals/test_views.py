"""The three views of Renewals: where they stand, what they begin with, and the calls made there."""

import html as markup
from datetime import date
from pathlib import Path

import pytest

from tend.language import format, text
from tend.queries import asking
from tend.store.facts import imports
from tend.ui.state import clock, data
from tend.view import View
from tests.kit.driver import html, opened_in_frame, opened_page, texts, undo
from tests.metrics.renewals.test_in_force import BOOK
from tests.ui.conftest import LANGUAGES, Open
from tests.ui.health.test_movement import AS_OF

DAY = AS_OF.isoformat()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_is_in_the_address(opened: Open, language: str) -> None:
    """The first is the default and not written; another lets go of what was selected."""
    opened("sample-en")
    app = opened_in_frame("renewals", lang=language, as_of=DAY, drill="tile_contracts")
    assert app.button_group(key="part").value == "now"
    assert "view" not in app.query_params
    app.button_group(key="part").set_value("why").run()
    assert not app.exception
    assert app.query_params["view"] == "why"
    assert "drill" not in app.query_params
    [lost] = asking.run(
        data.workspace(), "renewal_rates", View(AS_OF, date(2025, 10, 1), AS_OF)
    ).to_pylist()
    lead = markup.unescape(html(app).split("<h1>")[1].split("</h1>")[0])
    assert format.count(lost["lost"]) in lead
    strange = opened_page("renewals", lang=language, as_of=DAY, view="yesterday")
    assert not strange.exception
    assert "view" not in strange.query_params


def test_a_call_is_one_click_and_is_taken_back(changing: Open) -> None:
    """It is kept as of today, said with the way back, and gone after it."""
    changing("sample-en")
    today = clock.today()
    app = opened_in_frame("renewals", lang="en", as_of=f"{today}", view="next")
    assert not app.exception
    workspace = data.workspace()

    def calls() -> dict[str, str | None]:
        rows = asking.run(workspace, "renewal_forecast", View(today)).to_pylist()
        return {row["contract_id"]: row["call"] for row in rows}

    name, before = next(iter(calls().items()))
    wanted = "lost" if before != "lost" else "commit"
    app.button_group(key=f"call_{name}").set_value(wanted).run()
    assert not app.exception
    assert calls()[name] == wanted
    said = text.say(f"calls.said.{wanted}", "en", customer="").split(": ")[1]
    assert any(format.plain(said) in one.value for one in app.success)
    undo(app, "calls")
    assert not app.exception
    assert calls()[name] == before


def test_numbers_stand_against_their_targets(changing: Open) -> None:
    """Under, over and on; without a target nothing is said of one."""
    changing("sample-en")
    address = {"lang": "en", "as_of": DAY}
    assert '<p class="tend-aim">' not in html(opened_page("renewals", **address))
    workspace = data.workspace()
    view = View(AS_OF, date(2025, 10, 1), AS_OF)
    rows = asking.run(workspace, "renewal_headline", view).to_pylist()
    value = {row["measure"]: row["value"] for row in rows}
    targets = {
        "contract_renewal_rate": round(value["contract_renewal_rate"] + 0.03, 3),
        "on_time_rate": round(value["on_time_rate"] - 0.05, 3),
    }
    workspace.set("targets", targets)
    said = markup.unescape(html(opened_page("renewals", **address)))
    for name, key in (("contract_renewal_rate", "under"), ("on_time_rate", "over")):
        points = format.size_of_change(value[name] - targets[name])
        target = format.share(targets[name], "en")
        assert text.say(f"renewals.target.{key}", "en", points=points, target=target) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_anything_has_ended(changing: Open, tmp_path: Path, language: str) -> None:
    """No empty tiles: what is in force, and the first contract to end, which a click opens."""
    changing("empty")
    path = tmp_path / "book.csv"
    path.write_text(BOOK, encoding="utf-8")
    app = opened_page("renewals", lang=language, as_of="2025-06-30")
    assert imports.import_file(data.workspace(), path).error is None
    app = opened_page("renewals", lang=language, as_of="2025-06-30")
    assert not app.exception
    said = markup.unescape(texts(app))
    arr = format.money(3000.0, language)
    lead = text.say("renewals.early.lead", language, arr=arr, contracts="3", day="2025-12-31")
    assert lead.split("2025")[0] in said
    assert text.say("columns.contract_renewal_rate", language) not in html(app)
    assert text.say("figures.renewals_by_period.title", language) not in said  # nor empty figures
    app.button(key="members_first_end").click().run()
    assert app.query_params["contract"] == "K1"
    for part in ("why", "next"):
        app = opened_page("renewals", lang=language, as_of="2025-06-30", view=part)
        assert not app.exception

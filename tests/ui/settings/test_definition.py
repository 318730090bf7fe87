"""The definition of health: tried, kept, listed, taken back; bad input and second readers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from tend.language import text
from tend.people.person import Person
from tend.settings.definition import MOST_WEIGHT
from tend.store.facts import imports
from tend.store.workspace import open_workspace
from tend.ui.state import data
from tests.kit.browsing import WAIT, Watched
from tests.kit.driver import html, opened_in_frame, undo
from tests.kit.server import serve
from tests.ui.conftest import LANGUAGES, Open, book

pytestmark = pytest.mark.timeout(240)
AS_OF = "2026-09-30"
OWN = "Reports **made** <b>"


@pytest.fixture
def company(made: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a sample company of its own, whose definition a test may change."""
    folder = tmp_path / "workspace"
    shutil.copytree(made("sample-en"), folder)
    monkeypatch.setenv("TEND_WORKSPACE", str(folder))
    yield folder
    data.close()


def opened() -> AppTest:
    """Open the page."""
    return opened_in_frame("settings", lang="en", as_of=AS_OF)


def control(app: AppTest, kind: str, name: str) -> str:
    """Give the key of an indicator's control."""
    place = list(data.workspace().settings.health_indicators).index(name)
    found = [str(one.key) for one in app.get(kind) if str(one.key).startswith(f"{kind_of(kind)}_")]
    return next(key for key in found if key.split("_")[1] == str(place))


def kind_of(kind: str) -> str:
    """Give what a kind of control stands for in a row."""
    return {"toggle": "on", "number_input": "weight"}[kind]


def switch(app: AppTest, name: str) -> AppTest:
    """Switch an indicator on or off."""
    toggle = app.toggle(key=control(app, "toggle", name))
    return toggle.set_value(not toggle.value).run()


def weigh(app: AppTest, name: str, weight: float) -> AppTest:
    """Give an indicator another weight."""
    return app.number_input(key=control(app, "number_input", name)).set_value(weight).run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lead_says_what_health_is_made_of(company: Path, language: str) -> None:
    """How many indicators, and from how many renewed contracts limits are learned."""
    del company
    app = opened_in_frame("settings", lang=language, as_of=AS_OF)
    with data.workspace().cursor() as cursor:
        cases = cursor.execute(
            "select max(count_cases) from health_levels where month = ? and is_learned", [AS_OF]
        ).fetchone()
    assert cases is not None
    said = text.say("settings.lead.learned", language, indicators=10, cases=cases[0])
    assert said in html(app)


def test_switch_off_keep_and_take_back(company: Path) -> None:
    """An indicator is switched off and kept; the toast says so, and one click goes back."""
    del company
    app = switch(opened(), "sentiment")
    assert "Sentiment switched off" in html(app)
    app.button(key="keep").click().run()
    assert not app.exception
    assert [str(told.value) for told in app.success] != []
    assert not data.workspace().settings.health_indicators["sentiment"].is_on
    assert "Health is made of 9 indicators" in html(app)
    assert "Sentiment switched off" not in html(app)

    undo(app, "definition")
    assert not app.exception
    assert data.workspace().settings.health_indicators["sentiment"].is_on
    assert "Health is made of 10 indicators" in html(app)


def test_dropped_changes_are_gone(company: Path) -> None:
    """One click, and the page shows what is kept."""
    del company
    app = weigh(opened(), "nps", 2.0)
    assert "Weight of NPS 1 → 2" in html(app)
    app.button(key="drop").click().run()
    assert "Weight of NPS" not in html(app)
    assert app.number_input(key=control(app, "number_input", "nps")).value == 1.0


def test_bad_input_is_told_at_its_place(company: Path) -> None:
    """A weight of 0, and a score of which nothing is left: first these have to be mended."""
    del company
    app = weigh(opened(), "nps", 0.0)
    assert text.say("settings.faults.weight", "en") in html(app)
    assert app.button(key="keep").disabled
    app = weigh(app, "nps", 1.0)
    for name in ("deployment", "depth", "trend", "breadth", "engagement"):
        app = switch(app, name)
    assert html(app).count(text.say("settings.faults.nothing_on", "en")) == 1
    assert app.button(key="keep").disabled


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_definition_may_hold_is_refused(company: Path, language: str) -> None:
    """A weight ends where weights do; what a draft holds anyhow is told, tried or kept."""
    del company
    app = opened_in_frame("settings", lang=language, as_of=AS_OF)
    assert app.number_input(key=control(app, "number_input", "nps")).max == MOST_WEIGHT
    now = app.session_state["tend.definition"]
    now.draft = now.draft.model_copy(update={"health_fewest_renewed": 0})
    app.run()
    for way in ("try", "keep"):
        app.button(key=way).click().run()
        assert not app.exception
        [refused] = [str(told.value) for told in app.error]
        assert "health\\_fewest\\_renewed" in refused
    assert data.workspace().settings.health_fewest_renewed == 20


def test_a_second_reader_loses_nothing(company: Path) -> None:
    """Where somebody kept another definition meanwhile, that is told; both changes can stand."""
    del company
    app = weigh(opened(), "nps", 3.0)
    ws = data.workspace()
    ws.seen_by(Person("Zoe")).define(ws.settings.changed("health_margin", 5))
    ws.set("hourly_cost", 250)
    app.button(key="keep").click().run()
    assert ws.settings.health_indicators["nps"].weight == 1
    [warning] = [str(told.value) for told in app.warning]
    assert "Zoe" in warning
    assert "Margin 3 → 5 points" in warning.replace("\\", "")
    app.button(key="rebase").click().run()
    app.button(key="keep").click().run()
    assert ws.settings.health_indicators["nps"].weight == 3
    assert ws.settings.health_margin == 5
    assert ws.settings.hourly_cost == 250


def limit(page: Page, part: str, value: str) -> None:
    """Type a limit of the first indicator."""
    box = page.locator(f'[class*="st-key-{part}_0_"] input')
    box.fill(value)
    box.press("Enter")


def test_limits_by_hand_and_what_would_change(company: Path, chromium: Browser) -> None:
    """Limits set by hand stand in the picture, are tried out, kept, and learned again."""
    with serve(company) as server:
        watched = Watched(chromium.new_context(locale="en-US"), server)
        page = watched.page
        page.goto(f"{server.url}/settings?as_of={AS_OF}&lang=en")
        row = page.locator('[class*="st-key-indicator_0"]')
        expect(row.locator(".tend-learned")).to_have_count(2, timeout=WAIT)
        row.locator('[class*="st-key-limits_0_"] button').click()
        limit(page, "low", "90")
        expect(row.locator(".tend-fault")).to_have_text(text.say("settings.faults.limits", "en"))
        expect(page.locator(".st-key-keep button")).to_be_disabled()
        limit(page, "low", "20")
        expect(row.locator(".tend-fault")).to_have_count(0)
        page.keyboard.press("Escape")
        expect(row.locator(".tend-by-hand")).to_have_count(1)
        expect(page.locator(".tend-pending")).to_contain_text(
            "Lower limit of active licences learned → 20 %"
        )

        page.locator(".st-key-try button").click()
        sheet = page.get_by_role("dialog")
        expect(sheet.locator(".tend-grid")).to_have_count(2, timeout=WAIT)
        expect(sheet.locator(".tend-sum")).to_contain_text("customers would change")
        expect(sheet).to_contain_text("Of 100 pairs of a renewed and a lost contract")
        sheet.locator(".st-key-keep_tried button").click()
        toast = page.locator(".st-key-done_definition")
        expect(toast).to_contain_text(text.say("settings.keep.kept", "en"), timeout=WAIT)
        expect(row.locator(".tend-by-hand")).to_have_count(1)

        learn = row.locator('[class*="st-key-learn_0_"] button')
        expect(learn).to_have_count(1)  # the one of the run before has gone
        learn.click()
        expect(row.locator(".tend-learned")).to_have_count(2)
        page.locator(".st-key-keep button").click()
        expect(page.locator(".tend-pending")).to_have_count(0, timeout=WAIT)
        page.locator(".st-key-settings_part button").filter(has_text="Versions").click()
        versions = page.locator(".st-key-settings_history")
        for said in ("20 % → learned", "learned → 20 %"):
            line = f"Lower limit of active licences {said}"
            expect(versions).to_contain_text(line, timeout=WAIT)
        watched.check()


def usage_book(path: Path) -> Path:
    """Write ten customers with contracts and a measure of their own, named as badly as can be."""
    contracts: list[tuple[object, ...]] = [
        ("Contract ID", "Customer ID", "Start date", "End date", "Amount")
    ]
    usage: list[tuple[object, ...]] = [("Customer ID", "Month", "Active users", OWN)]
    for number in range(10):
        contracts.append((f"K{number}", f"C{number}", "2025-01-01", "2026-12-31", 1000))
        usage += [(f"C{number}", f"2026-{month:02}", 5, number + month) for month in range(1, 10)]
    return book(path, {"Contracts": contracts, "Usage": usage})


def test_a_measure_of_our_own_becomes_an_indicator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chromium: Browser
) -> None:
    """A measure of the usage files is added, kept, and removed again; its name stays text."""
    folder = tmp_path / "workspace"
    with open_workspace(folder) as workspace:
        assert imports.import_file(workspace, usage_book(tmp_path / "u.xlsx")).error is None
    monkeypatch.setenv("TEND_WORKSPACE", str(folder))
    with serve(folder) as server:
        watched = Watched(chromium.new_context(locale="en-US"), server)
        page = watched.page
        page.goto(f"{server.url}/settings?as_of={AS_OF}&lang=en")
        page.locator(".st-key-own_measure button").click(timeout=WAIT)
        page.locator(".st-key-own_do button").click()
        expect(page.locator(".tend-pending")).to_contain_text(f"{OWN} added")
        page.locator(".st-key-keep button").click()
        row = page.locator('[class*="st-key-indicator_10"]')
        expect(row.locator("label").first).to_have_text(OWN, timeout=WAIT)
        expect(row.locator(".tend-strip")).to_be_visible(timeout=WAIT)
        row.locator('[class*="st-key-limits_10_"] button').click()
        page.locator('[class*="st-key-remove_10_"] button').click()
        expect(page.locator(".tend-pending")).to_contain_text(f"{OWN} removed")
        watched.check()

"""From a mark to its contracts, to one contract, to its row; and the move of a renewal."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape
from playwright.sync_api import Browser, Page, expect

from tend.figures.collection import FIGURES
from tend.language import text
from tend.queries import asking
from tend.store.workspace import open_workspace
from tend.ui.state import data
from tend.view import View
from tests.kit.browsing import WAIT, Watched, pick
from tests.kit.driver import html, opened_page, texts
from tests.kit.server import Server, serve
from tests.ui.conftest import HOSTILE, LANGUAGES, Open

AS_OF = date(2026, 9, 30)
YEAR = (date(2025, 10, 1), AS_OF)  # the window that a new reader sees


NOW = View(AS_OF)
# Figures of what was known on a day, and the shape of their marks.
DRAWN = {"renewal_cohorts": "symbol", "forecast_check": "rect"}


def rows(name: str, view: View = NOW, **extra: object) -> list[dict[str, Any]]:
    """Ask the workspace of this process a query."""
    found: list[dict[str, Any]] = data.ask(name, view, **extra).to_pylist()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_restores_what_is_selected(opened: Open, language: str) -> None:
    """A link to a selected segment and an open contract shows its list and the contract."""
    opened("sample-en")
    wanted = [r for r in rows("renewals", View(AS_OF, *YEAR)) if r["size"] == "mid"]
    drill = ["renewals_by_segment", "segment=mid"]
    contract = wanted[0]["contract_id"]
    app = opened_page(
        "renewals",
        lang=language,
        as_of=f"{AS_OF}",
        contract=contract,
        drill=drill,
        split="size",
    )
    assert not app.exception
    said = texts(app)
    what = text.say("values.mid", language)
    assert text.say("drill.contracts_behind", language, what=what, count=len(wanted)) in said
    assert text.say("contract.sources", language) in said
    [source] = rows("sources", dataset="contracts", key=contract)
    assert f"<td>{source['sheet']}</td><td>{source['row_no']}</td>" in html(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tile_leads_to_its_members(opened: Open, language: str) -> None:
    """A click on each tile lists what its number counts; the address keeps it; again closes it."""
    opened("sample-en")
    view = View(AS_OF, *YEAR)
    [rates], [kept] = rows("renewal_rates", view), rows("retention_12m")
    counts = {
        "tile_contracts": rates["decided"],
        "tile_customers": rates["customers_decided"],
        "tile_amount": rates["customers_decided"],
        "tile_on_time": rates["decided"],
        "tile_nrr": kept["opening_customers"],
        "tile_grr": kept["opening_customers"],
    }
    app = opened_page("renewals", lang=language, as_of=f"{AS_OF}")
    for name, count in counts.items():
        app.button(key=f"members_{name}").click().run()
        assert not app.exception
        what = text.say(f"drill.all.{name}", language)
        listed = FIGURES[name].listed
        said = text.say(f"drill.{listed}", language, what=what, count=count)
        assert escape(said) in texts(app)
        assert app.query_params["drill"] == name
    app.button(key="members_tile_grr").click().run()
    assert "drill" not in app.query_params
    again = opened_page("renewals", lang=language, as_of=f"{AS_OF}", drill=["tile_grr"])
    assert escape(said) in texts(again)


@pytest.mark.parametrize("page", ["renewals", "movement", "data"])
def test_a_contract_opens_on_every_page(opened: Open, page: str) -> None:
    """The contract that the address names is on top, whichever page is beneath."""
    opened("sample-en")
    contract = rows("renewals")[0]["contract_id"]
    app = opened_page(page, lang="en", as_of=f"{AS_OF}", contract=contract)
    assert not app.exception
    assert text.say("contract.sources", "en") in texts(app)


def test_hostile_contracts_stay_text(opened: Open) -> None:
    """An id, a name or a note with markup in it never becomes markup."""
    opened("hostile")
    for number, name in enumerate(HOSTILE):
        contract = f"2025-{number} {name}"
        app = opened_page("renewals", lang="en", as_of="2025-12-15", contract=contract)
        assert not app.exception
        said = html(app)
        assert "<script" not in said
        assert "<img" not in said
        assert escape(name) in said
    assert rows("contract", View(date(2025, 12, 15)), contract_id=contract)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_contract_is_said_to_be_unknown(opened: Open, language: str) -> None:
    """A link to what is not known yet ends in a sentence; one to nothing selected in no list."""
    opened("sample-en")
    app = opened_page(
        "renewals",
        lang=language,
        as_of=f"{AS_OF}",
        contract="<b>none</b>",
        drill=["renewals_by_segment", "colour=red"],
    )
    assert not app.exception
    assert "&lt;b&gt;none&lt;/b&gt;" in html(app)


@pytest.fixture
def sample_server(made: Open, tmp_path: Path) -> Iterator[tuple[Path, Server]]:
    """Serve a copy of the sample company: it may be changed."""
    folder = tmp_path / "workspace"
    shutil.copytree(made("sample-en"), folder)
    with serve(folder) as running:
        yield folder, running


def page_of(chromium: Browser, server: Server) -> Watched:
    """Open a session of its own."""
    context = chromium.new_context(locale="en-US", viewport={"width": 1440, "height": 1400})
    return Watched(context, server)


@pytest.mark.timeout(240)
def test_from_the_heat_matrix_to_a_spreadsheet_row(
    chromium: Browser, sample_server: tuple[Path, Server]
) -> None:
    """A cell, its contracts, one of them, its file, sheet and row; the link shows the same."""
    folder, server = sample_server
    with open_workspace(folder, read_only=True) as workspace:  # its copy: the server holds the file
        cells = asking.run(workspace, "renewal_matrix", matrix_view()).to_pylist()
    watched = page_of(chromium, server)
    shown = watched.page
    shown.goto(f"{server.url}/renewals?as_of={AS_OF}&split=industry&view=why")
    expect(shown.locator(".tend-lead h1")).to_be_visible(timeout=WAIT)
    heat = shown.locator("[class*=st-key-chart_renewals_matrix] svg.marks")
    expect(heat).to_be_visible(timeout=WAIT)
    pick(heat.locator("g.mark-rect").last.locator("path").last)
    title = shown.locator("[class*=st-key-behind_] .tend-figure h2")
    expect(title).to_contain_text("contracts", timeout=WAIT)
    count = int(re.findall(r": (\d+) contracts", title.inner_text())[0])
    assert count in {row["contracts"] for row in cells}
    expect(shown).to_have_url(re.compile("drill=renewals_matrix"), timeout=WAIT)
    _open_first(shown)
    panel = shown.get_by_role("dialog")
    expect(panel.locator(".tend-sources td").nth(1)).to_have_text("Contracts", timeout=WAIT)
    expect(panel.locator(".tend-sources td").nth(2)).to_have_text(re.compile(r"^\d+$"))
    expect(shown).to_have_url(re.compile("contract="), timeout=WAIT)

    again = page_of(chromium, server)
    again.page.goto(shown.url)
    expect(again.page.get_by_role("dialog").locator(".tend-sources")).to_be_visible(timeout=WAIT)
    heading = panel.locator(".tend-sum").inner_text()
    expect(again.page.get_by_role("dialog").locator(".tend-sum")).to_have_text(heading)
    shown.keyboard.press("Escape")
    expect(shown).not_to_have_url(re.compile("contract="), timeout=WAIT)
    expect(panel).to_have_count(0)
    _open_first(shown)  # the row was let go: it opens again, and the way back closes it
    expect(shown).to_have_url(re.compile("contract="), timeout=WAIT)
    expect(panel.locator(".tend-sum")).to_have_text(heading, timeout=WAIT)
    shown.go_back()
    expect(panel).to_have_count(0, timeout=WAIT)
    expect(shown).not_to_have_url(re.compile("contract="))
    watched.check()
    again.check()


@pytest.mark.timeout(240)
def test_from_points_and_months_to_their_contracts(
    chromium: Browser, sample_server: tuple[Path, Server]
) -> None:
    """A click on a quarter's point or a month of the check lists as many as its mark counts."""
    folder, server = sample_server
    with open_workspace(folder, read_only=True) as workspace:
        asked = {name: FIGURES[name].ask(View(AS_OF, *YEAR)) for name in DRAWN}
        counted = {name: asking.run(workspace, name, view) for name, view in asked.items()}
    watched = page_of(chromium, server)
    shown = watched.page
    for name, mark in DRAWN.items():
        part = "next" if name == "forecast_check" else "now"
        shown.goto(f"{server.url}/renewals?as_of={AS_OF}&view={part}")
        if part == "next":
            shown.get_by_text(text.say(FIGURES[name].key("tab"), "en")).click()
        chart = shown.locator(f"[class*=st-key-chart_{name}] svg.marks")
        expect(chart).to_be_visible(timeout=WAIT)
        pick(chart.locator(f"g.mark-{mark}").last.locator("path").last)
        title = shown.locator(f".st-key-behind_{name} .tend-figure h2")
        expect(title).to_contain_text("contracts", timeout=WAIT)
        said = title.inner_text()
        wanted = {
            text.say(
                "drill.contracts_behind",
                "en",
                what=text.say(f"drill.marks.{name}", "en", **row),
                count=row["contracts"],
            )
            for row in counted[name].to_pylist()
        }
        assert said in wanted
        expect(shown).to_have_url(re.compile(f"drill={name}"), timeout=WAIT)
    watched.check()


@pytest.mark.timeout(240)
def test_a_move_is_seen_by_the_next_reader(chromium: Browser, made: Open, tmp_path: Path) -> None:
    """One moves a renewal; the other, who saw the stage before, is told; both end at the same."""
    folder = shutil.copytree(made("sample-today"), tmp_path / "workspace")
    with serve(folder) as server:
        _two_move(chromium, server)


def _two_move(chromium: Browser, server: Server) -> None:
    first, second = page_of(chromium, server), page_of(chromium, server)
    for session in (first, second):
        session.page.goto(f"{server.url}/renewals")
        session.page.get_by_role("radio", name="By stage").click()
        card = session.page.locator("[class*=st-key-card_start_] button").first
        expect(card).to_be_visible(timeout=WAIT)
        card.click()
        expect(session.page.get_by_role("dialog")).to_contain_text("Move to", timeout=WAIT)
    _move(first.page, "Quote", "asked for two options")
    told = first.page.get_by_role("dialog")
    expect(told).to_contain_text("is now in: Quote", timeout=WAIT)
    expect(told.locator(".tend-import").first).to_contain_text("asked for two options")

    _move(second.page, "Plan", "")
    told = second.page.get_by_role("dialog")
    expect(told).to_contain_text("Somebody else has moved", timeout=WAIT)
    expect(told.locator(".tend-import").first).to_contain_text("Quote")
    told.get_by_role("button", name="Undo").first.click()
    expect(told).to_contain_text("Undone", timeout=WAIT)
    expect(told.locator(".tend-import").first).to_contain_text("Start talking")
    first.check()
    second.check()


def matrix_view() -> View:
    """Give the quarters that the matrix shows with the window of a new reader."""
    return View(AS_OF, date(2023, 10, 1), AS_OF, "industry")


def _open_first(shown: Page) -> None:
    """Click the first row of the list of contracts."""
    canvas = shown.locator("[class*=st-key-table_behind] canvas").first
    expect(canvas).to_be_visible(timeout=WAIT)
    pick(canvas, {"x": 60, "y": 55})


def _move(shown: Page, stage: str, note: str) -> None:
    """Fill in the form and send it."""
    panel = shown.get_by_role("dialog")
    panel.locator("[class*=st-key-stage_to] input").click()
    shown.get_by_role("option", name=stage, exact=True).click()
    if note:
        panel.locator("[class*=st-key-stage_note] input").fill(note)
    panel.get_by_role("button", name="Move", exact=True).click()

"""The list of all customers: what it shows, in which order and groups, and what is done with it."""

import html as markup
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from tend.figures import moves
from tend.language import format, text
from tend.queries import asking
from tend.store.workspace import open_workspace
from tend.ui.state import data
from tend.view import View
from tests.kit.browsing import WAIT, Watched, settled
from tests.kit.driver import html, opened_in_frame, undo
from tests.kit.server import serve
from tests.ui.conftest import HOSTILE, LANGUAGES, Open

AS_OF = date(2026, 9, 30)
NOW = View(AS_OF)
PAGE = 25
ROW, NAME = "st-key-list_row_", "customer_list_"


def rows(**asked: object) -> list[dict[str, Any]]:
    """Ask the workspace of this process for the list."""
    found: list[dict[str, Any]] = data.ask("customers", NOW, **asked).to_pylist()
    return found


def shown(app: AppTest) -> list[str]:
    """Name the customers that are on the page, in their order."""
    keys = [str(button.key) for button in app.button]
    return [key.removeprefix(NAME) for key in keys if key.startswith(NAME)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_shows_everybody_in_force(opened: Open, language: str) -> None:
    """The largest first, a page at a time, with states, days in words, and counts that agree."""
    opened("sample-en")
    app = opened_in_frame("customers", lang=language, as_of=f"{AS_OF}")
    assert not app.exception
    wanted = rows(standing="in_force")
    assert shown(app) == [row["customer_id"] for row in wanted[:PAGE]]
    said = markup.unescape(html(app))
    first = wanted[0]
    for word in (
        text.say(f"states.{first['outcome_state']}", language),
        text.say("customers.in_days", language, days=str(first["days_left"])),
        text.say("customers.ago", language, days=str(first["days_since_touch"])),
        format.money(first["arr"], language),
        text.say("ui.paging.shown", language, first="1", last=f"{PAGE}", rows=f"{len(wanted)}"),
    ):
        assert word in said
    [told] = data.ask("customers_summary", NOW).to_pylist()
    lead = re.sub("<[^>]+>", "", said)
    assert f"{told['customers']}" in lead
    assert format.money(told["at_risk_arr"], language) in lead
    app.button(key="customers_next").click().run()
    assert shown(app) == [row["customer_id"] for row in wanted[PAGE : 2 * PAGE]]
    app.button(key="head_days_left").click().run()
    assert app.query_params["sort"] == "days_left"
    due = sorted(
        (row for row in wanted if row["days_left"] is not None),
        key=lambda row: (row["days_left"], row["customer_id"]),
    )
    assert shown(app) == [row["customer_id"] for row in due[:PAGE]]
    app.button(key="head_days_left").click().run()
    assert app.query_params["sort"] == "-days_left"


def test_groups_stand_under_their_counts(opened: Open) -> None:
    """By quadrant from the worst, with what each holds; the address says it, and who is listed."""
    opened("sample-en")
    app = opened_in_frame(
        "customers", lang="en", as_of=f"{AS_OF}", by="quadrant", more=["industry", "nps_mean"]
    )
    assert not app.exception
    wanted = rows(standing="in_force", list_by="quadrant")
    assert shown(app) == [row["customer_id"] for row in wanted[:PAGE]]
    first = wanted[0]
    group = text.say(
        "customers.group",
        "en",
        group=moves.place(first["quadrant"], 3, "en"),
        customers=f"{first['group_customers']}",
        arr=format.money(first["group_arr"], "en"),
    )
    assert group[1:] in markup.unescape(html(app))
    assert f'tend-of-industry" data-label="{text.say("columns.industry", "en")}' in html(app)
    app = opened_in_frame("customers", lang="en", as_of=f"{AS_OF}", standing="former")
    gone = [row["customer_id"] for row in rows(standing="former")]
    assert shown(app) == gone[:PAGE]
    assert text.say("customers.no_states", "en") in html(app)


def test_hostile_names_stay_text(opened: Open) -> None:
    """Names, industries and CSMs with markup in them are listed as they are, in groups as well."""
    opened("moving")
    app = opened_in_frame("customers", lang="en", as_of="2025-12-31", by="csm", more="industry")
    assert not app.exception
    assert len(shown(app)) == len(HOSTILE)
    assert "<script" not in html(app)
    assert "<img" not in html(app)


@pytest.mark.parametrize("kind", ["ledger", "undated", "no-customers", "no-signals", "open-ended"])
def test_poor_data_make_no_failure(opened: Open, kind: str) -> None:
    """Whatever is missing, the list says what it can, and no number that is none."""
    opened(kind)
    app = opened_in_frame("customers", lang="en", as_of=f"{AS_OF}", standing="all", by="cell")
    assert not app.exception
    assert shown(app)
    assert "None" not in html(app)
    assert ">nan" not in html(app)


@pytest.fixture
def own_copy(made: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a sample company of its own: it is changed."""
    folder = tmp_path / "workspace"
    shutil.copytree(made("sample-en"), folder)
    monkeypatch.setenv("TEND_WORKSPACE", str(folder))
    yield folder
    data.close()


def test_an_sop_starts_for_all_that_are_selected(own_copy: Path) -> None:
    """One entry for all that are selected, taken back by one click; who has no SOP is said."""
    assert own_copy.exists()
    app = opened_in_frame("customers", lang="en", as_of=f"{AS_OF}", standing="all", sort="arr")
    poor = shown(app)[0]
    app.checkbox(key=f"tick_{poor}").check().run()
    app.button(key="head_arr").click().run()
    picked = shown(app)[:2]
    for name in picked:
        app.checkbox(key=f"tick_{name}").check().run()
    assert text.say("customers.bulk.picked", "en", customers="3") in html(app)
    before = len(data.ask("tasks", NOW, states=None))
    app.button(key="bulk_sop").click().run()
    assert not app.exception
    said = app.success[0].value.replace("\\", "")
    assert text.say("customers.bulk.sop_started", "en", customers="2") in said
    assert text.say("customers.bulk.without_sop", "en", customers="1") in said
    now = View(date.today())
    steps = data.ask("tasks", now, states=None).to_pylist()
    started = {row["customer_id"] for row in steps if row["cause"] == "sop"}
    assert started == set(picked)
    undo(app, "bulk")
    assert len(data.ask("tasks", NOW, states=None)) == before
    assert not [r for r in data.ask("tasks", now, states=None).to_pylist() if r["cause"] == "sop"]


@pytest.mark.timeout(240)
def test_lists_are_saved_and_acted_on(made: Open, tmp_path: Path, chromium: Browser) -> None:
    """For two customers a touch and its undo, a CSM, a task; a list saved, begun with, deleted."""
    folder = tmp_path / "workspace"
    shutil.copytree(made("sample-en"), folder)
    with serve(folder) as server:
        context = chromium.new_context(viewport={"width": 1440, "height": 1000})
        watched = Watched(context, server)
        page = watched.page
        page.goto(f"{server.url}/customers?lang=en&as_of={AS_OF}&by=tier&size=large&sort=csm")
        expect(page.locator(f"[class*={ROW}]").first).to_be_visible(timeout=3 * WAIT)
        for place in (0, 1):
            page.locator(f"[class*={ROW}] [data-testid=stCheckbox] label").nth(place).click()
            settled(page)
        page.get_by_role("button", name="Log touch").click()
        page.get_by_role("button", name="Save", exact=True).click()
        done = page.locator(".st-key-done_bulk")
        expect(done).to_contain_text("A touch was logged for 2 customers", timeout=WAIT)
        done.get_by_role("button", name="Undo").click()
        expect(done.get_by_role("button", name="Undo")).to_have_count(0, timeout=WAIT)
        fill(page, "Set CSM", "csm_bulk_to", "Zoe New")
        expect(done).to_contain_text("Zoe New", timeout=WAIT)
        fill(page, "Add task", "own_bulk_what", "Ask about the roll-out")
        expect(done).to_contain_text("Ask about the roll-out", timeout=WAIT)
        saved(page, "Large by tier")
        page.locator(".st-key-who button").first.click()
        page.locator(".st-key-who_frame input, [data-testid=stPopoverBody] input").first.fill("Mo")
        page.keyboard.press("Enter")
        expect(page.locator(".st-key-who button").first).to_contain_text("Mo", timeout=WAIT)
        page.keyboard.press("Escape")
        page.locator(".st-key-saved_lists button").first.click()
        page.locator(".st-key-list_begin button").click()
        begins = page.locator(".st-key-done_saved_lists")
        expect(begins).to_contain_text("You begin with", timeout=WAIT)
        again = context.new_page()  # the browser remembers who reads
        again.goto(f"{server.url}/customers?lang=en&as_of={AS_OF}")
        expect(again).to_have_url(re.compile("saved=Large"), timeout=3 * WAIT)
        watched.check()
        context.close()
        other = Watched(chromium.new_context(viewport={"width": 390, "height": 844}), server)
        page = other.page
        page.goto(f"{server.url}/customers?lang=en&as_of={AS_OF}&saved=Large+by+tier")
        expect(page.locator(".st-key-saved_lists")).to_contain_text(
            "List: Large by tier", timeout=3 * WAIT
        )
        expect(page).to_have_url(re.compile("by=tier.*sort=csm.*size=large"), timeout=WAIT)
        page.locator(".st-key-saved_lists button").first.click()
        page.locator(".st-key-list_delete button").click()
        gone = page.locator(".st-key-done_saved_lists")
        expect(gone).to_contain_text("was deleted", timeout=WAIT)
        gone.get_by_role("button", name="Undo").click()
        expect(gone.get_by_role("button", name="Undo")).to_have_count(0, timeout=WAIT)
        other.check()
    with open_workspace(folder) as workspace:
        [kept] = workspace.settings.customer_lists.values()
        assert workspace.settings.list_defaults == {"Mo": "Large by tier"}
        now = View(date.today())
        customers = asking.run(workspace, "customers", now).to_pylist()
        handed = {row["customer_id"] for row in customers if row["csm"] == "Zoe New"}
        tasks = asking.run(workspace, "tasks", now, states=None).to_pylist()
        noted = {r["customer_id"] for r in tasks if r["task"] == "Ask about the roll-out"}
        assert len(handed) == 2
        assert noted == handed
        assert (kept.by, kept.sort, kept.filters) == ("tier", "csm", (("size", ("large",)),))
        touches = asking.run(workspace, "customer_log", View(date.today()), customer_id="C0151")
        assert date.today() not in touches["day"].to_pylist()


def fill(page: Page, form: str, field: str, value: str) -> None:
    """Fill in one field of a form for all that are selected, and save it."""
    page.get_by_role("button", name=form).click()
    box = page.locator(f".st-key-{field} input")
    box.fill(value)
    box.press("Enter")
    page.get_by_role("button", name="Save", exact=True).click()


def saved(page: Page, name: str) -> None:
    """Save the list that is open under a name."""
    page.locator(".st-key-saved_lists button").first.click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Name", exact=True).press("Tab")
    page.locator(".st-key-list_save button").click()
    expect(page.locator(".st-key-done_saved_lists")).to_contain_text("was saved", timeout=WAIT)

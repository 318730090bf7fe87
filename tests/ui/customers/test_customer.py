"""The page of one customer: from the address, from a row, and what it says."""

import html as markup
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape
from playwright.sync_api import Browser, expect

from tend.figures.collection import FIGURES
from tend.figures.reading import Reading
from tend.language import format, text
from tend.queries import asking
from tend.store.workspace import open_workspace
from tend.ui.state import data
from tend.view import View
from tests.kit.browsing import WAIT, Watched, pick
from tests.kit.companies import Companies
from tests.kit.driver import html, opened_in_frame, opened_page, texts
from tests.kit.server import Server, serve
from tests.ui.conftest import HOSTILE, LANGUAGES, Open

AS_OF = date(2026, 9, 30)
NOW = View(AS_OF)


def rows(name: str, view: View = NOW, **extra: object) -> list[dict[str, Any]]:
    """Ask the workspace of this process a query."""
    found: list[dict[str, Any]] = data.ask(name, view, **extra).to_pylist()
    return found


def largest() -> dict[str, Any]:
    """Give all about the customer with the most ARR."""
    first = rows("customer_values", search=None)[0]["customer_id"]
    return rows("customer", customer_id=first)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_restores_a_customer(opened: Open, language: str) -> None:
    """A link shows its share, profile, contracts and row."""
    opened("sample-en")
    row = largest()
    app = opened_in_frame("customer", lang=language, as_of=f"{AS_OF}", customer=row["customer_id"])
    assert not app.exception
    said = markup.unescape(texts(app))
    for wanted in (
        format.rate(row["arr_share"], language),
        row["key_contact"],
        text.say("customer.profile", language),
        text.say("customer.timeline", language),
    ):
        assert wanted in said
    contracts = rows("customer_contracts", customer_id=row["customer_id"])
    assert text.say("contract.of_customer", language, contracts=len(contracts)) in said
    [source] = rows("sources", dataset="customers", key=row["customer_id"])
    assert f"<td>{source['sheet']}</td><td>{source['row_no']}</td>" in html(app)
    assert app.query_params["customer"] == row["customer_id"]


def test_a_contract_leads_to_its_customer(opened: Open) -> None:
    """On top of any page the contract is shown; its customer has a page, without the contract."""
    opened("sample-en")
    row = largest()
    contract = row["contract_id"]
    app = opened_in_frame("renewals", lang="en", as_of=f"{AS_OF}", contract=contract)
    assert text.say("customer.profile", "en") not in html(app)
    app.button(key="about_customer").click().run()
    assert not app.exception
    assert text.say("customer.profile", "en") in html(app)
    assert "contract" not in app.query_params
    assert app.query_params["customer"] == row["customer_id"]


def test_what_was_done_leads_to_its_row(opened: Open) -> None:
    """The day of a touch shows file, sheet, row and the row's own cells; the foot does for all."""
    opened("sample-en")
    name = largest()["customer_id"]
    log = rows("customer_log", customer_id=name)
    app = opened_in_frame("customer", lang="en", as_of=f"{AS_OF}", customer=name)
    for event in ("touch", "answer"):
        at = next(n for n, one in enumerate(log) if one["event"] == event)
        if at >= 8:
            app.button(key=f"more_log_{name}").click().run()
        app.button(key=f"row_{at}").click().run()
        assert not app.exception
        dataset, of_row = log[at]["dataset"], log[at]["source"]
        [source] = rows("sources", dataset=dataset, key=name, of_row=of_row)
        said = html(app)
        assert f"<td>{source['sheet']}</td><td>{source['row_no']}</td>" in said
        assert f"<dd>{log[at]['day']}</dd>" in said
        assert f"<dd>{escape(log[at]['who'])}</dd>" in said
        app.run()  # what opened on top was drawn alone
    asked = ("usage", "stages", "tickets", "contracts")
    for dataset in [one for one in asked if rows("sources", dataset=one, key=name)]:
        app.segmented_control(key="sources_of").set_value(dataset).run()
        assert not app.exception
        assert html(app).count('<dl class="tend-facts">') > 1


def test_without_a_customer_the_page_asks_which(opened: Open) -> None:
    """The bare address says where customers are chosen."""
    opened("one-customer")
    app = opened_in_frame("customer", lang="en")
    assert not app.exception
    assert text.say("customer.which", "en") in html(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lost_and_unknown_customers_are_told(opened: Open, language: str) -> None:
    """A lost one says until when; one that no file knows is said to be unknown, as text."""
    opened("sample-en")
    values = rows("customer_values", search=None)
    gone = next(row["customer_id"] for row in values if not row["is_in_force"])
    [row] = rows("customer", customer_id=gone)
    app = opened_page("customer", lang=language, as_of=f"{AS_OF}", customer=gone)
    assert not app.exception
    day = format.day(row["last_day"], language)
    said = re.sub("<[^>]+>", "", html(app))
    assert text.say("customer.lost", language, customer=row["customer_name"], day=day) in (
        markup.unescape(said)
    )
    app = opened_page("customer", lang=language, as_of=f"{AS_OF}", customer="<b>none</b>")
    assert not app.exception
    assert "&lt;b&gt;none&lt;/b&gt;" in html(app)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_customers_stay_text(opened: Open, number: int) -> None:
    """A name, an industry or a CSM with markup in it never becomes markup."""
    opened("moving")
    app = opened_page("customer", lang="en", as_of="2025-12-31", customer=f"C{number}")
    assert not app.exception
    said = html(app)
    assert "<script" not in said
    assert "<img" not in said
    assert escape(HOSTILE[number]) in said


@pytest.mark.parametrize(
    "kind", ["ledger", "undated", "no-customers", "no-contracts", "no-signals"]
)
def test_poor_data_make_no_failure(opened: Open, kind: str) -> None:
    """Whatever is missing, the page says what it can, and no number that is none."""
    opened(kind)
    with data.workspace().cursor() as cursor:
        [name] = cursor.execute("select min(customer_id) from stg_customers").fetchall()[0]
    app = opened_page("customer", lang="en", as_of=f"{AS_OF}", customer=name)
    assert not app.exception
    said = html(app)
    assert "tend-lead" in said
    assert "None" not in said
    assert ">nan" not in said
    keys = ("no_health", "no_health_now")
    assert any(text.say(f"customer.{key}", "en") in markup.unescape(said) for key in keys)


def test_its_tasks_are_done_where_it_is_shown(
    companies: Companies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The SOP is started on the page, and its first step is finished there: today, as entered."""
    today = date.today()
    folder = companies.sample(customers=40, until=today)
    monkeypatch.setenv("TEND_WORKSPACE", str(folder))
    customer = rows("customer_values", View(today), search=None)[0]["customer_id"]

    def open_tasks() -> int:
        return int(rows("customer", View(today), customer_id=customer)[0]["open_tasks"])

    app = opened_in_frame("customer", lang="en", customer=customer)
    before = open_tasks()
    app.button(key="start_customer_sop").click().run()
    assert not app.exception
    started = open_tasks()
    assert started > before
    done = next(str(b.key) for b in app.button if str(b.key).startswith("finish_customer_"))
    app.button(key=done).click().run()
    assert not app.exception
    assert open_tasks() == started - 1
    data.close()


@pytest.fixture
def own_copy(made: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a sample company of its own: it is changed."""
    folder = tmp_path / "workspace"
    shutil.copytree(made("sample-en"), folder)
    monkeypatch.setenv("TEND_WORKSPACE", str(folder))
    yield folder
    data.close()


@pytest.mark.parametrize(
    ("page", "key"), [("workbench", "customer_priority_"), ("sop", "customer_sop_")]
)
def test_a_name_opens_its_customer(own_copy: Path, page: str, key: str) -> None:
    """In the lists of these pages, which make tasks when they are opened."""
    assert own_copy.exists()
    app = opened_in_frame(page, lang="en", as_of=f"{AS_OF}")
    listed = list(app.button)
    first = next(str(b.key) for b in listed if str(b.key).startswith(key))
    app.button(key=first).click().run()
    assert not app.exception
    assert app.query_params["customer"] == first.removeprefix(key)
    assert text.say("customer.profile", "en") in html(app)
    # the next one of that list, and back to the one before
    second = [str(b.key) for b in listed if str(b.key).startswith(key)][1].removeprefix(key)
    app.button(key="customer_next").click().run()
    assert app.query_params["customer"] == second
    app.button(key="customer_previous").click().run()
    assert app.query_params["customer"] == first.removeprefix(key)
    app.button(key="back_to_list").click().run()
    assert not app.exception
    assert "customer" not in app.query_params
    assert app.button(key=first)


def test_every_table_about_customers_leads_on(opened: Open) -> None:
    """Also where the columns shown leave the customer's id out."""
    opened("sample-en")
    for name in ("customer_values", "tier_moves", "lifecycle_moves", "rfm", "untouched"):
        assert (
            "customer_id" in Reading(data.ask, "en", "CNY").answer(FIGURES[name], NOW).column_names
        )


@pytest.mark.timeout(240)
def test_a_row_opens_its_customer(made: Open, chromium: Browser) -> None:
    """A click in a list opens the first one, and back leads to the list; a contract goes on top."""
    folder = made("sample-en")
    with open_workspace(folder, read_only=True) as workspace:
        table = asking.run(workspace, "customer_values", NOW, search=None)
    first = table.to_pylist()[0]
    with serve(folder) as server:
        watched = opened_browser(chromium, server)
        shown = watched.page
        shown.goto(f"{server.url}/value?lang=en&as_of={AS_OF}")
        canvas = shown.locator("[class*=st-key-table_customer_values] canvas").first
        expect(canvas).to_be_visible(timeout=3 * WAIT)
        pick(canvas, {"x": 60, "y": 55})
        lead = shown.locator(".tend-lead")
        expect(lead).to_contain_text(first["customer_name"], timeout=WAIT)
        expect(shown.locator("svg.marks").first).to_be_visible(timeout=WAIT)
        expect(shown).to_have_url(
            re.compile(rf"/customer\?.*={first['customer_id']}"), timeout=WAIT
        )
        shown.go_back()  # to the list, and not in a circle
        expect(shown).to_have_url(re.compile("/value"), timeout=WAIT)
        expect(canvas).to_be_visible(timeout=WAIT)
        shown.go_forward()
        shown.locator("[class*=st-key-open_contract_] button").first.click()
        panel = shown.get_by_role("dialog")
        expect(panel).to_contain_text(text.say("process.title", "en"), timeout=WAIT)
        shown.keyboard.press("Escape")
        expect(panel).to_have_count(0, timeout=WAIT)
        shown.goto("about:blank")
        shown.goto(f"{server.url}/value?lang=en&as_of={AS_OF}&customer={first['customer_id']}")
        expect(shown).to_have_url(
            re.compile(rf"/customer\?.*={first['customer_id']}"), timeout=WAIT
        )
        expect(lead).to_contain_text(first["customer_name"], timeout=WAIT)
        shown.go_back()  # an old link is one step
        expect(shown).to_have_url("about:blank")
        watched.check()


def opened_browser(chromium: Browser, server: Server) -> Watched:
    """Open a session of its own."""
    context = chromium.new_context(locale="en-US", viewport={"width": 1440, "height": 1400})
    return Watched(context, server)

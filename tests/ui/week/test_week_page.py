"""This week: every workspace, the sentence and its blocks, their lists, the meeting, decisions."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from tend.language import format, text
from tend.queries import asking
from tend.ui.state import data
from tend.view import View
from tests.kit.browsing import WAIT, Watched, settled
from tests.kit.driver import html, opened_in_frame, opened_page, texts
from tests.kit.server import serve
from tests.ui.conftest import LANGUAGES, Open
from tests.ui.frame.test_page import AS_OF, KINDS

DAY = date.fromisoformat(AS_OF)


@pytest.fixture
def company(made: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a sample company of its own."""
    folder = tmp_path / "workspace"
    shutil.copytree(made("sample-en"), folder)
    monkeypatch.setenv("TEND_WORKSPACE", str(folder))
    yield folder
    data.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)  # the slowest to change: each is opened once
def test_page_runs(opened: Open, kind: str, language: str) -> None:
    """No workspace fails; what is missing is said: without touches nobody is called untouched."""
    opened(kind)
    app = opened_page("week", lang=language, as_of=AS_OF)
    assert not app.exception
    assert not app.error
    said = html(app)
    assert "None" not in said
    assert "nan" not in said
    if kind == "no-contracts":
        assert text.say("ui.missing.week", language) in texts(app)
    if kind in ("no-usage", "no-signals"):
        assert text.say("week.no_touches", language) in said
    if kind == "no-signals":
        assert text.say("week.no_health", language) in said


def test_hostile_names_stay_text(opened: Open) -> None:
    """A name with markup in it never reaches the page as markup."""
    opened("hostile")
    app = opened_page("week", lang="en", as_of="2025-12-20")
    assert not app.exception
    said = html(app)
    assert "<script" not in said
    assert "<img" not in said


def numbers(view: View) -> tuple[list[str], list[str]]:
    """Give what the sentence has to say, and the number each block begins with."""
    ask = asking.run
    row = {
        name: ask(data.workspace(), f"week_{name}", view).to_pylist()
        for name in ("due", "fell", "uncovered", "decide", "decided")
    }
    decided, fell, left = row["decided"][0], row["fell"][0], row["uncovered"][0]
    gone = {"renewed": decided["renewed"], "arr": money(decided["renewed_arr"])}
    rest = {"customers": left["untouched"], "arr": money(left["untouched_arr"])}
    said = [text.say("week.renewed", "en", **gone), text.say("week.untouched", "en", **rest)]
    heads = (row["due"][-1]["contracts"], fell["fell"], left["untouched"])
    waits = row["decide"][-1]["things"]
    return said, [f"<b>{number}</b>" for number in (*heads, waits)]


def money(arr: float) -> str:
    """Write an amount as the page does."""
    return format.money(arr, "en")


@pytest.mark.usefixtures("company")
def test_a_meeting_from_the_sentence_to_what_was_decided() -> None:
    """One reader: reads, opens a list, looks from another day, writes a decision, undoes it."""
    app = opened_in_frame("week", lang="en", as_of=AS_OF)
    assert not app.exception
    meeting = date(2026, 9, 28)
    said, heads = numbers(View(DAY, meeting))
    assert [part for part in (*said, *heads) if part not in html(app)] == []
    assert text.say("week.lead", "en", day="2026-09-28", changes="")[:16] in text_of(app)
    named = [button for button in app.button if str(button.key).startswith("customer_week_")]
    assert 6 <= len(named) <= 15

    app.button(key="list_fell").click().run()
    fell = asking.run(data.workspace(), "week_fell_list", View(DAY, meeting))
    listed = text.say(
        "drill.week_fell_list", "en", what=text.say("drill.all.week_fell", "en"), count=len(fell)
    )
    assert listed in html(app)
    assert app.query_params["drill"] == "week_fell"
    app.button(key="list_fell").click().run()
    assert listed not in html(app)

    app.button(key="customer_week_fell_0").click().run()
    left = app.session_state["tend.list_left"]  # what previous and next go by
    assert left.customers == tuple(fell["customer_id"].to_pylist())
    app = opened_in_frame("week", lang="en", as_of=AS_OF)

    assert not app.exception


def text_of(app: AppTest) -> str:
    """Give the words of the page without their tags."""
    return html(app).replace('<span class="tend-day">', "").replace("</span>", "")


@pytest.mark.usefixtures("company")
def test_the_meeting_was_held() -> None:
    """Marked today, tomorrow tells since today; another day stands in the address."""
    app = opened_in_frame("week", lang="en")
    app.button(key="meeting_held").click().run()
    assert not app.exception
    today = date.today()
    tomorrow = View(today + timedelta(days=1))
    [row] = asking.run(data.workspace(), "last_meeting", tomorrow).to_pylist()
    assert (row["meeting"], row["is_held"]) == (today, True)
    app = opened_in_frame("week", lang="en", as_of=AS_OF, meeting="2026-08-03")
    assert "Since 2026-08-03" in text_of(app)
    assert text.say("week.since_chosen", "en") in html(app)


def edges(page: Page) -> list[float]:
    """Give where the blocks begin and end, and how much wider than the window the page is."""
    page.wait_for_selector(".st-key-decisions", timeout=3 * WAIT)
    settled(page)
    found: list[float] = page.evaluate(
        "() => { const box = document.querySelector('.st-key-week_blocks').getBoundingClientRect();"
        " return [box.top, box.bottom, document.documentElement.scrollWidth - innerWidth]; }"
    )
    return found


def test_a_meeting_in_a_browser(chromium: Browser, company: Path) -> None:
    """Five blocks fit 1440 x 900; a decision is written, done, taken back, and in the minutes."""
    with serve(company) as server:
        for language in LANGUAGES:
            context = chromium.new_context(
                viewport={"width": 1440, "height": 900}, color_scheme="dark", locale="en-US"
            )
            watched = Watched(context, server)
            watched.page.goto(f"{server.url}/week?lang={language}&as_of={AS_OF}")
            top, bottom, over = edges(watched.page)
            assert 0 < top < bottom <= 900
            assert over <= 0
        page = watched.page
        page.goto(f"{server.url}/week?lang=en&as_of={date.today()}")
        settled(page)
        place = page.locator(".st-key-decisions")
        page.locator('[class*="st-key-form_write"] button').first.click()
        page.get_by_label("What was decided?").fill("Offer five years")
        page.get_by_label("Who sees to it?").fill("Mara")
        page.get_by_role("button", name="Save").click()
        toast = page.locator(".st-key-toast")
        expect(toast).to_contain_text("Written down: Offer five years")
        row = place.locator("[class*=st-key-decision_own]")
        line = row.locator(".tend-decision")
        expect(line).to_contain_text("open · Mara")
        row.get_by_role("button", name="Done").click()
        expect(line).to_contain_text("done · Mara")
        toast.get_by_role("button", name="Undo").click()
        expect(line).to_contain_text("open · Mara")
        page.get_by_role("button", name="Copy as text").click()
        copied = page.locator('[data-testid="stCode"]')
        expect(copied).to_contain_text("- Offer five years: open · Mara")
        expect(copied).to_contain_text(f"{server.url}/week?lang=en&as_of={date.today()}&meeting=")
        expect(copied.get_by_role("button")).to_be_visible()
        watched.check()

"""Every page, in both languages, over every kind of workspace, runs and says what it should."""

import shutil
from pathlib import Path

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from tend.language import text
from tend.store.workspace import open_workspace
from tend.ui.state import data
from tests.kit.driver import html, opened_in_frame, opened_page, texts
from tests.ui.conftest import HOSTILE, LANGUAGES, Open

KINDS = (
    "sample-en",
    "sample-zh",
    "empty",
    "no-contracts",
    "no-customers",
    "no-usage",
    "no-surveys",
    "no-signals",
    "hostile",
    "moving",
    "ledger",
    "undated",
)
AS_OF = "2026-09-30"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["renewals", "value", "data", "settings"])
@pytest.mark.parametrize("kind", KINDS)  # the slowest to change: each is opened once
def test_page_runs(opened: Open, page: str, kind: str, language: str) -> None:
    """No page fails, and the reader is inside the frame."""
    opened(kind)
    app = opened_page(page, lang=language, as_of=AS_OF)
    assert not app.exception
    assert not app.error
    other = "中文" if language == "en" else "English"
    assert other in texts(app)
    # Chinese sentences follow each other without a space.
    assert "。 " not in texts(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_workspace_says_what_to_upload(opened: Open, language: str) -> None:
    """It names the data sets, and offers the sample company by one click."""
    opened("empty")
    said = texts(opened_page("renewals", lang=language))
    assert text.say("ui.welcome.title", language) in said
    assert text.say("ui.load_sample", language) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_data_set_is_named(opened: Open, language: str) -> None:
    """Without contracts the page says which data set it needs and what it would show."""
    opened("no-contracts")
    said = texts(opened_page("renewals", lang=language))
    assert text.say("ui.missing.renewals", language) in said
    assert text.say("datasets.contracts", language) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_status_table_says_why_there_is_no_trend(opened: Open, language: str) -> None:
    """Contracts without dates give rates by segment, and the reason why there is no more."""
    opened("undated")
    said = html(opened_page("renewals", lang=language))
    assert text.say("renewals.no_dates", language) in said
    assert text.say("figures.renewals_due.unit", language) not in said
    assert '<p class="tend-value">' in said


@pytest.mark.parametrize("page", ["renewals", "value", "data", "settings"])
def test_hostile_names_stay_text(opened: Open, page: str) -> None:
    """A name with markup in it never reaches the page as markup."""
    opened("hostile")
    app = opened_page(page, lang="en", as_of="2025-06-30", split="industry", industry=list(HOSTILE))
    assert not app.exception
    said = html(app)
    assert "<script" not in said
    assert "<img" not in said
    if page == "renewals":
        assert escape(HOSTILE[0]) in said


def test_address_survives_a_page_change(opened: Open) -> None:
    """What is chosen goes along to the next page and back, and stands in the address."""
    opened("sample-en")
    chosen = {"lang": "en", "as_of": AS_OF, "window": "last_quarter", "industry": "Retail"}
    app = opened_page("renewals", **chosen)
    before = html(app)
    app.switch_page("pages/data.py").run()
    assert app.query_params == chosen
    app.switch_page("pages/renewals.py").run()
    assert app.query_params == chosen
    assert _lead(html(app)) == _lead(before)


@pytest.mark.parametrize(
    ("locale", "expected"), [("zh-CN", "zh"), ("zh-TW", "zh"), ("de-DE", "en"), (None, "en")]
)
def test_language_follows_the_browser_first(
    opened: Open, locale: str | None, expected: str
) -> None:
    """A new reader gets the browser's language, and it stands in the address."""
    opened("sample-en")
    app = opened_page("renewals", locale=locale)
    assert app.query_params["lang"] == expected


def test_language_is_switched_by_one_click(opened: Open) -> None:
    """The button at the top shows the page in the other language."""
    opened("sample-en")
    app = opened_page("renewals", lang="en", as_of=AS_OF)
    app.button(key="language").click().run()
    assert app.query_params["lang"] == "zh"
    assert "续约率" in html(app)


def test_clear_all_takes_every_filter_off(opened: Open) -> None:
    """One click, and the address holds no filter any more."""
    opened("sample-en")
    app = opened_page("renewals", lang="en", as_of=AS_OF, industry="Retail", size="mid")
    assert "Retail" in html(app)
    app.button(key="clear").click().run()
    assert app.query_params == {"lang": "en", "as_of": AS_OF}
    assert text.say("ui.all_customers", "en") in html(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_health_that_is_behind_is_told(
    made: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """Where health cannot follow, pages show what they know and say that it is old."""
    folder = tmp_path / "workspace"
    shutil.copytree(made("no-surveys"), folder)
    said = text.say("ui.health_is_behind", language)
    with open_workspace(folder) as workspace:
        monkeypatch.setenv("TEND_WORKSPACE", str(folder))
        with workspace.deriving() as cursor:  # a table that does not take what health writes
            cursor.execute("alter table health_definition add column other integer")
            cursor.execute("delete from health_inputs")
    try:
        for page in ("renewals", "movement"):
            app = opened_in_frame(page, lang=language, as_of=AS_OF)
            assert not app.exception
            assert said in [str(one.value) for one in app.warning]
    finally:
        data.close()
    assert said not in [str(one.value) for one in _whole(made, monkeypatch, language).warning]


def _whole(made: Open, monkeypatch: pytest.MonkeyPatch, language: str) -> AppTest:
    """Open a page of a workspace with sound health."""
    monkeypatch.setenv("TEND_WORKSPACE", str(made("no-surveys")))
    try:
        return opened_in_frame("renewals", lang=language, as_of=AS_OF)
    finally:
        data.close()


def test_locked_workspace_is_told(
    made: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workspace that cannot be opened gives a page that says so."""
    folder = shutil.copytree(made("empty"), tmp_path / "workspace")
    (folder / "tend.duckdb").write_bytes(b"no database" * 1000)
    monkeypatch.setenv("TEND_WORKSPACE", str(folder))
    app = opened_page("renewals", lang="en")
    assert not app.exception
    assert app.error
    assert text.say("ui.closed", "en") in html(app)


def _lead(said: str) -> str:
    return said.split('<div class="tend-lead">')[1].split("</div>")[0]

"""Customer value: what the page says over every kind of workspace, and odd portfolios on it."""

import html as markup
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tend.figures.collection import FIGURES
from tend.language import format, text
from tend.store.facts import imports
from tend.store.workspace import open_workspace
from tend.ui.state import data
from tend.view import View
from tests.kit.driver import html, opened_in_frame, opened_page, texts
from tests.metrics.value.test_cases import ODD
from tests.ui.conftest import HOSTILE, LANGUAGES, Open, Rows, book

AS_OF = "2026-09-30"
# A figure of each topic.
FIRST = {
    "growth": "arr_bridge",
    "lifetime": "lifetime_value",
    "cohorts": "cohort_customers",
    "effort": "value_effort",
    "tiers": "tier_moves",
    "goals": "four_goals",
    "rfm": "rfm",
}


def rows_of(kind: str) -> Rows:
    """Give an odd portfolio as a sheet."""
    head = ("Contract ID", "Customer ID", "Start date", "End date", "Amount")
    rows: list[tuple[object, ...]] = [head]
    for one in ODD[kind]:
        end = one.end_date.isoformat() if one.end_date else None
        start = one.start_date.isoformat() if one.start_date else None
        rows.append((one.contract_id, one.customer_id, start, end, one.amount))
    return {"Contracts": rows}


def in_topic(app: AppTest, topic: str) -> AppTest:
    """Open a topic's tab."""
    app.session_state["value_topics"] = text.say(f"value.topics.{topic}", "en")
    return app.run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ODD)
def test_odd_portfolios_make_sensible_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, language: str
) -> None:
    """No losses, one customer, nothing paid, credits, open-ended: no failure, nothing infinite."""
    workspace = open_workspace(tmp_path / "w")
    file = book(tmp_path / "odd.xlsx", rows_of(kind))
    assert imports.import_file(workspace, file).error is None
    workspace.close()
    monkeypatch.setenv("TEND_WORKSPACE", str(tmp_path / "w"))
    try:
        app = opened_page("value", lang=language, as_of="2026-06-30")
        assert not app.exception
        assert not app.error
        said = html(app).split("<style>")[0].lower()
        assert "inf " not in said
        assert "nan" not in said
        assert "none" not in said.replace("none of these", "")
    finally:
        data.close()


@pytest.mark.parametrize("topic", FIRST)
@pytest.mark.parametrize("kind", ["sample-en", "hostile", "moving", "ledger", "undated"])
def test_every_topic_runs(opened: Open, kind: str, topic: str) -> None:
    """Each tab over data of each kind: no failure, and no name becomes markup."""
    opened(kind)
    app = in_topic(opened_in_frame("value", lang="en", as_of=AS_OF), topic)
    assert not app.exception
    assert not app.error
    assert "<script" not in html(app)
    assert "<img" not in html(app)
    if kind == "sample-en":
        unit = text.say(FIGURES[FIRST[topic]].key("unit"), "en")
        assert unit.rstrip(".") in markup.unescape(html(app))


def test_hostile_names_are_told_as_text(opened: Open) -> None:
    """The largest customer's name stands in the sentence, escaped."""
    opened("hostile")
    said = html(opened_page("value", lang="en", as_of="2025-06-30"))
    assert "a|b`c~~d~~ {x} %s" in said
    assert len(HOSTILE) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_contracts_without_dates_say_why_there_is_no_arr(opened: Open, language: str) -> None:
    """A status table has no ARR on a day, and the page says so."""
    opened("undated")
    said = texts(opened_page("value", lang=language))
    assert text.say("value.no_dates", language) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_contracts_are_named(opened: Open, language: str) -> None:
    """Without contracts the page says what it would show."""
    opened("no-contracts")
    assert text.say("ui.missing.value", language) in texts(opened_page("value", lang=language))


def test_letters_find_a_customer(opened: Open) -> None:
    """The list holds those whose name, id or CSM has the letters, with their share of all."""
    opened("sample-en")
    app = opened_in_frame("value", lang="en", as_of=AS_OF)
    names = list(app.dataframe[0].value["customer_name"])
    app.text_input(key="value_search").set_value("sorl").run()
    assert not app.exception
    shown = list(app.dataframe[0].value["customer_name"])
    assert shown == [name for name in names if "sorl" in name.lower()]
    assert 1 < len(shown) < len(names)


def test_the_period_is_in_the_address(opened: Open) -> None:
    """Years instead of quarters: a link shows the same."""
    opened("sample-en")
    app = opened_page("value", lang="en", as_of=AS_OF, period="year")
    assert "2025: ARR grew by" in html(app)
    assert app.query_params["period"] == "year"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bar_is_in_the_address(opened: Open, language: str) -> None:
    """A link to a bar lists its customers; letting go empties it; no such bar, no list."""
    opened("sample-en")
    quarter = View(date.fromisoformat(AS_OF), date(2024, 4, 1), date(2024, 6, 30))
    rows = data.ask("arr_movers", quarter, move="new").to_pylist()
    picked = ["arr_periods", "period=2024-Q2", "move=new"]
    app = opened_page("value", lang=language, as_of=AS_OF, drill=picked)
    assert not app.exception
    title = text.say(
        "value.movers",
        language,
        move=text.say("columns.new", language),
        period="2024-Q2",
        customers=format.count(len(rows)),
        change=format.money(sum(row["arr_change"] for row in rows), language),
    )
    assert title in html(app)
    assert app.query_params["drill"] == picked
    app.button(key="let_go_arr_periods").click().run()
    assert title not in html(app)
    for wrong in (["period=1999-Q1", "move=new"], ["period=2024-Q2", "move=opening"]):
        other = opened_page("value", lang=language, as_of=AS_OF, drill=["arr_periods", *wrong])
        assert not other.exception
        assert not [one for one in other.button if one.key == "let_go_arr_periods"]


def test_every_cell_of_value_has_its_texts() -> None:
    """Title, unit, empty and definition, in both languages."""
    for name in ("arr_periods", "concentration_curve", "customer_values", "lifetime_value"):
        for part in ("title", "unit", "empty", "definition"):
            for language in LANGUAGES:
                assert text.say(FIGURES[name].key(part), language)

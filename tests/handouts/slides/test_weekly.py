"""The week as slides: its numbers are those of the queries; what lacks data is told in words."""

from datetime import date
from pathlib import Path

import pytest

from tend.figures.collection import FIGURES
from tend.handouts import told
from tend.handouts.slides.kit import writing
from tend.handouts.slides.weekly import week
from tend.handouts.slides.weekly.deck import weekly
from tend.language import format, text
from tend.queries import asking
from tend.store.workspace import Workspace, open_workspace
from tend.view import View, month_end, months_before, window
from tests.kit.asking import Row
from tests.kit.companies import UNTIL, Companies
from tests.kit.files import decks
from tests.kit.samples import reviewed
from tests.kit.samples.reviewed import SHEETS

VIEW = View(UNTIL)


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    """Give both languages in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def company(companies: Companies) -> Workspace:
    """Give the sample company, to be read."""
    return companies.read()


@pytest.fixture(scope="module")
def packed(company: Workspace, language: str) -> bytes:
    """Give the deck of the sample company."""
    return written(company, language)


def written(workspace: Workspace, language: str, view: View = VIEW) -> bytes:
    """Write the deck of a workspace."""
    sign = told.signed(workspace, view, language)
    return writing.written(weekly(told.reading(workspace, language), view, sign), None)[0]


def rows(workspace: Workspace, query: str, view: View) -> list[Row]:
    """Ask the workspace apart."""
    found: list[Row] = asking.run(workspace, query, view).to_pylist()
    return found


def test_six_to_ten_slides_with_their_notes(packed: bytes, language: str) -> None:
    """Each has a title of its own, and notes that say how, of which day, and from where."""
    titles = decks.titles(packed)
    assert 6 <= len(titles) <= 10
    assert len(set(titles)) == len(titles)
    for notes in decks.notes(packed)[1:]:
        assert format.day(UNTIL, language) in notes
        assert text.say("ui.all_customers", language) in notes
        assert "python -m tend query" in notes
    week = text.say("week.lead", language, day="2026-09-28", changes="")[:8]
    assert titles[1].startswith(week)


def test_charts_hold_what_the_queries_say(company: Workspace, packed: bytes) -> None:
    """Due by state, not touched by CSM, rates by quarter and size, the forecast, what ARR did."""
    since = View(UNTIL, date(2026, 9, 28))
    charts = [series for _, (_, series) in sorted(decks.charts(packed).items())]
    due, untouched, rates, segments, ahead, moved = (list(one.values()) for one in charts)
    *horizons, whole = rows(company, "week_due", since)
    shown = [state for state in ("at_risk", "average", "healthy", "unknown") if whole[state]]
    assert due == [[row[state] for row in horizons] for state in shown]
    _, *csms = rows(company, "week_uncovered", since)
    assert untouched == [[row["untouched"] for row in csms if row["untouched"]][:8]]
    year = VIEW.between(*window("last_12_months", UNTIL))
    back = year.between(months_before(date(2026, 9, 1), 35), month_end(UNTIL)).grouped("quarter")
    quarters = [row for row in rows(company, "renewal_rates", back) if row["decided"]]
    assert rates == [[pytest.approx(row["contract_renewal_rate"]) for row in quarters[-8:]]]
    sizes = rows(company, "renewal_rates", year.grouped("size"))
    assert segments == [[pytest.approx(row["contract_renewal_rate"]) for row in sizes]]
    months = View(UNTIL, date(2026, 6, 1), date(2027, 9, 30)).grouped("month")
    expected = rows(company, "renewal_forecast_total", months)[:12]
    assert ahead == [[row[name] for row in expected] for name in ("arr", "expected_arr")]
    quarters = rows(
        company, "arr_periods", View(UNTIL, date(2023, 10, 1), UNTIL).grouped("quarter")
    )[-8:]
    names = ("new", "expansion", "reactivation", "churn", "contraction")
    told_moves = [[row[name] for row in quarters] for name in names]
    assert moved == [values for values in told_moves if any(values)]


def test_tables_hold_the_first_of_their_lists(
    company: Workspace, packed: bytes, language: str
) -> None:
    """The largest that are due, by name and amount, as the list has them."""
    listed = rows(company, "week_due_list", View(UNTIL, date(2026, 9, 28)))[:8]
    [due] = [
        table
        for table in decks.tables(packed)
        if len(table) == len(listed) + 1 and "◆" in str(table)
    ]
    for shown, row in zip(due[1:], listed, strict=True):
        assert row["customer_name"].startswith(shown[0].rstrip("…"))
    assert [row[-1] for row in due[1:]] == [format.money(row["arr"], language) for row in listed]


def test_filters_and_days_are_those_asked_for(company: Workspace) -> None:
    """A deck of one size says so on each slide, and counts these customers alone."""
    view = View(UNTIL, filters=(("size", ("large",)),))
    packed = written(company, "en", view)
    assert all("Size: large" in notes for notes in decks.notes(packed))
    *_, whole = rows(company, "week_due", View(UNTIL, date(2026, 9, 28), filters=view.filters))
    assert decks.titles(packed)[2].startswith(f"{whole['contracts']} ")


def test_an_empty_workspace_says_what_to_do(workspace: Workspace, language: str) -> None:
    """No slide of nothings: one sentence, and where to begin."""
    packed = written(workspace, language)
    assert len(decks.titles(packed)) == 2
    assert decks.charts(packed) == {}
    assert text.say("slides.nobody", language) in decks.words(packed)


def test_what_has_no_data_is_told(companies: Companies) -> None:
    """Contracts alone: nobody is known to have fallen, and the last slide says so."""

    def files(folder: Path) -> list[Path]:
        kept = {name: SHEETS[name] for name in ("Customers", "Contracts")}
        return [reviewed.book(folder, kept, "contracts")]

    with open_workspace(companies.copy("contracts alone", files)[0]) as found:
        packed = written(found, "en", View(date(2026, 6, 30)))
    assert decks.titles(packed)[-1] == text.say("slides.lacking", "en")
    said = decks.words(packed)
    assert "Nobody has a health state on both days" in said
    assert [name for name in decks.charts(packed) if name] == [2, 4, 5]


def test_tables_show_columns_that_their_lists_have(company: Workspace) -> None:
    """A column that a list calls otherwise would be missing without a word."""
    reading = told.reading(company, "en")
    view = told.opened(reading, "week", VIEW)
    wanted = {"due": week._DUE, "fell": week._FELL, "uncovered": week._UNCOVERED}
    for name, columns in {**wanted, "decide": week._DECIDE}.items():
        shown = told.shown(reading, FIGURES[f"week_{name}_list"], view)
        assert set(columns) <= set(shown.table.column_names), name

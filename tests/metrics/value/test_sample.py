"""Value on the sample company: every cell equals a calculation in Python from the workbook."""

import math
from datetime import date, timedelta

import pytest

from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.comparing import differences
from tests.kit.samples.health import Sample
from tests.kit.samples.value import CALCULATED, FILTERS, Valued, efforts
from tests.oracle.facts.company import Company, tiers_by_arr
from tests.oracle.renewals.rates import MOVES, ratio
from tests.oracle.value import cohorts, growth
from tests.oracle.value.lives import Life, lives
from tests.oracle.value.value import Book

DAYS = (UNTIL, date(2025, 6, 15))
BY_SEGMENT = ("concentration", "lifetime_value", "four_goals", "contract_lifetimes")
GROUPS = ("size", "industry", "product", "contract_type", "tier", "csm", "Province")
PERIOD = (date(2024, 2, 1), date(2026, 5, 31))


def valued(sample: Sample, language: str) -> Valued:
    """Give the sample with its book."""
    [path] = sample.workspace.uploads.iterdir()
    health = sample.health
    book = Book(health.company, health.signals, health, efforts(path, language))
    return Valued(sample.workspace, book)


@pytest.fixture(scope="module")
def ours(english: Sample) -> Valued:
    """Give the English company."""
    return valued(english, "en")


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("name", CALCULATED)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_query(ours: Valued, name: str, day: date, filters: str) -> None:
    """Every query, now and as of a day in the past, of all customers and of some."""
    assert ours.differences(name, View(day, filters=FILTERS[filters])) == []


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("name", BY_SEGMENT)
def test_by_segment(ours: Valued, name: str, group: str) -> None:
    """Every dimension as segments, filtered or not (D6)."""
    for filters in ("none", "industry"):
        view = View(UNTIL, group_by=group, filters=FILTERS[filters])
        assert ours.differences(name, view) == []


@pytest.mark.parametrize("name", ["cohort_retention", "retention_curve"])
@pytest.mark.parametrize("filters", FILTERS)
def test_cohorts_by_quarter(ours: Valued, name: str, filters: str) -> None:
    """Cohorts by quarter of the first contract (F1)."""
    view = View(UNTIL, group_by="quarter", filters=FILTERS[filters])
    assert ours.differences(name, view) == []


@pytest.mark.parametrize("step", ["month", "quarter", "year"])
def test_periods(ours: Valued, step: str) -> None:
    """Months, quarters and years of a window that begins and ends within them."""
    view = View(UNTIL, *PERIOD)
    wanted = growth.arr_periods(ours.book.company, view, step)
    assert differences("arr_periods", ours.rows("arr_periods", view.grouped(step)), wanted) == []
    assert any(row["overdue"] for row in growth.arr_periods(ours.book.company, View(UNTIL), step))


@pytest.mark.parametrize("move", MOVES)
def test_movers(ours: Valued, move: str) -> None:
    """The customers behind each bar, and their sum is the bar's."""
    view = View(UNTIL, *PERIOD)
    rows = ours.rows("arr_movers", view, move=move)
    wanted = growth.arr_movers(ours.book.company, view, move)
    assert differences("arr_movers", rows, wanted) == []
    bars = {row["move"]: row["amount"] for row in ours.rows("arr_bridge", view)}
    assert sum(row["arr_change"] for row in rows) == pytest.approx(bars.get(move, 0))


@pytest.mark.parametrize("name", ["arr_bridge", "retention_trend", "value_base", "lifecycle_moves"])
def test_windows(ours: Valued, name: str) -> None:
    """Queries over time, in a window of their own."""
    assert ours.differences(name, View(UNTIL, *PERIOD)) == []


def test_what_is_won_against_what_is_lost(ours: Valued) -> None:
    """Won, lost and the quick ratio of a window are those of its movements."""
    view = View(UNTIL, *PERIOD)
    months = growth.arr_periods(ours.book.company, view)
    won = sum(growth.number(m, n) for m in months for n in ("new", "reactivation", "expansion"))
    lost = -sum(growth.number(m, n) for m in months for n in ("contraction", "churn"))
    [row] = ours.rows("arr_growth", view)
    assert (row["won"], row["lost"]) == (pytest.approx(won), pytest.approx(lost))
    assert row["quick_ratio"] == pytest.approx(won / lost)
    assert row["overdue"] == sum(growth.number(month, "overdue") for month in months)
    assert row["overdue_arr"] == pytest.approx(
        sum(growth.number(month, "overdue_arr") for month in months)
    )


@pytest.mark.parametrize("filters", FILTERS)
def test_service_effort_is_that_of_all_tiers(ours: Valued, filters: str) -> None:
    """Hours, cost and ARR of the customers in force, and their share."""
    view = View(UNTIL, filters=FILTERS[filters])
    tiers_of = CALCULATED["effort_by_tier"](ours.book, view)
    [row] = ours.rows("service_effort", view)
    for name in ("customers", "arr", "service_hours", "service_cost"):
        assert row[name] == pytest.approx(sum(growth.number(tier, name) for tier in tiers_of))
    assert row["effort_share"] == pytest.approx(row["service_cost"] / row["arr"])


@pytest.mark.parametrize("name", CALCULATED)
def test_the_chinese_company(chinese: Sample, name: str) -> None:
    """The same in Chinese."""
    assert valued(chinese, "zh").differences(name, View(UNTIL)) == []


def test_the_concentration_curve_is_that_of_the_customers(ours: Valued) -> None:
    """Each point is a customer's cumulative share; the marks are those of concentration (E3)."""
    values = [row for row in CALCULATED["customer_values"](ours.book, View(UNTIL)) if row["arr"]]
    rows = ours.rows("concentration_curve", View(UNTIL))
    [told] = CALCULATED["concentration"](ours.book, View(UNTIL))
    assert len(rows) == 100 + (len(values) / 5 != len(values) // 5)
    for row in rows:
        assert row["customer_share"] == pytest.approx(row["place"] / len(values))
        assert row["cumulative_share"] == pytest.approx(
            values[row["place"] - 1]["cumulative_share"]
        )
    assert rows[-1]["cumulative_share"] == pytest.approx(1)
    tops = [row["place"] for row in rows if row["is_top_fifth"]]
    needed = [row["place"] for row in rows if row["is_needed_for_80"]]
    assert max(tops) == math.ceil(len(values) / 5)
    assert max(needed) == told["customers_for_80_percent"]


def test_projected_curves_go_on_from_what_was_seen(ours: Valued) -> None:
    """The share by the curve at each age, with an interval around it, five years beyond."""
    curves = {row["cohort"]: row for row in CALCULATED["retention_curve"](ours.book, View(UNTIL))}
    seen = {
        (row["cohort"], row["age"]): row["customer_share"]
        for row in CALCULATED["cohort_retention"](ours.book, View(UNTIL))
    }
    rows = ours.rows("cohort_curves", View(UNTIL))
    for row in rows:
        fit = curves[row["cohort"]]
        assert row["seen_share"] == seen.get((row["cohort"], row["age"]))
        if fit["alpha"] is None:
            assert row["share"] is None
        else:
            shares = cohorts.survival(fit["alpha"], fit["beta"], row["age"])
            assert row["share"] == pytest.approx(shares[-1], abs=1e-4)
            assert row["share_low"] <= row["share"] <= row["share_high"]
    beyond = [row["age"] for row in rows if row["cohort"] == "2023" and row["seen_share"] is None]
    assert beyond == [3, 4, 5, 6, 7]


def test_tiers_by_the_rule_on_two_days(ours: Valued) -> None:
    """Who went up or down is who stands in another tier by the rule of each day (D8)."""
    company = ours.book.company
    days = (date(2025, 9, 30), UNTIL)
    before, after = (tiers(company, day) for day in days)
    wanted = {
        name: (before[name], after[name])
        for name in before.keys() & after.keys()
        if before[name] != after[name]
    }
    rows = ours.rows("tier_moves", View(UNTIL))
    assert {r["customer_id"]: (r["from_tier"], r["to_tier"]) for r in rows} == wanted
    ups = {r["customer_id"] for r in rows if r["direction"] == "up"}
    steps = ("basic", "core", "strategic")
    assert ups == {n for n, (a, b) in wanted.items() if steps.index(b) > steps.index(a)}


def tiers(company: Company, day: date) -> dict[str, str]:
    """Give the tier of each customer in force on a day, with what is known at the end."""
    found = tiers_by_arr(company.deals(UNTIL), day)
    held = {life.customer_id for life in lives(company, View(UNTIL), day) if life.in_force}
    return {name: tier for name, tier in found.items() if name in held}


def test_signs_of_licences(ours: Valued) -> None:
    """Over 90 %, under 30 %, and one feature only, of the latest period in 90 days."""
    wanted: set[tuple[str, str]] = set()
    for life in lives(ours.book.company, View(UNTIL)):
        if life.in_force:
            latest = latest_usage(ours, life)
            share = ratio(latest.get("active_users", 0.0), latest.get("licensed_users", 0.0))
            if share is not None and "active_users" in latest:
                wanted |= {("upsell", life.customer_id)} if share > 0.9 else set()
                wanted |= {("downgrade", life.customer_id)} if share < 0.3 else set()
            if latest.get("features_used", 9) <= 1:
                wanted.add(("single_feature", life.customer_id))
    rows = ours.rows("value_signs", View(UNTIL))
    assert {(row["sign"], row["customer_id"]) for row in rows} == wanted
    assert {row["sign"] for row in rows} == {"upsell", "downgrade", "single_feature"}


def latest_usage(ours: Valued, life: Life) -> dict[str, float]:
    """Give the latest value of each measure in 90 days; licences of the contracts stand in."""
    found: dict[str, tuple[date, float]] = {}
    for one in ours.book.signals.of(life.customer_id).usage:
        if one.value is not None and UNTIL - timedelta(days=90) < one.period_end <= UNTIL:
            found[one.measure] = max(
                found.get(one.measure, (date.min, 0.0)), (one.period_end, one.value)
            )
    if found.get("licensed_users", (None,))[0] != found.get("active_users", (date.max,))[0]:
        licences = [deal.fact.licensed_users or 0 for deal in life.in_force]
        found["licensed_users"] = (UNTIL, sum(licences))
    return {name: value for name, (_, value) in found.items()}

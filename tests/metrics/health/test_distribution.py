"""What the page Settings shows of values and scores, held against plain Python."""

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tend.queries import asking
from tend.settings import draft as drafts
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import Companies

AS_OF = date(2026, 9, 30)
EARLY = date(2023, 12, 31)
Row = dict[str, Any]
Values = dict[str, list[float]]


@pytest.fixture(scope="module")
def company(companies: Companies) -> Workspace:
    """Give a small sample company."""
    return companies.read(customers=90)


def rows(workspace: Workspace, name: str, as_of: date = AS_OF) -> list[Row]:
    """Ask a named query."""
    found: list[Row] = asking.run(workspace, name, View(as_of)).to_pylist()
    return found


def read(workspace: Workspace, sql: str) -> list[tuple[Any, ...]]:
    """Read rows as they are kept."""
    with workspace.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def pool(workspace: Workspace, month: date) -> tuple[Values, Values]:
    """Collect the values of renewed contracts and of customers in force, by indicator."""
    values: dict[tuple[str, date], dict[str, float]] = defaultdict(dict)
    for customer, day, indicator, value in read(workspace, "from health_values"):
        values[customer, day][indicator] = value
    renewed: Values = defaultdict(list)
    in_force: Values = defaultdict(list)
    for at, customer, day in read(workspace, "select month, customer_id, day from health_renewals"):
        if at == month:
            for indicator, value in values[customer, day].items():
                renewed[indicator].append(value)
    for at, customer in read(workspace, "select month, customer_id from health_months"):
        if at == month:
            for indicator, value in values[customer, month].items():
                in_force[indicator].append(value)
    return renewed, in_force


def by_indicator(found: list[Row]) -> dict[str, list[Row]]:
    """Put the bins of an indicator together."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        grouped[row["indicator"]].append(row)
    return grouped


def test_limits_and_cases_are_those_of_renewed_contracts(company: Workspace) -> None:
    """10th and 90th percentile, straight between ranks, of their values 90 days before the end."""
    renewed, _ = pool(company, AS_OF)
    renewed.pop("key_actions", None)
    found = by_indicator(rows(company, "health_distribution"))
    assert found.keys() == renewed.keys()
    for indicator, bins in found.items():
        low, high = np.percentile(renewed[indicator], [10, 90])
        assert all(row["is_learned"] for row in bins)
        assert {row["cases"] for row in bins} == {len(renewed[indicator])}
        assert bins[0]["low"] == pytest.approx(low)
        assert bins[0]["high"] == pytest.approx(high)


def test_limits_are_the_ones_that_health_uses(company: Workspace) -> None:
    """The percentiles shown are those kept beside the scores."""
    kept = {
        indicator: (low, high)
        for month, indicator, industry, low, high in read(
            company, "select month, indicator, industry, low, high from health_limits"
        )
        if month == AS_OF and industry is None
    }
    found = by_indicator(rows(company, "health_distribution"))
    assert {name: (bins[0]["low"], bins[0]["high"]) for name, bins in found.items()} == {
        name: pytest.approx(limits) for name, limits in kept.items()
    }


def test_bins_hold_all_cases_in_order(company: Workspace) -> None:
    """Each value lies in the bin that a loop would put it in; the fullest bin has height 1."""
    renewed, _ = pool(company, AS_OF)
    for indicator, bins in by_indicator(rows(company, "health_distribution")).items():
        values = renewed[indicator]
        assert sum(row["count"] for row in bins) == len(values)
        assert [row["bin_from"] for row in bins] == sorted(row["bin_from"] for row in bins)
        most = max(row["count"] for row in bins)
        assert [row["height"] for row in bins] == [row["count"] / most for row in bins]
        if len(set(values)) <= 24:
            assert {row["bin_from"]: row["count"] for row in bins} == Counter(
                round(value, 9) for value in values
            )
            continue
        first, last = np.percentile(values, [2, 98])
        places = Counter(
            max(0, min(19, int(np.floor(20 * (value - first) / (last - first)))))
            for value in values
        )
        assert [row["count"] for row in bins] == [places[place] for place in sorted(places)]


def test_customers_in_force_stand_in_before_there_are_renewals(company: Workspace) -> None:
    """Where too few contracts were renewed, the page is told so (J4)."""
    _, in_force = pool(company, EARLY)
    found = by_indicator(rows(company, "health_distribution", EARLY))
    assert found
    for indicator, bins in found.items():
        assert not any(row["is_learned"] for row in bins)
        assert {row["cases"] for row in bins} == {len(in_force[indicator])}


def test_an_indicator_that_is_off_still_shows_its_values(company: Workspace) -> None:
    """Who thinks of switching it on sees what it would go by."""
    off = drafts.with_indicator(company.settings, "nps", is_on=False)
    before = rows(company, "health_distribution")
    after = asking.rehearse(company, off, View(AS_OF), ["health_distribution"])
    kept = [row for row in after["health_distribution"].to_pylist() if row["indicator"] == "nps"]
    # without limits of its own none of its industries has any
    assert [{**row, "industries": 0} for row in by_indicator(before)["nps"]] == kept


def test_scores_lie_where_the_customers_are(company: Workspace) -> None:
    """Steps of four points, counted from the list of customers."""
    customers = rows(company, "health")
    found = rows(company, "score_distribution")
    for score in ("outcome", "experience"):
        values = [row[f"{score}_score"] for row in customers if row[f"{score}_score"] is not None]
        steps = Counter(4.0 * min(24, int(value // 4)) for value in values)
        assert {r["bin_from"]: r["count"] for r in found if r["score"] == score} == steps


def test_states_begin_at_quarter_and_middle(company: Workspace) -> None:
    """The limits of the last month end, and those set by hand in their place."""
    found = {row["score"]: row for row in rows(company, "score_limits")}
    kept = read(
        company,
        "select score, average_from, healthy_from, count_cases from health_levels"
        f" where month = date '{AS_OF}'",
    )
    assert {
        (score, row["average_from"], row["healthy_from"], row["cases"])
        for score, row in found.items()
    } == set(kept)
    by_hand = drafts.with_level(company.settings, "average", "outcome", 33.0)
    tried = asking.rehearse(company, by_hand, View(AS_OF), ["score_limits"])["score_limits"]
    [outcome] = [row for row in tried.to_pylist() if row["score"] == "outcome"]
    assert outcome["average_from"] == 33.0
    assert outcome["healthy_from"] == found["outcome"]["healthy_from"]


def test_measures_of_the_files_are_named(workspace: Workspace, tmp_path: Path) -> None:
    """Standard ones first, then what a file has besides; periods after the day are left out."""
    file = tmp_path / "usage.csv"
    file.write_text(
        "Customer ID,Month,Active users,Reports made\n"
        "C1,2026-01,5,7\nC2,2026-01,5,\nC1,2026-02,5,9\nC1,2026-03,5,11\n"
    )
    assert imports.import_file(workspace, file).error is None
    found = rows(workspace, "usage_measures", date(2026, 2, 28))
    assert [(row["measure"], row["is_standard"], row["customers"]) for row in found] == [
        ("active_users", True, 2),
        ("Reports made", False, 1),
    ]
    assert {row["latest"] for row in found} == {date(2026, 2, 28)}

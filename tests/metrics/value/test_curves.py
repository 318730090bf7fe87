"""The fitted curve: published figures, the limits of what it can fit, and its interval."""

from datetime import date
from math import exp, isfinite, log
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tend.queries import asking
from tend.store.database import curves
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View
from tests.oracle.value import cohorts

PUBLISHED = [1000, 869, 743, 653, 593, 551, 517, 491]


def test_the_published_series() -> None:
    """The high-end series of the paper: its parameters, its likelihood, and the years (F6)."""
    found = curves.fit(PUBLISHED)
    assert found
    assert found.alpha == pytest.approx(0.668, abs=0.001)
    assert found.beta == pytest.approx(3.806, abs=0.001)
    assert found.log_likelihood == pytest.approx(-1611.16, abs=0.01)
    shares = curves.shares(found.alpha, found.beta, 19)
    assert shares.sum() == pytest.approx(9.820, abs=0.001)
    assert sum(s / 1.1**n for n, s in enumerate(shares)) == pytest.approx(5.536, abs=0.001)


def test_the_other_published_series() -> None:
    """The regular series of the paper."""
    found = curves.fit([1000, 631, 468, 382, 326, 289, 262, 241])
    assert found
    assert found.alpha == pytest.approx(0.704, abs=0.001)
    assert found.beta == pytest.approx(1.182, abs=0.001)
    assert found.log_likelihood == pytest.approx(-1680.27, abs=0.01)


def test_published_series_by_the_query(workspace: Workspace) -> None:
    """The same figures come out of the named queries, from contracts that a file brings."""
    lines = ["Contract no,Customer,Start date,End date,Amount"]
    for number in range(PUBLISHED[0]):
        years = sum(number < kept for kept in PUBLISHED)
        lines.append(f"K{number},N{number},2016-01-01,{2015 + years}-12-31,{100 * years}")
    path = workspace.path / "book.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert imports.import_file(workspace, path).error is None
    view = View(date(2023, 6, 30))
    rows = asking.run(workspace, "cohort_retention", view).to_pylist()
    assert [row["kept_customers"] for row in rows] == PUBLISHED
    [row] = asking.run(workspace, "retention_curve", view).to_pylist()
    assert row["alpha"] == pytest.approx(0.668, abs=0.001)
    assert row["beta"] == pytest.approx(3.806, abs=0.001)
    assert row["log_likelihood"] == pytest.approx(-1611.16, abs=0.01)
    assert row["expected_years"] == pytest.approx(9.820, abs=0.001)
    assert row["discounted_years"] == pytest.approx(5.536, abs=0.001)
    assert row["is_steady"]
    assert row["foretold_years"] == row["expected_years"]


@pytest.mark.parametrize(
    "kept", [[], [10], [10, 8], [10, 10, 10], [0, 0, 0], [5, 7, 9], [8, 9, 8]], ids=str
)
def test_too_little_to_fit(kept: list[float]) -> None:
    """Under two ages, or without a loss, there is no curve (F7)."""
    assert curves.fit(kept) is None
    assert curves.projected(kept, 5) is None


def test_a_rising_series_is_fitted_at_its_minimum() -> None:
    """Who came back does not lift the curve (F5)."""
    assert curves.fit([100, 70, 80, 60]) == curves.fit([100, 70, 70, 60])


@pytest.mark.parametrize(
    "kept",
    [[100, 50, 25, 12, 6], [100, 80, 80, 80], [5, 0, 0], [2, 1, 1], [100, 90, 60, 20], [1, 1, 0]],
    ids=str,
)
def test_series_without_a_top_are_finite(kept: list[float]) -> None:
    """All alike, or none after the first year: the likelihood has no top, the years are finite."""
    found = curves.fit(kept)
    points = curves.projected(kept, 20)
    assert found
    assert points
    assert isfinite(found.alpha + found.beta + found.log_likelihood)
    assert all(0 <= p.low <= p.share <= p.high <= 1 for p in points if p.low is not None and p.high)
    assert cohorts.fitted([int(one) for one in kept])[2] == pytest.approx(  # type: ignore[index]
        found.log_likelihood, abs=1e-3
    )


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.floats(-2.5, 1), st.floats(-1, 3), st.integers(3, 12))
def test_a_series_gives_back_its_parameters(mean: float, size: float, ages: int) -> None:
    """A series made by the model itself, in exact shares, is fitted by that model."""
    alpha, beta = cohorts.pair(mean, size)
    kept = [1e6 * share for share in cohorts.survival(alpha, beta, ages)]
    found = curves.fit(kept)
    assert found
    assert log(found.alpha) == pytest.approx(log(alpha), abs=2e-3)
    assert log(found.beta) == pytest.approx(log(beta), abs=2e-3)


def test_the_interval_holds_what_it_says() -> None:
    """Of 200 drawn cohorts the 95 % interval held the true share at age 8 in about 95 of 100."""
    rng, draws = Random(1), np.random.default_rng(1)
    alpha, beta = 1.2, 5.0
    truth = cohorts.survival(alpha, beta, 8)[8]
    held = 0
    for _ in range(200):
        chances = draws.beta(alpha, beta, 300)
        lives = [next((t for t in range(1, 6) if rng.random() < c), 6) for c in chances]
        kept = [sum(life > age for life in lives) for age in range(6)]
        points = curves.projected(kept, 8)
        assert points
        held += (points[8].low or 0) <= truth <= (points[8].high or 1)
    assert 0.88 <= held / 200 <= 1


def test_kaplan_meier_by_hand() -> None:
    """Five lives, two of them still going on: 4/5, then 3/4 of it, then nothing is left."""
    points = curves.kaplan_meier([1, 2, 2, 3, 5], [True, False, True, False, True])
    assert [(p.age, p.at_risk, p.lost) for p in points] == [
        (0, 5, 0),
        (1, 5, 1),
        (2, 4, 1),
        (5, 1, 1),
    ]
    assert [p.share for p in points] == pytest.approx([1, 0.8, 0.6, 0])
    assert points[1].low == pytest.approx(exp(log(0.8) * exp(1.959964 * _error())), abs=1e-6)
    assert curves.kaplan_meier([4, 4], [False, False])[0].share == 1


def _error() -> float:
    """Give Greenwood's standard error on the scale of log(-log) after the first loss of five."""
    return float((1 / (5 * 4)) ** 0.5 / -log(0.8))

"""Health of the sample company: every cell equals a calculation in plain Python."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from sklearn.metrics import roc_auc_score

from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.samples.health import FILTERS, MONTH_ENDS, Sample
from tests.oracle.facts.numbers import auc
from tests.oracle.health.queries import last_month_end
from tests.oracle.health.standings import BEFORE_END


@pytest.mark.parametrize("day", [*MONTH_ENDS[::3], date(2025, 6, 15), date(2023, 8, 31)], ids=str)
def test_health(english: Sample, day: date) -> None:
    """Scores, states, quadrant and coverage of every customer at 12 month ends and between."""
    assert english.differences("health", View(day)) == []


def test_all_is_there(english: Sample) -> None:
    """The comparison is not one of empty cells: all quadrants occur, most scores are known."""
    rows = english.rows("health", View(UNTIL))
    assert {row["quadrant"] for row in rows} >= set(range(1, 10))
    assert sum(row["quadrant"] is not None for row in rows) > 0.8 * len(rows)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 8, 31), UNTIL),
        (date(2025, 9, 12), date(2026, 3, 17)),
        (date(2024, 1, 31), date(2026, 6, 30)),
        (date(2026, 9, 1), date(2026, 9, 29)),
    ],
    ids=str,
)
def test_quadrant_movement(english: Sample, start: date, end: date, filters: str) -> None:
    """Who went from which quadrant to which, with the ARR; also between days amid a month."""
    view = View(UNTIL, start, end, filters=FILTERS[filters])
    assert english.differences("quadrant_movement", view) == []


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize(
    "view",
    [
        View(UNTIL),
        View(UNTIL, date(2025, 10, 1), UNTIL),
        View(UNTIL, date(2026, 7, 1), date(2027, 6, 30)),
        View(date(2025, 6, 15)),
        View(date(2025, 6, 15), date(2025, 1, 1), date(2025, 12, 31)),
    ],
    ids=str,
)
def test_health_backtest(english: Sample, view: View, filters: str) -> None:
    """Renewals by the quadrant 90 days before the end, with intervals and AUC."""
    chosen = View(view.as_of, view.start, view.end, filters=FILTERS[filters])
    assert english.differences("health_backtest", chosen) == []


def test_the_chinese_company(chinese: Sample) -> None:
    """The same in Chinese: severity, sentiment and headers are understood."""
    assert chinese.differences("health", View(UNTIL)) == []
    assert chinese.differences("health_backtest", View(UNTIL)) == []
    movement = View(UNTIL, date(2025, 9, 30), UNTIL)
    assert chinese.differences("quadrant_movement", movement) == []


@pytest.mark.parametrize("seed", range(6))
def test_what_flows_in_and_out_adds_up(english: Sample, seed: int) -> None:
    """In-flow + stay = count at the end, out-flow + stay = count at the start, by quadrant."""
    start, end = sorted(Random(seed).sample(MONTH_ENDS, 2))
    rows = english.rows("quadrant_movement", View(UNTIL, start, end))
    for column, day in (("from_quadrant", start), ("to_quadrant", end)):
        flows: Counter[int] = Counter()
        for row in rows:
            flows[row[column]] += row["customers"]
        there = english.rows("health", View(day))
        counts = Counter(row["quadrant"] for row in there)
        for quadrant in range(1, 10):
            assert flows[quadrant] == counts[quadrant]
    arr = {row["customer_id"]: row["arr"] for row in english.rows("health", View(end))}
    assert sum(row["arr"] for row in rows) == pytest.approx(sum(arr.values()))


@pytest.mark.parametrize("score", ["outcome", "experience"])
def test_auc_is_that_of_others(english: Sample, score: str) -> None:
    """The AUC of a score is scikit-learn's, from the product's own rows."""
    scores = {
        (row["customer_id"], day): row[f"{score}_score"]
        for day in MONTH_ENDS
        for row in english.rows("health", View(day))
    }
    cases = []
    for row in english.rows("renewals", View(UNTIL, date(2024, 6, 1), UNTIL)):
        day = last_month_end(row["end_date"] - BEFORE_END)
        value = scores.get((row["customer_id"], day))
        if value is not None and row["outcome"] not in ("due", "overdue"):
            cases.append((row["outcome"] != "lost", round(value, 9)))
    expected = roc_auc_score([won for won, _ in cases], [value for _, value in cases])
    found = english.rows("health_backtest", View(UNTIL, date(2024, 6, 1), UNTIL))[0]
    assert found[f"{score}_auc"] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_the_oracles_auc_is_that_of_others(seed: int) -> None:
    """Counting pairs gives scikit-learn's AUC, with many ties too."""
    rng = Random(seed)
    won = [float(rng.randrange(3 + seed * 20)) for _ in range(60)]
    lost = [float(rng.randrange(2 + seed * 20)) for _ in range(40)]
    expected = roc_auc_score([1] * len(won) + [0] * len(lost), won + lost)
    assert auc(won, lost) == pytest.approx(expected, rel=1e-12)

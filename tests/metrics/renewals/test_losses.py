"""What was lost, why, and who came back: recounted, and in line with the movements of ARR."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given

from tend.view import View
from tests.kit.asking import Row, oracle
from tests.kit.companies import UNTIL
from tests.kit.comparing import differences
from tests.kit.product import Product
from tests.kit.samples.health import Sample
from tests.kit.samples.histories import companies
from tests.metrics.renewals.test_properties import batches
from tests.oracle.facts.company import Company
from tests.oracle.renewals import losses

VIEWS = (
    View(UNTIL),
    View(UNTIL, date(2025, 7, 1), date(2026, 6, 30)),
    View(date(2025, 3, 11), filters=(("product", ("Base",)), ("size", ("small",)))),
)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_losses_of_the_sample_company(english: Sample, view: View) -> None:
    """The list of lost contracts with their win-backs, cell by cell."""
    rows = english.rows("losses", view)
    assert rows
    assert differences("losses", rows, losses.losses(english.health.company, view)) == []
    wanted = losses.win_backs(english.health.company, view)
    assert differences("win_backs", english.rows("win_backs", view), wanted) == []


def test_somebody_came_back(english: Sample) -> None:
    """The sample company has win-backs to compare, with the reason why they had left."""
    rows = english.rows("win_backs", View(UNTIL))
    lost = {row["customer_id"]: row for row in english.rows("losses", View(UNTIL))}
    assert len(rows) >= 3
    for row in rows:
        assert row["loss_reason_group"] == lost[row["customer_id"]]["loss_reason_group"]


@pytest.mark.parametrize("dimension", ["size", "industry", None])
def test_reasons_by_segment(english: Sample, dimension: str | None) -> None:
    """Groups of reasons in each segment add up to its lost contracts and their ARR."""
    view = View(UNTIL, date(2025, 1, 1), UNTIL, dimension)
    rows = english.rows("loss_reasons", view)
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["segment"]].append(row)
    wanted = losses.loss_counts(english.health.company, view)
    assert found.keys() == wanted.keys()
    for name, ones in found.items():
        count, arr = wanted[name]
        assert sum(row["contracts"] for row in ones) == count
        assert sum(row["arr"] for row in ones) == pytest.approx(arr)
        assert sum(row["share"] for row in ones) == pytest.approx(1)
        assert sum(row["arr_share"] for row in ones) == pytest.approx(1)
    single: Counter[tuple[str, str]] = Counter()
    for one in english.rows("losses", view):
        label = "all" if dimension is None else one[dimension] or "unknown"
        single[label, one["loss_reason_group"]] += 1
    assert {(row["segment"], row["reason_group"]): row["contracts"] for row in rows} == single


@batches(4)
@given(companies(25))
def test_win_backs_are_the_reactivation(product: Product, drawn: tuple[Company, date]) -> None:
    """Every row is the oracle's; all rows of a month add up to its reactivation."""
    company, as_of = drawn
    for view in (View(as_of), View(as_of, as_of - timedelta(days=300), as_of)):
        rows = product(company, "win_backs", view)
        assert differences("win_backs", rows, losses.win_backs(company, view)) == []
        wanted = losses.losses(company, view)
        assert differences("losses", product(company, "losses", view), wanted) == []
    back: defaultdict[date, float] = defaultdict(float)
    for row in rows:
        back[row["month"]] += row["arr"]
    moved = {row["month"]: row["reactivation"] for row in oracle(company, "arr_movements", view)}
    assert back == pytest.approx({month: arr for month, arr in moved.items() if month in back})
    assert all(arr == 0 or month in back for month, arr in moved.items())

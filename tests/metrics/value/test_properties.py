"""Random contract histories: value agrees with the second calculation, and its accounts close."""

from datetime import date

import pytest
from hypothesis import given

from tend.view import View
from tests.kit.comparing import differences
from tests.kit.product import Product
from tests.kit.samples.histories import companies
from tests.kit.samples.value import CALCULATED, NOTHING, curve_differences
from tests.metrics.renewals.test_properties import CASES, batches, of_case
from tests.oracle.facts.company import Company
from tests.oracle.renewals.rates import MOVES
from tests.oracle.value.value import Book

BY_SEGMENT = ("concentration", "lifetime_value", "contract_lifetimes")
OF_ALL = ("customer_values", "cohort_retention", "lifecycle")
MOVED = ("arr_periods", "arr_bridge", "arr_movers", "retention_trend")


@batches(8)
@given(companies(CASES))
def test_product_and_oracle_agree(product: Product, drawn: tuple[Company, date]) -> None:
    """Every cell, by segment where there are segments, filtered or not."""
    company, as_of = drawn
    book = Book(company)
    filtered = View(as_of, filters=(("product", ("chat", "unknown")), ("size", ("large",))))
    by_case = [View(as_of, group_by=name) for name in ("industry", "product", "size")]
    window = View(as_of, date(2021, 1, 1), as_of)
    for name in (*BY_SEGMENT, *OF_ALL, *MOVED):
        over_time = [window] if name in MOVED else []
        views = by_case if name in BY_SEGMENT else over_time
        for view in [View(as_of), filtered, *views]:
            rows = product(company, name, view, **NOTHING.get(name, {}))
            found = differences(name, rows, CALCULATED[name](book, view))
            assert not found, f"{view}\n" + of_case(company, found)
    for view in (View(as_of), View(as_of, group_by="quarter")):
        curves = product(company, "retention_curve", view)
        assert curve_differences(curves, CALCULATED["retention_curve"](book, view)) == []


@batches(4)
@given(companies(CASES))
def test_accounts_close(product: Product, drawn: tuple[Company, date]) -> None:
    """Shares sum to 1; a cohort has the same count at every age; periods close."""
    company, as_of = drawn
    values = product(company, "customer_values", View(as_of), search=None)
    if any(row["arr"] > 0 for row in values):
        assert sum(row["arr_share"] for row in values) == pytest.approx(1)
        assert values[-1]["cumulative_share"] == pytest.approx(1)
    assert [r["arr"] for r in values] == sorted((r["arr"] for r in values), reverse=True)
    starts: dict[str, set[int]] = {}
    for row in product(company, "cohort_retention", View(as_of)):
        starts.setdefault(row["cohort"], set()).add(row["customers"])
        assert row["kept_customers"] <= row["customers"]
    assert all(len(counts) == 1 for counts in starts.values())
    stages = product(company, "lifecycle", View(as_of))
    ids = [row["customer_id"] for row in product(company, "lifecycle_moves", View(as_of))]
    assert len(ids) == len(set(ids))
    assert sum(row["entered"] for row in stages) == len(ids)
    for step in ("month", "quarter", "year"):
        rows = product(company, "arr_periods", View(as_of, date(2021, 1, 1), as_of, step))
        for row in rows:
            moved = sum(row[name] for name in MOVES)
            assert row["opening"] + moved == pytest.approx(row["closing"], abs=1e-6)

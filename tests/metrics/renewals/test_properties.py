"""Random contract histories: product and oracle agree, and the accounts always close."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tend.view import View
from tests.kit.asking import Row, oracle
from tests.kit.comparing import differences
from tests.kit.product import Product
from tests.kit.samples.histories import companies
from tests.oracle.facts.company import Company
from tests.oracle.facts.days import month_end
from tests.oracle.facts.facts import plain

CASES = 25  # companies drawn at once and committed together: 20 batches are 500 of them
QUERIES = ("renewals", "renewal_rates", "retention_12m", "arr_movements")
MOVES = ("new", "reactivation", "expansion", "contraction", "churn")


def batches(count: int) -> settings:
    """Run so many batches; a failing one names its case, shrinking 25 companies takes minutes."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,  # the same companies in every run
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def views(as_of: date, name: str) -> list[View]:
    """Give the views of a query: by case first, then other groups, windows and filters."""
    by_case = View(as_of, group_by="industry")
    year = by_case.between(as_of - timedelta(days=365), as_of + timedelta(days=200))
    rest = [View(as_of), View(as_of, group_by="size"), View(as_of, group_by="product")]
    filtered = View(as_of, filters=(("product", ("chat", "unknown")), ("size", ("large",))))
    rest += [View(as_of, group_by=label) for label in ("region", "csm", "Zone")]
    rest += [View(as_of, filters=((label, ("ＷEST", "未知")),)) for label in ("region", "Zone")]
    if name in ("renewal_rates", "renewals"):
        rest += [
            year.grouped("month"),
            View(as_of, group_by="quarter"),
            by_case.between(as_of, None),
        ]
    return [by_case, year, *rest, filtered, View(as_of, group_by="contract_type")]


def of_case(company: Company, found: list[str]) -> str:
    """Show the differences with the contracts of the first case in which they are."""
    case = next((c for c in company.customers if f"'{c.industry}" in found[0]), None)
    label = case.industry if case else ""
    own = [repr(c) for c in company.contracts if label and c.contract_id.startswith(f"{label}-")]
    return "\n".join([*found[:12], f"... {len(found)} differences", *own])


@batches(20)
@given(companies(CASES))
def test_product_and_oracle_agree(product: Product, drawn: tuple[Company, date]) -> None:
    """Every cell of the four queries is the oracle's, for 500 random companies."""
    company, as_of = drawn
    for name in QUERIES:
        for view in views(as_of, name):
            found = differences(name, product(company, name, view), oracle(company, name, view))
            assert not found, f"{view}\n" + of_case(company, found)


@batches(5)
@given(companies(CASES))
def test_a_segment_lists_its_contracts(product: Product, drawn: tuple[Company, date]) -> None:
    """However its label is written: a segment counts the rows that a filter by it lists (M29)."""
    company, as_of = drawn
    for label in ("region", "csm", "Zone", "product", "contract_type"):
        rows = product(company, "renewal_rates", View(as_of, group_by=label))
        folded = [plain(row["segment"]) for row in rows]
        assert len(folded) == len(set(folded))
        for row in rows:
            of_segment = View(as_of, filters=((label, (row["segment"],)),))
            assert len(product(company, "renewals", of_segment)) == row["contracts"]


@batches(5)
@given(companies(CASES))
def test_renewal_counts_add_up(product: Product, drawn: tuple[Company, date]) -> None:
    """Contracts = renewed + lost + overdue + due, and segments add up to all but for the cap."""
    company, as_of = drawn
    everything = product(company, "renewal_rates", View(as_of))
    parts = product(company, "renewal_rates", View(as_of, group_by="industry"))
    for row in [*everything, *parts]:
        open_ones = row["overdue"] + row["due"]
        assert row["contracts"] == row["renewed"] + row["lost"] + open_ones
        assert row["renewed"] == row["renewed_on_time"] + row["renewed_late"]
        assert row["kept_arr"] <= row["due_arr"] + 1e-6
    for name in ("contracts", "renewed", "lost", "overdue", "due", "due_arr", "renewed_arr"):
        total = sum(row[name] for row in parts)
        assert total == pytest.approx(sum(row[name] for row in everything), abs=1e-6)


@batches(5)
@given(companies(CASES))
def test_movements_close(product: Product, drawn: tuple[Company, date]) -> None:
    """Opening + movements = closing, which is the opening of the next month, in every segment."""
    company, as_of = drawn
    view = View(as_of, date(2018, 1, 1), as_of)
    everything = product(company, "arr_movements", view)
    parts = product(company, "arr_movements", view.grouped("industry"))
    retention = product(company, "retention_12m", View(as_of))
    assert_closed(everything)
    assert_closed(parts)
    for row in everything:
        own = [part for part in parts if part["month"] == row["month"]]
        for name in ("opening", "closing", "customers", *MOVES):
            assert sum(part[name] for part in own) == pytest.approx(row[name], abs=1e-6)
    for row in retention:
        assert row["kept_arr"] <= row["opening_arr"] + 1e-6
        assert row["kept_customers"] <= row["opening_customers"]


def assert_closed(rows: list[Row]) -> None:
    """Check both sides of every month's account."""
    closing = {(row["segment"], row["month"]): row["closing"] for row in rows}
    for row in rows:
        moved = sum(row[name] for name in MOVES)
        assert row["opening"] + moved == pytest.approx(row["closing"], abs=1e-6)
        assert row["contraction"] <= 0
        assert row["expansion"] >= 0
        before = (row["month"] - timedelta(days=1)).replace(day=1)
        last = closing.get((row["segment"], before), 0.0)
        assert row["opening"] == pytest.approx(last, abs=1e-6)
        assert row["month"] == month_end(row["month"]).replace(day=1)

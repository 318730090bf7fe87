"""The worked cases of the metrics page, by hand, for the oracle and for the product."""

import pytest

from tests.kit.asking import Ask, contract
from tests.oracle.facts.facts import Contract

pytestmark = pytest.mark.quick

YEAR = ("2024-01-01", "2024-12-31")
NEXT = ("2025-01-01", "2025-12-31")


def test_bookings_of_other_periods_do_not_count(ask: Ask) -> None:
    """100 due, 90 booked, 5 of them for the next quarter and 3 for the last: 82 %, not 90 %."""
    contracts = [
        contract("K1", "2024-03-01", "2025-02-28", 82, "c1"),
        contract("N1", "2025-03-01", "2026-02-28", 82, "c1", signed_date="2025-02-20"),
        contract("K2", "2024-03-01", "2025-02-28", 18, "c2", status="lost"),
        contract("K3", "2024-05-01", "2025-04-30", 5, "c3"),
        contract("N3", "2025-05-01", "2026-04-30", 5, "c3", signed_date="2025-03-10"),
        contract("K4", "2024-01-01", "2024-12-31", 3, "c4"),
        contract("N4", "2025-01-20", "2026-01-19", 3, "c4", signed_date="2025-01-15"),
    ]
    row = ask.rates(contracts, "2025-07-31", window=("2025-01-01", "2025-03-31"))["all"]
    assert (row["due_arr"], row["renewed_arr"]) == (pytest.approx(100), pytest.approx(82))
    assert row["net_renewal_rate"] == pytest.approx(0.82)


def year_pair(customer: str, before: float, after: float) -> list[Contract]:
    """One customer's ARR of 2024 and of 2025 (0: not renewed)."""
    first = contract(f"{customer}-24", *YEAR, before, customer, amount_basis="annual")
    again = contract(f"{customer}-25", *NEXT, after, customer, amount_basis="annual")
    return [first, again] if after else [first]


def test_nrr_and_grr_of_the_million(ask: Ask) -> None:
    """1,000,000, churn 25,000, contraction 25,000, expansion 150,000: NRR 110 %, GRR 95 %."""
    contracts = [
        *year_pair("a", 25_000, 0),
        *year_pair("b", 100_000, 75_000),
        *year_pair("c", 500_000, 650_000),
        *year_pair("d", 375_000, 375_000),
    ]
    row = ask.retention(contracts, "2025-12-31")["all"]
    assert (row["opening_customers"], row["kept_customers"]) == (4, 3)
    assert row["opening_arr"] == pytest.approx(1_000_000)
    assert row["arr_now"] == pytest.approx(1_100_000)
    assert row["kept_arr"] == pytest.approx(950_000)
    assert (row["nrr"], row["grr"]) == (pytest.approx(1.1), pytest.approx(0.95))
    assert row["logo_retention"] == pytest.approx(0.75)


def test_gross_and_net_churn(ask: Ask) -> None:
    """Opening 100, churn 10, contraction 10, expansion 10: gross churn 20 %, net churn 10 %."""
    contracts = [*year_pair("a", 10, 0), *year_pair("b", 30, 20), *year_pair("c", 60, 70)]
    row = ask.retention(contracts, "2025-12-31")["all"]
    assert 1 - row["grr"] == pytest.approx(0.2)
    assert 1 - row["nrr"] == pytest.approx(0.1)
    assert ask.moves(contracts, "2025-12-31") == {
        ("2025-01", "all"): {
            "expansion": pytest.approx(10),
            "contraction": pytest.approx(-10),
            "churn": pytest.approx(-10),
        }
    }


def test_one_of_two_products_dropped(ask: Ask) -> None:
    """A customer that drops one of two products contracts; it does not churn."""
    contracts = [
        contract("K1", *YEAR, 100, product="Chat", amount_basis="annual"),
        contract("K2", *YEAR, 40, product="Desk", amount_basis="annual"),
        contract("N1", *NEXT, 100, product="Chat", amount_basis="annual"),
    ]
    assert ask.moves(contracts, "2025-12-31") == {("2025-01", "all"): {"contraction": -40}}
    assert ask.retention(contracts, "2025-12-31")["all"]["logo_retention"] == 1
    assert ask.moves(contracts, "2025-12-31", group_by="product") == {
        ("2025-01", "Desk"): {"churn": -40}
    }


def test_fourteen_days_late(ask: Ask) -> None:
    """A contract 14 days late, grace 60: renewed late, no churn and no new."""
    contracts = [
        contract("K", "2024-01-21", "2025-01-20", 100, amount_basis="annual"),
        contract("N", "2025-02-04", "2026-02-03", 100, amount_basis="annual"),
    ]
    assert ask.outcome(contracts, "2025-12-31") == "renewed_late"
    assert ask.moves(contracts, "2025-12-31") == {}
    rows = ask.rows("arr_movements", contracts, "2025-12-31")
    assert [row["closing"] for row in rows] == [100] * 12


def test_eighty_days_late(ask: Ask) -> None:
    """A contract 80 days late, grace 60: lost, churn, then reactivation."""
    contracts = [
        contract("K", "2024-01-21", "2025-01-20", 100, amount_basis="annual"),
        contract("N", "2025-04-11", "2026-04-10", 100, amount_basis="annual"),
    ]
    assert ask.outcome(contracts, "2025-12-31") == "lost"
    assert ask.moves(contracts, "2025-12-31") == {
        ("2025-01", "all"): {"churn": -100},
        ("2025-04", "all"): {"reactivation": 100},
    }


def test_same_day_end_and_start_is_a_renewal(ask: Ask) -> None:
    """An old contract that ends on the day the new one starts is renewed; ARR stays level."""
    contracts = [
        contract("K", "2024-04-30", "2025-05-31", 100, amount_basis="annual"),
        contract("N", "2025-05-31", "2026-05-30", 100, amount_basis="annual"),
    ]
    assert ask.outcome(contracts, "2025-12-31") == "renewed_on_time"
    assert ask.moves(contracts, "2025-12-31") == {}

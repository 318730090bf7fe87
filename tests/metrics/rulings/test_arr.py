"""Rulings C and E: ARR on a day and its movements, by hand."""

from datetime import date

import pytest

from tests.kit.asking import Ask, contract

pytestmark = pytest.mark.quick

YEAR = ("2024-01-01", "2024-12-31")
NEXT = ("2025-01-01", "2025-12-31")
ALL = ("2024-01-01", None)


def test_c1_a_gap_counts_with_the_old_arr(ask: Ask) -> None:
    """12,000 to 24 January, 18,000 from 8 February: 12,000 on 31 January."""
    contracts = [
        contract("K", "2024-01-25", "2025-01-24", 12_000),
        contract("N", "2025-02-08", "2026-02-07", 18_000),
    ]
    assert ask.moves(contracts, "2025-12-31") == {("2025-02", "all"): {"expansion": 6_000}}


def test_c2_an_overlap_counts_once(ask: Ask) -> None:
    """An early successor takes over from its start: one expansion, no contraction later."""
    contracts = [
        contract("K", *YEAR, 12_000),
        contract("N", "2024-11-15", "2025-12-31", 18_000, amount_basis="annual"),
    ]
    assert ask.moves(contracts, "2025-12-31", window=ALL) == {
        ("2024-01", "all"): {"new": 12_000},
        ("2024-11", "all"): {"expansion": 6_000},
    }


def test_c3_overdue_is_in_force_until_grace_is_over(ask: Ask) -> None:
    """Overdue on 31 January: no churn yet; known lost in March: churn in January, not March."""
    contracts = [contract("K", *YEAR, 100)]
    rows = ask.rows("arr_movements", contracts, "2025-01-31", window=("2025-01-01", None))
    assert [(row["closing"], row["churn"]) for row in rows] == [(100, 0)]
    assert ask.retention(contracts, "2025-01-31")["all"]["arr_now"] == 100
    assert ask.moves(contracts, "2025-03-31") == {("2025-01", "all"): {"churn": -100}}


def test_c4_amount_zero_counts_in_renewals_only(ask: Ask) -> None:
    """A contract of amount 0 is up for renewal, but no customer with ARR."""
    contracts = [contract("K", *YEAR, 0), contract("N", *NEXT, 0)]
    row = ask.rates(contracts, "2025-12-31", window=(None, "2024-12-31"))["all"]
    assert (row["renewed"], row["contract_renewal_rate"]) == (1, 1)
    assert (row["due_arr"], row["net_renewal_rate"], row["gross_renewal_rate"]) == (0, None, None)
    assert ask.retention(contracts, "2025-12-31") == {}
    assert ask.rows("arr_movements", contracts, "2025-12-31") == []


def test_c5_the_past_is_seen_with_what_is_known_at_the_as_of_date(ask: Ask) -> None:
    """A renewal signed 50 days late fills the January that looked open before."""
    contracts = [
        contract("K", *YEAR, 100),
        contract("N", *NEXT, 100, signed_date="2025-02-20"),
    ]
    assert ask.moves(contracts, "2025-12-31") == {}


def test_c6_a_monthly_column_is_monthly_whatever_the_term(ask: Ask) -> None:
    """100 a month for half a year is an ARR of 1,200, as is 1,200 a year and a total of 600."""
    half = ("2024-01-01", "2024-06-30")
    for amount, basis in ((100, "monthly"), (1200, "annual"), (600, "total")):
        row = ask.renewals([contract("K", *half, amount, amount_basis=basis)], "2024-05-01")["K"]
        assert row["arr"] == pytest.approx(1200)


def test_e1_only_months_that_are_over(ask: Ask) -> None:
    """As of 15 December, window to 31 December: November is the last row."""
    contracts = [contract("K", *NEXT)]
    rows = ask.rows("arr_movements", contracts, "2025-12-15", window=("2025-10-01", "2025-12-31"))
    assert [row["month"] for row in rows] == [date(2025, 10, 1), date(2025, 11, 1)]


def test_e1_a_month_belongs_to_the_window_by_its_last_day(ask: Ask) -> None:
    """From 15 March to 30 May: March and April."""
    contracts = [contract("K", *NEXT)]
    rows = ask.rows("arr_movements", contracts, "2025-12-15", window=("2025-03-15", "2025-05-30"))
    assert [row["month"] for row in rows] == [date(2025, 3, 1), date(2025, 4, 1)]


def test_e2_new_is_the_first_month_end_ever(ask: Ask) -> None:
    """A contract inside a month is never seen; back after years is no new customer."""
    contracts = [
        contract("K0", "2021-02-02", "2021-02-20", 100, "c2"),
        contract("K1", "2021-01-01", "2021-12-31", 100),
        contract("N", *NEXT, 100),
        contract("N2", *NEXT, 70, "c2"),
    ]
    assert ask.moves(contracts, "2025-06-30") == {
        ("2025-01", "all"): {"reactivation": 100, "new": 70}
    }


def test_e2_customers_are_those_with_arr_at_the_month_end(ask: Ask) -> None:
    """Two customers in December, one in January."""
    contracts = [contract("K", *YEAR), contract("N", *NEXT), contract("K2", *YEAR, 50, "c2")]
    rows = ask.rows("arr_movements", contracts, "2025-12-31", window=("2024-12-01", "2025-01-31"))
    assert [(row["customers"], row["churn"]) for row in rows] == [(2, 0), (1, -50)]


def test_an_open_ended_contract_stays_and_is_never_due(ask: Ask) -> None:
    """Start and no end: in force from then on, in no renewal."""
    contracts = [contract("K", "2024-03-10", None, 100, amount_basis="monthly")]
    assert ask.renewals(contracts, "2025-12-31") == {}
    assert ask.rates(contracts, "2025-12-31") == {}
    assert ask.moves(contracts, "2025-12-31", window=ALL) == {("2024-03", "all"): {"new": 1200}}
    assert ask.retention(contracts, "2025-12-31")["all"]["nrr"] == 1


def test_an_open_ended_contract_succeeds(ask: Ask) -> None:
    """A yearly contract that goes on without an end is renewed."""
    contracts = [contract("K", *YEAR, 1200), contract("N", "2025-01-01", None, 1200)]
    assert ask.renewals(contracts, "2025-12-31")["K"]["successor_id"] == "N"
    assert ask.moves(contracts, "2025-12-31") == {}


def test_an_open_ended_contract_makes_way_for_the_one_that_names_it(ask: Ask) -> None:
    """Open-ended, then a yearly contract naming it: the old one ends the day before (C2)."""
    contracts = [
        contract("K", "2024-03-10", None, 100, amount_basis="monthly"),
        contract("N", "2025-03-01", "2026-02-28", 1500, previous_contract_id="K"),
    ]
    assert ask.moves(contracts, "2025-12-31") == {("2025-03", "all"): {"expansion": 300}}


@pytest.mark.parametrize("as_of", ["2025-06-30", "2025-10-31"])
def test_b8_an_open_ended_contract_is_in_force_to_its_termination(ask: Ask, as_of: str) -> None:
    """Marked terminated on 2025-09-30: in force to that day, whatever the as-of date."""
    ends = contract("K", "2024-03-10", None, status="terminated", ended_on="2025-09-30")
    found = ask.moves([ends], as_of, window=ALL)
    churned = {("2025-10", "all"): {"churn": -1200}} if as_of > "2025-09-30" else {}
    assert found == {("2024-03", "all"): {"new": 1200}} | churned


def test_a_mark_without_a_day_leaves_no_open_ended_arr(ask: Ask) -> None:
    """Open-ended and lost on a day nobody wrote down: no day can be called in force."""
    open_ended = ("K", "2024-03-10", None)
    for ended in (contract(*open_ended, status="lost"), contract(*open_ended, outcome="lost")):
        assert ask.rows("arr_movements", [ended], "2025-12-31", window=ALL) == []

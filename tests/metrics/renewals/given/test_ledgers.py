"""Renewal ledgers and status tables: a given outcome wins over any inference."""

from typing import Any

import pytest

from tests.kit.asking import Ask, contract
from tests.oracle.facts.facts import Contract

YEAR = ("2024-01-01", "2024-12-31")
NEXT = ("2025-01-01", "2025-12-31")


def line(outcome: str | None, **more: Any) -> Contract:
    """Write one line of a ledger: due 2024-12-31, amount 100."""
    return contract("K", None, "2024-12-31", 100, outcome=outcome, **more)


@pytest.mark.parametrize(
    ("outcome", "as_of", "expected"),
    [
        ("renewed", "2025-01-01", "renewed_on_time"),
        ("renewed", "2024-12-31", "due"),  # imported today, which is later
        ("lost", "2024-12-31", "due"),
        ("lost", "2025-01-01", "lost"),
        ("undecided", "2024-12-31", "due"),
        ("undecided", "2025-01-01", "overdue"),
        ("undecided", "2026-01-01", "overdue"),
        (None, "2026-01-01", "lost"),
    ],
)
def test_outcome_of_a_ledger_line(ask: Ask, outcome: str | None, as_of: str, expected: str) -> None:
    """A given outcome counts from the end on; undecided stays open however long."""
    assert ask.outcome([line(outcome)], as_of) == expected


def test_renewed_ahead_of_its_end_is_early(ask: Ask) -> None:
    """A ledger of today that says renewed for an end date far ahead: renewed early."""
    ahead = contract("K", None, "2041-12-31", 100, outcome="renewed")
    assert ask.outcome([ahead], "2040-01-01") == "renewed_early"


def test_the_renewed_amount_is_the_successors(ask: Ask) -> None:
    """Given: 80 of 100; not given: as before. Without start a total is a year's."""
    row = ask.renewals([line("renewed", renewed_amount=80.0)], "2025-06-30")["K"]
    assert (row["arr"], row["successor_arr"], row["successor_id"]) == (100, 80, None)
    assert ask.renewals([line("renewed")], "2025-06-30")["K"]["successor_arr"] == 100
    monthly = line("renewed", renewed_amount=80.0, amount_basis="monthly")
    assert ask.renewals([monthly], "2025-06-30")["K"]["successor_arr"] == pytest.approx(960)


def test_a_ledger_line_has_no_arr_on_a_day(ask: Ask) -> None:
    """Without a start there is no time in force: rates only."""
    assert ask.rows("arr_movements", [line("renewed")], "2025-01-31") == []
    assert ask.retention([line("renewed")], "2025-06-30") == {}


def test_a_given_loss_wins_over_a_successor(ask: Ask) -> None:
    """The ledger says no, a later contract starts in time: lost all the same."""
    contracts = [line("lost"), contract("N", *NEXT, 100)]
    assert ask.outcome(contracts, "2025-06-30") == "lost"


def test_a_given_loss_waits_for_the_end(ask: Ask) -> None:
    """Before the end a "no" does not count yet (B8): the signed successor does."""
    contracts = [line("lost"), contract("N", *NEXT, 100, signed_date="2024-12-01")]
    assert ask.outcome(contracts, "2024-12-31") == "renewed_early"
    assert ask.outcome(contracts, "2025-01-01") == "lost"


def test_a_mark_decides_what_is_undecided(ask: Ask) -> None:
    """A blank in the ledger beside the status "terminated", or a day of termination: lost."""
    assert ask.outcome([line("undecided", status="terminated")], "2025-01-01") == "lost"
    assert ask.outcome([line("undecided", ended_on="2024-11-30")], "2024-12-01") == "lost"


def test_a_successor_decides_what_is_undecided(ask: Ask) -> None:
    """Undecided, and a contract follows in time: renewed, with that contract's ARR."""
    contracts = [line("undecided"), contract("N", "2025-01-20", "2026-01-19", 130)]
    row = ask.renewals(contracts, "2025-06-30")["K"]
    assert (row["outcome"], row["successor_id"]) == ("renewed_late", "N")
    assert row["successor_arr"] == pytest.approx(130)


TABLE = [
    contract("S1", None, None, 70, "c1", amount_basis="monthly", outcome="renewed"),
    contract("S2", None, None, 30, "c2", amount_basis="monthly", outcome="lost"),
    contract("S3", None, None, 20, "c3", amount_basis="monthly", outcome="undecided"),
]


def test_a_status_table_gives_rates_without_a_window(ask: Ask) -> None:
    """Kept against lost by segment: 1 of 2 renewed, 840 of 1,200; the blank one is overdue."""
    row = ask.rates(TABLE, "2025-06-30")["all"]
    assert [row[name] for name in ("contracts", "renewed", "lost", "overdue")] == [3, 1, 1, 1]
    assert row["renewed_on_time"] == 1
    assert (row["due_arr"], row["renewed_arr"]) == (pytest.approx(1200), pytest.approx(840))
    assert set(ask.rates(TABLE, "2025-06-30", group_by="month")) == {"unknown"}
    assert set(ask.rates(TABLE, "2025-06-30", group_by="quarter")) == {"unknown"}
    assert ask.rates(TABLE, "2025-06-30", window=("2000-01-01", None)) == {}


def test_a_status_table_has_no_days(ask: Ask) -> None:
    """Listed without a window and without days; not at all in one; no ARR on a day."""
    found = ask.renewals(TABLE, "2025-06-30")
    assert {row["days_left"] for row in found.values()} == {None}
    assert {row["end_date"] for row in found.values()} == {None}
    assert ask.renewals(TABLE, "2025-06-30", window=(None, "2030-01-01")) == {}
    assert ask.rows("arr_movements", TABLE, "2025-06-30") == []
    assert ask.retention(TABLE, "2025-06-30") == {}


def test_b8_a_status_table_waits_for_the_day_of_termination(ask: Ask) -> None:
    """Lost with a day of its own: open before that day, lost from it."""
    ends = [contract("K", None, None, outcome="lost", ended_on="2025-06-30")]
    assert ask.outcome(ends, "2025-06-29") == "overdue"
    assert ask.outcome(ends, "2025-06-30") == "lost"

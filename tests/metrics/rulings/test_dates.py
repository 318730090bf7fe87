"""Rulings A: dates and the as-of date, by hand."""

from datetime import date

import pytest

from tests.kit.asking import Ask, contract
from tests.oracle.facts.facts import Settings

pytestmark = pytest.mark.quick

YEAR = ("2024-01-01", "2024-12-31")


def test_a1_the_day_after_becomes_the_last_day(ask: Ask) -> None:
    """2024-01-01 to 2025-01-01 ends on 2024-12-31: in the window, the columns and the quarter."""
    contracts = [contract("K", "2024-01-01", "2025-01-01", 1200)]
    row = ask.renewals(contracts, "2024-12-01", window=(None, "2024-12-31"))["K"]
    assert (row["end_date"], row["days_left"], row["arr"]) == (date(2024, 12, 31), 30, 1200)
    assert ask.renewals(contracts, "2024-12-01", window=("2025-01-01", None)) == {}
    assert ask.renewals(contracts, "2025-02-01")["K"]["days_left"] == -32
    assert set(ask.rates(contracts, "2024-12-01", group_by="quarter")) == {"2024-Q4"}


@pytest.mark.parametrize(
    ("start", "end", "amount", "last", "arr"),
    [
        ("2024-01-10", "2024-01-10", 12, "2024-01-10", 4464),  # one day: 1/31 of a month
        ("2024-01-31", "2024-04-30", 94, "2024-04-30", 372),  # 3 + 1/31: no clamped day number
        ("2023-08-07", "2024-12-18", 508, "2024-12-18", 372),  # A5: 16 + 12/31
        ("2024-01-31", "2024-02-29", 32, "2024-02-29", 372),  # A5: 1 + 1/31
        ("2024-02-29", "2025-02-28", 349, "2025-02-28", 349),  # M16: a year
        ("2024-01-01", "2024-12-31", 372, "2024-12-31", 372),
        ("2024-01-01", "2025-01-01", 372, "2024-12-31", 372),
    ],
)
def test_a2_a5_last_day_and_term(
    ask: Ask, start: str, end: str, amount: float, last: str, arr: float
) -> None:
    """Terms are whole months and the rest as a share of its month; ARR is amount x 12 / term."""
    row = ask.renewals([contract("K", start, end, amount)], "2025-06-30")["K"]
    assert row["arr"] == pytest.approx(arr)
    assert row["end_date"] == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("start", "outcome"),
    [
        ("2024-06-16", "lost"),  # 91 days before the day after the end
        ("2024-06-17", "renewed_on_time"),
        ("2024-09-15", "renewed_on_time"),
        ("2024-11-14", "renewed_late"),  # 60 days after it
        ("2024-11-15", "lost"),
    ],
)
def test_a3_successors_start_in_time(ask: Ask, start: str, outcome: str) -> None:
    """A successor starts 90 days before to 60 days after the day after the end."""
    contracts = [contract("K", "2023-09-15", "2024-09-14"), contract("N", start, "2025-11-30")]
    assert ask.outcome(contracts, "2025-06-30") == outcome


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        ("2024-09-14", "due"),  # A8: in force on its last day
        ("2024-09-15", "overdue"),
        ("2024-11-14", "overdue"),
        ("2024-11-15", "lost"),
    ],
)
def test_a3_a8_grace_runs_60_days_from_the_day_after(ask: Ask, as_of: str, outcome: str) -> None:
    """Due on the last day, overdue to E + 60, lost from E + 61."""
    assert ask.outcome([contract("K", "2023-09-15", "2024-09-14")], as_of) == outcome


def test_a3_without_grace_the_next_day_is_a_renewal(ask: Ask) -> None:
    """With grace 0 a start on the day after the end still renews, a day later does not."""
    none = Settings(grace_days=0)
    for start, outcome in (("2025-01-01", "renewed_on_time"), ("2025-01-02", "lost")):
        contracts = [contract("K", *YEAR), contract("N", start, "2025-12-31")]
        found = ask.renewals(contracts, "2025-06-30", settings=none)
        assert found["K"]["outcome"] == outcome


@pytest.mark.parametrize(
    ("start", "signed", "outcome"),
    [
        ("2025-01-01", None, "renewed_on_time"),
        ("2025-01-02", None, "renewed_late"),
        ("2025-01-20", "2025-01-01", "renewed_on_time"),
        ("2025-01-01", "2025-01-02", "renewed_late"),
    ],
)
def test_a4_on_time_is_by_the_day_after(
    ask: Ask, start: str, signed: str | None, outcome: str
) -> None:
    """On time when signed, or else started, not after the day after the end."""
    contracts = [contract("K", *YEAR), contract("N", start, "2025-12-31", signed_date=signed)]
    assert ask.outcome(contracts, "2025-06-30") == outcome


def test_a6_backdated_paper_is_unknown_before_it_is_signed(ask: Ask) -> None:
    """Started 1 March, signed 20 March: unknown on 10 March."""
    backdated = contract("K", "2025-03-01", "2026-02-28", signed_date="2025-03-20")
    assert ask.outcome([backdated], "2025-03-19") is None
    assert ask.outcome([backdated], "2025-03-20") == "due"


def test_a6_a_later_start_is_known_once_imported(ask: Ask) -> None:
    """Unsigned and not started: unknown in the past, known from the day of the import."""
    past = [contract("K", "2025-03-01", "2026-02-28")]
    assert ask.outcome(past, "2025-02-28") is None
    ahead = [contract("K", "2041-03-01", "2042-02-28")]
    assert ask.outcome(ahead, date.today().isoformat()) == "due"


def test_a8_renewed_on_its_last_day_is_early(ask: Ask) -> None:
    """A contract that ends on A and has a signed successor is renewed early."""
    successor = contract("N", "2025-01-01", "2025-12-31", signed_date="2024-12-30")
    contracts = [contract("K", *YEAR), successor]
    assert ask.outcome(contracts, "2024-12-31") == "renewed_early"
    assert ask.outcome(contracts, "2025-01-01") == "renewed_on_time"
    assert ask.outcome(contracts, "2024-12-29") == "due"


def test_a9_the_opening_day_is_clamped(ask: Ask) -> None:
    """12 months before 29 February is 28 February."""
    ends = contract("K", "2022-03-01", "2023-02-28", 120)
    assert ask.retention([ends], "2024-02-29")["all"]["opening_arr"] == pytest.approx(120)
    starts = contract("K", "2023-03-01", "2024-02-29", 120)
    assert ask.retention([starts], "2024-02-29") == {}


def test_a9_e1_without_a_window_the_last_12_full_months(ask: Ask) -> None:
    """As of mid June: June 2024 to May 2025; the running month is not shown."""
    contracts = [contract("K", "2023-01-01", "2026-12-31")]
    rows = ask.rows("arr_movements", contracts, "2025-06-15")
    assert [row["month"] for row in rows][:: len(rows) - 1] == [date(2024, 6, 1), date(2025, 5, 1)]
    assert len(rows) == 12
    rows = ask.rows("arr_movements", contracts, "2025-06-30")
    assert (rows[0]["month"], rows[-1]["month"]) == (date(2024, 7, 1), date(2025, 6, 1))

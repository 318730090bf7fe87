"""A matrix of months: movements, retention and ARR follow, nothing is due (M28)."""

from datetime import date, timedelta

import pytest

from tests.kit.asking import Ask, contract
from tests.oracle.facts.facts import Contract

pytestmark = pytest.mark.quick


def months(customer: str, first: str, *amounts: float) -> list[Contract]:
    """Write what a row of a matrix says, month by month."""
    year, month = map(int, first.split("-"))
    found = []
    for place, amount in enumerate(amounts):
        at = month - 1 + place
        start = date(year + at // 12, at % 12 + 1, 1)
        end = date(year + (at + 1) // 12, (at + 1) % 12 + 1, 1) - timedelta(days=1)
        days = (start.isoformat(), end.isoformat())
        found.append(
            contract(f"{customer}{place}", *days, amount, customer=customer, amount_basis="month")
        )
    return found


GIVEN = [
    *months("Ada", "2024-01", 100, 100, 150, 150, 150, 150),
    *months("Bo", "2024-01", 80, 80, 80, 0, 0, 40),
    *months("Cy", "2024-01", 0, 0, 50, 50, 0, 0),
]


def test_m28_movements_follow_the_months(ask: Ask) -> None:
    """New, more, less, gone and back, each in its month and as a yearly value."""
    moved = ask.moves(GIVEN, "2024-06-30", window=("2024-01-01", "2024-06-30"))
    assert moved == {
        ("2024-01", "all"): {"new": 2160},
        ("2024-03", "all"): {"expansion": 600, "new": 600},
        ("2024-04", "all"): {"churn": -960},
        ("2024-05", "all"): {"churn": -600},
        ("2024-06", "all"): {"reactivation": 480},
    }


@pytest.mark.parametrize("as_of", ["2024-03-31", "2024-06-30", "2024-09-30", "2025-06-30"])
def test_m28_nothing_is_ever_due(ask: Ask, as_of: str) -> None:
    """Neither runs that ended nor those that go on are renewed, lost or overdue."""
    assert ask.renewals(GIVEN, as_of) == {}


def test_m28_who_pays_in_the_last_month_still_runs(ask: Ask) -> None:
    """A file that ends in June is no churn in July; retention counts who was there and left."""
    window = ("2024-01-01", "2025-06-30")
    moved = ask.moves(GIVEN, "2025-06-30", window=window)
    assert max(moved) == ("2024-06", "all")
    kept = ask.retention(GIVEN, "2025-03-31")["all"]
    assert (kept["opening_customers"], kept["kept_customers"]) == (3, 2)
    assert (kept["opening_arr"], kept["kept_arr"]) == (12 * 280, 12 * 190)


def test_m28_a_contract_beside_is_due_all_the_same(ask: Ask) -> None:
    """A run of months renews no contract, and no contract a run."""
    beside = contract("K", "2023-04-01", "2024-03-31", 1000, customer="Cy")
    found = ask.renewals([*GIVEN, beside], "2024-06-30")
    assert {key: row["outcome"] for key, row in found.items()} == {"K": "lost"}

"""Ruling M20: an age enters the curve when nobody of the cohort is overdue at it."""

from datetime import date

import pytest

from tend.view import View
from tests.kit.asking import contract
from tests.kit.product import Product
from tests.kit.samples.value import CALCULATED, curve_differences
from tests.oracle.facts.company import Company
from tests.oracle.value.value import Book

pytestmark = pytest.mark.quick
# How many years each of twelve customers stays, from 2021 on; one has a second contract beside.
STAYS = (1, 1, 2, 2, 3, 3, 5, 5, 5, 5, 5, 5)


def company(*, undecided: int, beside: bool = False) -> Company:
    """Give a cohort of 2021 of whom so many wait for a renewal at the beginning of 2025."""
    contracts = [
        contract(
            f"K{number}-{year}", f"{2021 + year}-01-01", f"{2021 + year}-12-31", 100, f"c{number}"
        )
        for number, years in enumerate(STAYS)
        for year in range(years)
        if year < 4 or number >= len(STAYS) - 6 + undecided
    ]
    if beside:
        for number in range(6, 6 + undecided):
            contracts.append(
                contract(f"B{number}", "2024-06-01", "2025-05-31", 10, f"c{number}", product="Desk")
            )
            contracts = [
                one
                if one.contract_id != f"K{number}-3"
                else contract(
                    *(one.contract_id, "2024-01-01", "2024-12-31", 100, f"c{number}"),
                    product="Chat",
                )
                for one in contracts
            ]
    return Company(contracts)


@pytest.mark.parametrize(
    ("day", "undecided", "beside", "ages"),
    [
        (date(2025, 2, 1), 0, False, 4),
        (date(2025, 2, 1), 2, False, 3),  # in grace: nobody knows yet
        (date(2025, 2, 1), 2, True, 4),  # there in any case, by another contract
        (date(2025, 3, 10), 2, False, 4),  # grace is over, they are lost
        (date(2024, 12, 31), 2, False, 3),  # the age is not reached
    ],
    ids=str,
)
def test_an_age_with_somebody_overdue_is_not_fitted(
    product: Product, day: date, undecided: int, beside: bool, ages: int
) -> None:
    """The age is listed with those that wait; the curve goes to the one before."""
    found = company(undecided=undecided, beside=beside)
    [row] = product(found, "retention_curve", View(day))
    assert row["ages"] == ages
    rows = product(found, "cohort_retention", View(day))
    waiting = [one["overdue_customers"] for one in rows]
    assert sum(waiting) == (undecided if len(rows) - 1 > ages else 0)
    assert curve_differences([row], CALCULATED["retention_curve"](Book(found), View(day))) == []
    drawn = product(found, "cohort_curves", View(day))
    assert [one["age"] for one in drawn] == list(range(len(rows) + 5))
    assert [one["kept_customers"] for one in drawn][: len(rows)] == [
        r["kept_customers"] for r in rows
    ]

"""Worked cases of value, and odd portfolios: each number by hand, none of them infinite."""

from collections.abc import Sequence
from datetime import date
from math import isfinite

import pytest

from tend.queries import asking
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.asking import Row, contract
from tests.kit.product import Product
from tests.kit.samples.value import CALCULATED, NOTHING
from tests.oracle.facts.company import Company
from tests.oracle.facts.facts import Contract, Customer

AS_OF = date(2026, 6, 30)
VALUE = sorted(CALCULATED)


def yearly(name: str, *years: int, amount: float = 1200, **more: str) -> list[Contract]:
    """Give a customer's contracts of whole calendar years."""
    return [
        contract(f"{name}-{y}", f"{y}-01-01", f"{y}-12-31", amount, customer=name, **more)
        for y in years
    ]


ODD: dict[str, list[Contract]] = {
    "no losses": [*yearly("a", 2023, 2024, 2025, 2026), *yearly("b", 2024, 2025, 2026)],
    "one customer": yearly("a", 2024, 2025, 2026),
    "one lost customer": yearly("a", 2022),
    "nothing paid": [*yearly("a", 2024, 2025, amount=0), *yearly("b", 2023, amount=0)],
    "credits": [*yearly("a", 2024, 2025, 2026), *yearly("b", 2025, 2026, amount=-300)],
    "credits alone": yearly("a", 2024, 2025, 2026, amount=-300),
    "open-ended": [contract("o", "2023-05-01", None, 1200, "a"), *yearly("b", 2024)],
}


def ask(
    product: Product, name: str, contracts: Sequence[Contract], *customers: Customer, **more: str
) -> list[Row]:
    """Give a query's rows at the as-of date."""
    view = View(AS_OF, group_by=more.get("group_by"))
    return product(Company(contracts, customers), name, view, **NOTHING.get(name, {}))


@pytest.mark.parametrize("name", VALUE)
@pytest.mark.parametrize("kind", ODD)
def test_odd_portfolios_give_finite_numbers(product: Product, kind: str, name: str) -> None:
    """No losses, one customer, nothing paid, credits, open-ended: never infinite, never NaN."""
    for row in ask(product, name, ODD[kind]):
        numbers = [value for value in row.values() if isinstance(value, float)]
        assert all(map(isfinite, numbers)), row


@pytest.mark.parametrize("name", VALUE)
def test_an_empty_workspace_gives_no_rows(workspace: Workspace, name: str) -> None:
    """Nothing imported: nothing listed (L4)."""
    assert asking.run(workspace, name, View(AS_OF), **NOTHING.get(name, {})).to_pylist() == []


def test_without_losses_a_lifetime_is_more_than_n_years(product: Product) -> None:
    """Nobody lost: no lifetime, but at least the years that one loss would have made (E5)."""
    [row] = ask(product, "lifetime_value", ODD["no losses"])
    assert (row["lifetime_years"], row["ltv"], row["ltv_cac"]) == (None, None, None)
    assert (row["logo_renewal_rate"], row["at_least_years"]) == (1, 2)


def test_seventy_per_cent_is_three_years_and_a_third(product: Product) -> None:
    """7 of 10 renew: 3.3 years; 1200 x 0.8 x 3.33 = 3200 against a cost of 1600 is 2 (E4, E5)."""
    contracts = [c for n in range(7) for c in yearly(f"a{n}", 2025, 2026)]
    contracts += [c for n in range(3) for c in yearly(f"b{n}", 2025)]
    customers = [Customer("a0", acquisition_cost=1000), Customer("a1", acquisition_cost=2200)]
    customers.append(Customer("b0", acquisition_cost=9e9))
    [row] = ask(product, "lifetime_value", contracts, *customers)
    assert row["lifetime_years"] == pytest.approx(10 / 3)
    assert (row["ltv"], row["cac"]) == (pytest.approx(3200), 1600)
    assert row["ltv_cac"] == pytest.approx(2)
    assert row["point_value"] == pytest.approx(84)  # one in a hundred of seven times 1200, a year


def test_the_largest_fifth_is_rounded_up(product: Product) -> None:
    """Of six customers two make the top; 600 + 100 of 1,100 and five for 80 % (E3)."""
    amounts = [600, 100, 100, 100, 100, 100]
    contracts = [c for n, a in enumerate(amounts) for c in yearly(f"c{n}", 2026, amount=a)]
    [row] = ask(product, "concentration", contracts)
    assert row["top_20_percent_share"] == pytest.approx(700 / 1100)
    assert row["customers_for_80_percent"] == 4  # 600 + 3 x 100 = 900 of 880
    assert row["largest_share"] == pytest.approx(600 / 1100)
    exact = [c for n, a in enumerate([80, 20]) for c in yearly(f"d{n}", 2026, amount=a)]
    [row] = ask(product, "concentration", exact)
    assert row["customers_for_80_percent"] == 1  # at 80 % is enough


def test_one_off_amounts_count_only_to_date(product: Product) -> None:
    """A training is in the sum of amounts, and in no ARR, months or cohort (B12, E6)."""
    training = contract("t", "2022-03-01", "2022-03-31", 500, "a", contract_type="Training")
    ahead = contract("n", "2027-01-01", "2027-12-31", 1200, "a", import_day=date(2026, 1, 1))
    [row] = ask(product, "customer_values", [*yearly("a", 2025, 2026), training, ahead])
    assert (row["contracted_to_date"], row["arr"], row["months"]) == (2900, 1200, 17)
    cohorts = ask(product, "cohort_retention", [*yearly("a", 2025, 2026), training])
    assert [(r["cohort"], r["age"]) for r in cohorts] == [("2025", 0), ("2025", 1)]


def test_months_end_with_the_last_day_in_force(product: Product) -> None:
    """Gone in 2024: whole months from the first start to its last day in force (E6)."""
    rows = ask(product, "customer_values", [*yearly("a", 2023, 2024), *yearly("b", 2026)])
    assert {row["customer_id"]: row["months"] for row in rows} == {"a": 23, "b": 5}


def test_an_age_is_shown_once_all_have_reached_it(product: Product) -> None:
    """One began in January, one in December 2023: in June 2026 age 2 is the last (F2)."""
    late = contract("l", "2023-12-15", "2026-12-14", 3600, "b")
    rows = ask(product, "cohort_retention", [*yearly("a", 2023, 2024), late])
    assert [(r["age"], r["customers"], r["kept_customers"]) for r in rows] == [
        (0, 2, 2),
        (1, 2, 2),
        (2, 2, 1),
    ]


def test_growth_never_hides_a_loss_in_a_cohort(product: Product) -> None:
    """100 -> 150 beside 100 -> 50: kept is 150 of 200, not 200 (F3)."""
    up = [*yearly("a", 2024, amount=100), *yearly("a", 2025, 2026, amount=150)]
    down = [*yearly("b", 2024, amount=100), *yearly("b", 2025, 2026, amount=50)]
    row = ask(product, "cohort_retention", up + down)[1]
    assert (row["arr"], row["kept_arr"], row["arr_now"]) == (200, 150, 200)


def test_a_product_changed_is_churn_in_one_and_new_in_the_other(product: Product) -> None:
    """Segments by product are restricted first (D6)."""
    contracts = [*yearly("a", 2025, product="Base"), *yearly("a", 2026, product="Suite")]
    rows = ask(product, "concentration", contracts, group_by="product")
    assert [(row["segment"], row["arr"]) for row in rows] == [("Suite", 1200)]


def test_stages_of_life(product: Product) -> None:
    """Each stage by a customer of its own."""
    contracts = [
        *yearly("lost", 2024),
        contract("o", "2025-05-01", "2026-04-30", 1200, "overdue"),
        contract("n", "2026-05-01", "2027-04-30", 1200, "new"),
        contract("w", "2026-03-01", "2027-02-28", 1200, "waiting"),
        contract("l", "2026-01-01", "2026-12-31", 1200, "live"),
        contract("r", "2025-09-01", "2026-08-31", 1200, "ending"),
        *yearly("back", 2023),
        contract("b", "2026-02-01", "2027-01-31", 1200, "back"),
        *yearly("served", 2025, 2026),
    ]
    customers = [
        Customer("waiting", go_live_date=date(2026, 8, 1)),
        Customer("live", go_live_date=date(2026, 4, 15)),
        Customer("ending", go_live_date=date(2025, 10, 1)),
    ]
    rows = ask(product, "lifecycle", contracts, *customers)
    assert {row["stage"]: row["customers"] for row in rows} == {
        "onboarding": 2,
        "adopting": 1,
        "serving": 1,
        "renewing": 1,
        "overdue": 1,
        "won_back": 1,
        "lost": 1,
    }


def test_the_quick_ratio_needs_a_loss(product: Product) -> None:
    """Won / lost of the period; nothing lost, no ratio (never infinite)."""
    contracts = [*yearly("a", 2025, amount=100), *yearly("b", 2026, amount=300)]
    rows = {row["period"]: row for row in ask(product, "arr_periods", contracts)}
    assert rows["2026-01"]["quick_ratio"] == 3
    assert rows["2026-02"]["quick_ratio"] is None
    assert rows["2026-06"]["mrr"] == 25

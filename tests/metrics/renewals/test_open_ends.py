"""How many contracts can fall due at all (M19): counted by hand, and by the oracle's deals."""

from datetime import date

import pytest

from tend.view import View
from tests.kit.asking import contract
from tests.kit.product import Product
from tests.oracle.facts.company import Company
from tests.oracle.facts.facts import Contract

DAY = date(2025, 6, 30)
DATED = contract("K", "2025-01-01", "2025-12-31")
OPEN = [contract(f"O{n}", "2024-01-01", None, customer=f"c{n}") for n in range(2)]


@pytest.mark.parametrize(
    ("contracts", "wanted"),
    [
        ([DATED, *OPEN], (3, 2, True)),
        ([DATED, OPEN[0]], (2, 1, False)),
        ([DATED, *OPEN, contract("T", "2024-01-01", None, contract_type="试用")], (3, 2, True)),
        ([contract("U", None, None, outcome="renewed")], None),
    ],
)
def test_open_ends(
    product: Product, contracts: list[Contract], wanted: tuple[int, int, bool] | None
) -> None:
    """Recurring contracts with a start, and those without an end."""
    company = Company(contracts)
    deals = [deal for deal in company.deals(DAY) if deal.fact.start_date]
    counted = (len(deals), sum(deal.last is None for deal in deals))
    rows = product(company, "open_ends", View(DAY))
    assert [tuple(row.values()) for row in rows] == ([wanted] if wanted else [])
    assert counted == (wanted[:2] if wanted else (0, 0))

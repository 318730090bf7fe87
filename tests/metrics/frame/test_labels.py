"""Labels that differ in case or width only are one segment, written as most rows write it (M29)."""

from datetime import date

import pytest

from tend.view import View
from tests.kit.asking import contract
from tests.kit.product import Product
from tests.oracle.facts.company import Company
from tests.oracle.facts.facts import Customer

WRITTEN = ("west", "West", "Ｗest", "West", "east", "East", "unknown", None, "all")
CUSTOMERS = [
    Customer(f"c{n}", "Acme", region=label, extra={"Zone": label} if label else {})
    for n, label in enumerate(WRITTEN)
]
CONTRACTS = [
    contract(f"K{n}", "2025-01-01", "2025-12-31", 1200, f"c{n}", product=label)
    for n, label in enumerate(WRITTEN)
]
COMPANY = Company(CONTRACTS, CUSTOMERS)
DAY = View(date(2025, 6, 30))


@pytest.mark.parametrize("dimension", ["region", "product", "Zone"])
def test_one_segment_of_all_spellings(product: Product, dimension: str) -> None:
    """Most rows decide how it is written, of a tie the signs; a missing one is unknown (D4)."""
    rows = product(COMPANY, "renewal_rates", DAY.grouped(dimension))
    counts = {row["segment"]: row["contracts"] for row in rows}
    assert counts == {"West": 4, "East": 2, "unknown": 2, "all": 1}


@pytest.mark.parametrize("asked", ["West", "west", "Ｗest", "ＷEST"])
@pytest.mark.parametrize("dimension", ["region", "product", "Zone"])
def test_a_filter_finds_all_spellings(product: Product, dimension: str, asked: str) -> None:
    """However it is asked for, the list has the rows that the segment counts."""
    chosen = View(DAY.as_of, filters=((dimension, (asked,)),))
    rows = product(COMPANY, "renewals", chosen)
    assert [row["contract_id"] for row in rows] == ["K0", "K1", "K2", "K3"]


def test_a_cell_stays_as_it_stands(product: Product) -> None:
    """The row that a source leads to says what its file says."""
    product(COMPANY, "renewals", DAY)
    with product.workspace.cursor() as cursor:
        cells = cursor.execute(
            "select region from rows_customers where customer_id like 'c%'"
            " and import_id = (select max(import_id) from rows_customers) order by row_no"
        ).fetchall()
    assert [cell for (cell,) in cells] == list(WRITTEN)

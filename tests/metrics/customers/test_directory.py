"""Who can be found as of a day: the directory against the contracts of the workbook."""

from collections import Counter
from datetime import date

import pytest

from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.comparing import differences
from tests.kit.product import Product
from tests.kit.samples.health import Sample
from tests.oracle.facts.company import Company, by_customer
from tests.oracle.facts.days import last_day
from tests.oracle.facts.facts import Contract, Customer
from tests.oracle.renewals.known import is_known, is_signed

Row = dict[str, object]


def directory(company: Company, day: date) -> list[Row]:
    """Give the rows from the facts themselves: known customers, then known contracts."""
    deals = company.deals(day)
    arr = Counter({deal.fact.contract_id: deal.arr_on(day) for deal in deals})
    paid = {name: sum(d.arr_on(day) for d in own) for name, own in by_customer(deals).items()}
    begun = {c.customer_id: False for c in company.contracts}
    begun |= {c.customer_id: True for c in company.contracts if is_known(c, day)}

    def row(customer_id: str, **of: object) -> Row:
        known = company.customer(customer_id)
        name = company.name(customer_id)
        nothing = {"contract_id": "", "contract_no": None, "end_date": None}
        return {"customer_id": customer_id, "customer_name": name, "csm": known.csm} | nothing | of

    rows = [
        row(one.customer_id, arr=paid.get(one.customer_id, 0.0))
        for one in company.customers
        if begun.get(one.customer_id, True)
    ]
    for one in company.contracts:
        if is_known(one, day) and is_signed(one, company.settings):
            numbers = {"contract_id": one.contract_id, "contract_no": one.contract_id}
            own = numbers | {
                "end_date": last_day(one.start_date, one.end_date),
                "arr": arr[one.contract_id],
            }
            rows.append(row(one.customer_id, **own))
    return rows


@pytest.mark.parametrize("day", [UNTIL, date(2024, 1, 15)], ids=str)
def test_every_customer_and_contract(english: Sample, day: date) -> None:
    """All that is known by then and nothing else; customers first, of each kind the largest."""
    found = english.rows("directory", View(day))
    wanted = directory(english.health.company, day)
    assert differences("directory", found, wanted) == []
    order = [(row["contract_id"] != "", -row["arr"]) for row in found]
    assert order == sorted(order)


def test_who_is_signed_later_is_not_there_yet(product: Product) -> None:
    """A customer whose contracts all come later is not known; one without any contract is."""
    later = Contract("K-later", "later", date(2027, 1, 1), date(2027, 12, 31), 1200.0)
    company = Company([later], [Customer("later"), Customer("listed")])
    for day, there in ((date(2025, 6, 30), {"listed"}), (date(2027, 6, 30), {"later", "listed"})):
        found = product(company, "directory", View(day))
        assert {row["customer_id"] for row in found} - {"nobody"} == there

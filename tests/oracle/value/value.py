"""What customers are worth, a second time: value, concentration, lifetime, goals and stages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil, fsum

from tend.view import View
from tests.oracle.facts.company import Company
from tests.oracle.facts.days import term_months
from tests.oracle.facts.facts import Contract
from tests.oracle.facts.signals import Signals
from tests.oracle.health.standings import Health
from tests.oracle.renewals.contracts import deal_of
from tests.oracle.renewals.known import is_known, is_signed
from tests.oracle.renewals.rates import Row, ratio, renewal_rates
from tests.oracle.value.lives import Life, by_segment, in_year_to, lives, whole_months, year_before

MARGIN, HOURLY, DISCOUNT = 0.8, 300.0, 0.1


@dataclass(frozen=True)
class Effort:
    """Hours of one contact."""

    customer_id: str
    day: date
    hours: float | None


@dataclass(frozen=True)
class Book:
    """A company with its signals, its health and the hours spent on it."""

    company: Company
    signals: Signals = field(default_factory=Signals)
    health: Health | None = None
    efforts: Sequence[Effort] = ()

    def hours(self, as_of: date) -> dict[str, float] | None:
        """Give the hours of the last 12 months by customer; None where no file has any (J3)."""
        if not any(one.hours is not None and one.day <= as_of for one in self.efforts):
            return None
        found: dict[str, float] = {}
        for one in self.efforts:
            if in_year_to(one.day, as_of):
                found[one.customer_id] = found.get(one.customer_id, 0.0) + (one.hours or 0.0)
        return found

    def tier(self, customer_id: str, as_of: date) -> str:
        """Give the tier; a blank one is unknown (D8)."""
        return self.company.tier(self.company.customer(customer_id), as_of)


def full_amount(contract: Contract, company: Company) -> float | None:
    """Give the amount over the whole term (C6); None without a rate (K18)."""
    deal = deal_of(contract, company.settings)
    rate = company.settings.rate(contract.currency)
    if rate is None:
        return None
    term = term_months(contract.start_date, deal.last) if contract.start_date and deal.last else 12
    times = {"total": 1.0, "monthly": term, "quarterly": term / 3, "annual": term / 12}[
        contract.amount_basis
    ]
    return contract.amount * times * rate


def started(book: Book, view: View) -> dict[str, list[Contract]]:
    """Give every counted contract in the filters that has started, by customer (E6)."""
    company = book.company
    found: dict[str, list[Contract]] = {}
    for contract in company.contracts:
        if not is_signed(contract, company.settings) or not is_known(contract, view.as_of):
            continue
        if contract.start_date and contract.start_date > view.as_of:
            continue
        if company.passes(deal_of(contract, company.settings), view):
            found.setdefault(contract.customer_id, []).append(contract)
    return found


def customer_values(book: Book, view: View) -> list[Row]:
    """Give one row per customer with a contract, now or before, the largest ARR first."""
    held = {life.customer_id: life for life in lives(book.company, view)}
    contracts, hours = started(book, view), book.hours(view.as_of)
    arr = {name: held[name].arr if name in held else 0.0 for name in contracts}
    whole = fsum(max(value, 0.0) for value in arr.values())
    rows: list[Row] = []
    reached = 0.0
    for name in sorted(contracts, key=lambda name: (-arr[name], name)):
        reached += max(arr[name], 0.0)
        paid = [full_amount(one, book.company) for one in contracts[name]]
        rows.append(
            {
                "customer_id": name,
                "customer_name": book.company.name(name),
                "arr": arr[name],
                "contracted_to_date": fsum(amount for amount in paid if amount is not None),
                "months": months_of(held.get(name)),
                "tier": book.tier(name, view.as_of),
                "arr_share": ratio(max(arr[name], 0.0), whole),
                "cumulative_share": ratio(reached, whole),
                "service_cost": None if hours is None else hours.get(name, 0.0) * HOURLY,
            }
        )
    return rows


def months_of(life: Life | None) -> int | None:
    """Give the whole months as customer, to the day or to the last day in force (E6)."""
    if life is None:
        return None
    until = life.day if life.in_force else life.last
    return whole_months(life.first, until) if until else None


def concentration(book: Book, view: View) -> list[Row]:
    """Give the concentration of each segment (E3)."""
    rows: list[Row] = []
    for segment, found in by_segment(lives(book.company, view)).items():
        ranked = sorted(
            (life for life in found if life.arr > 0), key=lambda life: (-life.arr, life.customer_id)
        )
        if not ranked:
            continue
        arrs = [life.arr for life in ranked]
        whole, top = fsum(arrs), ceil(len(arrs) / 5)
        opening = [life for life in found if life.arr_at(year_before(view.as_of)) > 0]
        then = fsum(life.arr_at(year_before(view.as_of)) for life in opening)
        left = [life.arr for life in opening if life is not ranked[0]]
        rows.append(
            {
                "segment": segment,
                "customers": len(arrs),
                "arr": whole,
                "top_20_percent_share": fsum(arrs[:top]) / whole,
                "customers_for_80_percent": fewest(arrs, whole),
                "largest_share": arrs[0] / whole,
                "largest_customer_id": ranked[0].customer_id,
                "arr_without_largest": fsum(arrs[1:]),
                "nrr": ratio(fsum(life.arr for life in opening), then),
                "nrr_without_largest": ratio(fsum(left), then),
            }
        )
    return rows


def fewest(arrs: list[float], whole: float) -> int:
    """Count the customers, largest first, until they make 80 %."""
    reached = 0.0
    for count, arr in enumerate(arrs, start=1):
        reached += arr
        if reached >= 0.8 * whole * (1 - 1e-12):
            return count
    return len(arrs)


def lifetime_value(book: Book, view: View) -> list[Row]:
    """Give lifetime and value of each segment's customers with ARR (E5)."""
    rates = rates_of_year(book.company, view)
    rows: list[Row] = []
    for segment, found in by_segment(lives(book.company, view)).items():
        paying = [life for life in found if life.arr > 0]
        if not paying:
            continue
        rate = rates.get(segment, {}).get("logo_renewal_rate")
        costs = [book.company.customer(life.customer_id).acquisition_cost for life in paying]
        known = [cost for cost in costs if cost is not None]
        each = fsum(life.arr for life in paying) / len(paying)
        cac = fsum(known) / len(known) if known else None
        ltv = worth(each, rate, 0.0)
        rows.append(
            {
                "segment": segment,
                "customers": len(paying),
                "arr_per_customer": each,
                "logo_renewal_rate": rate,
                "lifetime_years": years(rate, 0.0),
                "ltv": ltv,
                "cac": cac,
                "ltv_cac": ltv / cac if ltv is not None and cac else None,
                "point_value": 0.01 * each * len(paying),
            }
        )
    return rows


def rates_of_year(company: Company, view: View) -> dict[str, Row]:
    """Give the renewal rates of the 12 months to the as-of date, by segment."""
    window = view.between(year_before(view.as_of) + timedelta(days=1), view.as_of)
    return {str(row["segment"]): row for row in renewal_rates(company, window)}


def years(rate: object, more: float) -> float | None:
    """Give the lifetime of a renewal rate; None where nothing was lost or decided."""
    if not isinstance(rate, int | float) or rate + more >= 1:
        return None
    return 1 / (1 - rate - more)


def worth(arr: float, rate: object, more: float) -> float | None:
    """Give the value of a customer over its lifetime."""
    lifetime = years(rate, more)
    return None if lifetime is None else arr * MARGIN * lifetime

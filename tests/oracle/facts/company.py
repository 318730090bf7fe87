"""A company seen at an as-of date: its deals, its customers, and how both are cut into segments."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from math import ceil, fsum

from tend.view import Filters, View
from tests.oracle.facts import labels, lines
from tests.oracle.facts.days import month_label, quarter_label
from tests.oracle.facts.facts import Contract, Customer, Settings, plain
from tests.oracle.renewals.contracts import judge
from tests.oracle.renewals.deal import Deal

UNKNOWN = "unknown"
OF_CUSTOMER = ("industry", "department", "region", "csm", "source_channel")
OF_CONTRACT = ("product", "contract_type")
BANDS = {  # G1
    "large": ("large", "enterprise", "ka", "大客户", "大型"),
    "mid": ("mid", "mid-market", "medium", "中型"),
    "small": ("small", "smb", "小型"),
}


@cache
def _wanted(filters: Filters) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    for dimension, values in filters:
        wanted.setdefault(dimension, set()).update(plain(value) for value in values)
    return wanted


class Company:
    """Contracts, customers and settings, with the deals of each as-of date kept."""

    def __init__(
        self,
        contracts: Sequence[Contract],
        customers: Sequence[Customer] = (),
        settings: Settings | None = None,
    ) -> None:
        self.given = (contracts, customers)  # as files write them
        self.contracts = lines.told_apart(labels.of_contracts(contracts))
        self.customers = labels.of_customers(customers)
        self.settings = settings or Settings()
        self._deals: dict[date, list[Deal]] = {}
        self._chosen: dict[tuple[date, Filters], list[Deal]] = {}
        self._tiers: dict[date, dict[str, str]] = {}
        self._by_id = {customer.customer_id: customer for customer in self.customers}

    def __repr__(self) -> str:
        return f"{len(self.contracts)} contracts of {len(self.customers)} customers"

    def deals(self, as_of: date) -> list[Deal]:
        """Give every recurring contract known at `as_of`, judged."""
        if as_of not in self._deals:
            self._deals[as_of] = judge(self.contracts, self.settings, as_of)
        return self._deals[as_of]

    def customer(self, customer_id: str) -> Customer:
        """Give a customer; one known from contracts alone has no attributes (L7)."""
        return self._by_id.get(customer_id) or Customer(customer_id)

    def name(self, customer_id: str) -> str:
        """Give the name that is shown: the id where there is no name (K1)."""
        return self.customer(customer_id).customer_name or customer_id

    def chosen(self, view: View) -> list[Deal]:
        """Give the deals that pass the view's filters (D5, D6)."""
        asked = (view.as_of, view.filters)
        if asked not in self._chosen:
            deals = self.deals(view.as_of)
            self._chosen[asked] = [deal for deal in deals if self.passes(deal, view)]
        return self._chosen[asked]

    def passes(self, deal: Deal, view: View) -> bool:
        """Tell whether a deal passes the filters: each dimension must let it through (D5)."""
        return all(
            plain(self.segment(deal, dimension, view.as_of)) in values
            for dimension, values in _wanted(view.filters).items()
        )

    def segment(self, deal: Deal, dimension: str | None, as_of: date) -> str:
        """Give the segment of a deal: its own product, type or period, else its customer's."""
        if dimension is None:
            return "all"
        if dimension == "month":
            return month_label(deal.last)
        if dimension == "quarter":
            return quarter_label(deal.last)
        if dimension in OF_CONTRACT:
            return getattr(deal.fact, dimension) or UNKNOWN
        customer = self.customer(deal.fact.customer_id)
        if dimension == "size":
            return band(customer, self.settings)
        if dimension == "tier":
            return self.tier(customer, as_of)
        if dimension in OF_CUSTOMER:
            return getattr(customer, dimension) or UNKNOWN
        return customer.extra.get(dimension) or UNKNOWN

    def tier(self, customer: Customer, as_of: date) -> str:
        """Give the file's tier where a file gives any, else the rule's (D8)."""
        if any(one.tier for one in self.customers):
            return customer.tier or UNKNOWN
        if as_of not in self._tiers:
            self._tiers[as_of] = tiers_by_arr(self.deals(as_of), as_of)
        return self._tiers[as_of].get(customer.customer_id, "basic")


def arr_on(deals: Iterable[Deal], day: date) -> float:
    """Add up the ARR of a day."""
    return fsum(deal.arr_on(day) for deal in deals)


def by_customer(deals: Iterable[Deal]) -> dict[str, list[Deal]]:
    """Sort deals by their customer."""
    sorted_out: dict[str, list[Deal]] = {}
    for deal in deals:
        sorted_out.setdefault(deal.fact.customer_id, []).append(deal)
    return sorted_out


def tiers_by_arr(deals: list[Deal], as_of: date) -> dict[str, str]:
    """Rank customers with ARR: the first fifth strategic, the next three tenths core (D8)."""
    arrs = {name: arr_on(own, as_of) for name, own in by_customer(deals).items()}
    ranked = sorted((name for name in arrs if arrs[name] > 0), key=lambda name: (-arrs[name], name))
    strategic, core = ceil(len(ranked) / 5), ceil(3 * len(ranked) / 10)
    names = ["strategic"] * strategic + ["core"] * core + ["basic"] * len(ranked)
    return dict(zip(ranked, names, strict=False))


def band(customer: Customer, settings: Settings) -> str:
    """Give the size band: a number by the limits, a word by its meaning (G1)."""
    if customer.size_number is not None:
        if customer.size_number < settings.small_below:
            return "small"
        return "mid" if customer.size_number < settings.large_from else "large"
    word = plain(customer.size)
    return next((name for name, words in BANDS.items() if word in words), UNKNOWN)

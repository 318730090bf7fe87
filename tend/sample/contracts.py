"""The contracts: each customer's chain of terms, renewed, changed or lost as its health has it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tend.sample.calendar import DAY, add_months
from tend.sample.customers import Customer, pick

TERMS = {"annual": 12, "two_year": 24, "quarterly": 3, "monthly": 1}
TYPES = {
    "small": {"annual": 820, "two_year": 40, "quarterly": 60, "monthly": 40, "open_ended": 40},
    "mid": {"annual": 840, "two_year": 110, "quarterly": 20, "open_ended": 30},
    "large": {"annual": 820, "two_year": 150, "open_ended": 30},
}
REASONS = {"product": 24, "price": 26, "service": 20, "closed": 14, "wrong_fit": 16}
# Days from the end in which a renewal may still be open at the last date.
OPEN_DAYS = 50
EARLY_DAYS = 75


@dataclass(frozen=True)
class Contract:
    """One contract as the team's list has it; codes for words."""

    contract_id: str
    customer: Customer
    contract_type: str
    product: str
    start: date
    last: date | None
    shown_end: date | None
    amount: int
    arr: float
    licensed_users: int | None
    signed: date | None
    previous: str | None = None
    status: str = "active"
    ended_on: date | None = None
    loss_reason: str | None = None


@dataclass(frozen=True)
class Term:
    """What the next contract of a chain is to be."""

    contract_type: str
    product: str
    start: date
    arr: float
    signed: date | None
    previous: Sequence[str] = ()


def make(rng: Random, customers: Iterable[Customer], until: date) -> list[Contract]:
    """Write the contracts of all customers, in the order of their start."""
    book = Book(rng, until)
    for number, customer in enumerate(customers):
        book.write(customer, number)
    return sorted(book.contracts.values(), key=lambda c: (c.start, c.contract_id))


class Book:
    """The contract list while it is written, as known at the last date."""

    def __init__(self, rng: Random, until: date) -> None:
        self.contracts: dict[str, Contract] = {}
        self._rng = rng
        self._until = until

    def write(self, customer: Customer, number: int) -> None:
        """Write one customer's contracts; some have two products, few merge or split them."""
        self._one_offs(customer)
        start = customer.first_start
        kind = pick(self._rng, TYPES[customer.band])
        first = Term(kind, "base", start, customer.arr, self._signed(start))
        if number % 40 == 7:
            self._merging(customer, replace(first, contract_type="annual"))
        elif number % 40 == 19:
            self._splitting(customer, replace(first, contract_type="annual", product="suite"))
        else:
            self._chain(customer, first)
            if self._rng.random() < 0.13:
                self._chain(customer, self._second_product(first))

    def _second_product(self, first: Term) -> Term:
        start = add_months(first.start, self._rng.choice((0, 0, 2, 5, 9)))
        term = replace(first, contract_type="annual", product="insight", arr=first.arr * 0.35)
        return replace(term, start=start, signed=self._signed(start))

    def _merging(self, customer: Customer, first: Term) -> None:
        """Two products of one day become one suite, which names both."""
        parts = [
            self._add(customer, replace(first, product=product, arr=first.arr * share))
            for product, share in (("base", 0.6), ("insight", 0.4))
        ]
        term = self._follow_on(parts[0], customer.arr * 0.95, "suite", parts)
        if term:
            self._chain(customer, term)

    def _splitting(self, customer: Customer, first: Term) -> None:
        """A suite becomes two products on one day, each of which names it."""
        suite = self._add(customer, first)
        for product, share in (("base", 0.7), ("insight", 0.45)):
            term = self._follow_on(suite, customer.arr * share, product, [suite])
            if term:
                self._chain(customer, term)

    def _follow_on(
        self, old: Contract, arr: float, product: str, previous: Iterable[Contract]
    ) -> Term | None:
        """Give the term right after `old`, if it has begun by the last date."""
        start = (old.last or self._until) + DAY
        ids = [contract.contract_id for contract in previous]
        if start > self._until:
            return None
        return Term("annual", product, start, arr, start - 12 * DAY, ids)

    def _chain(self, customer: Customer, term: Term | None) -> None:
        while term and term.start <= self._until + timedelta(days=EARLY_DAYS):
            term = self._next(self._add(customer, term))

    def _add(self, customer: Customer, term: Term) -> Contract:
        months = TERMS.get(term.contract_type)
        last = add_months(term.start, months) - DAY if months else None
        contract = Contract(
            contract_id=f"CT{term.start:%y}-{len(self.contracts) + 1:04d}",
            customer=customer,
            contract_type=term.contract_type,
            product=term.product,
            start=term.start,
            last=last,
            shown_end=self._shown(term.start, last),
            amount=max(10, round(term.arr * (months or 12) / 120) * 10),
            arr=term.arr,
            licensed_users=max(2, round(customer.users * term.arr / customer.arr)),
            signed=None if self._rng.random() < 0.1 else term.signed,
            previous="; ".join(term.previous) or None,
            status="active" if last is None or last >= self._until else "ended",
        )
        self._put(contract)
        return contract

    def _shown(self, start: date, last: date | None) -> date | None:
        """A few rows give the day after the last day, as some teams write it (A1)."""
        if last and (last + DAY).day == start.day and self._rng.random() < 0.06:
            return last + DAY
        return last

    def _one_offs(self, customer: Customer) -> None:
        """Set-up and classes: no ARR, no renewal."""
        jobs = [("implementation", 0.16, 60)] * (self._rng.random() < 0.35)
        jobs += [("training", 0.05, 14)] * (self._rng.random() < 0.2)
        for kind, share, days in jobs:
            start = customer.first_start
            added = self._add(
                customer, Term(kind, "base", start, customer.arr * share, self._signed(start))
            )
            last = start + days * DAY
            status = "active" if last >= self._until else "ended"
            self._put(replace(added, last=last, shown_end=last, licensed_users=None, status=status))

    def _next(self, old: Contract) -> Term | None:
        """Decide what follows a contract; None: nothing yet, or nothing any more."""
        if old.last is None:
            return None
        will = self._rng.random() < _chance(old, self._rng.gauss(0, 0.45))
        days_ended = (self._until - old.last).days
        if days_ended < 0:
            return self._early(old, -days_ended) if will else None
        if days_ended < OPEN_DAYS and self._rng.random() < 0.45:
            return None
        return self._renewed(old) if will else self._lost(old)

    def _early(self, old: Contract, days_left: int) -> Term | None:
        """The end is ahead: few have signed already, and few papers carry a date still to come."""
        assert old.last
        roll = self._rng.random()
        if days_left > EARLY_DAYS or roll > 0.45:
            return None
        signed = self._until - self._rng.randint(1, 25) * DAY
        if roll > 0.32:
            signed = self._until + self._rng.randint(3, 20) * DAY
        return self._term(old, old.last + DAY, signed)

    def _renewed(self, old: Contract) -> Term | None:
        assert old.last
        after, roll, days = old.last + DAY, self._rng.random(), self._rng.randint
        long = old.contract_type in ("annual", "two_year")
        if long and roll < 0.05:  # starts before the old one ends
            start = after - days(10, 60) * DAY
            return self._term(old, start, start - days(1, 20) * DAY)
        if long and roll < 0.13:  # a gap, then a late start
            start = after + days(6, 52) * DAY
            return self._term(old, start, start - days(0, 3) * DAY)
        if long and roll < 0.17:  # starts in time, signed late
            return self._term(old, after, after + days(3, 25) * DAY)
        return self._term(old, after, after - days(2, 70 if long else 9) * DAY)

    def _term(self, old: Contract, start: date, signed: date) -> Term | None:
        """Give the renewal of `old`, with what it pays from now on."""
        if start > self._until and signed > self._until and old.last and old.last < self._until:
            return None
        kind, health = old.contract_type, old.customer.health_on(start)
        if kind == "annual" and health > 0.5 and self._rng.random() < 0.06:
            kind = "two_year"
        arr = old.arr * self._change_of_price(kind, health)
        names = [old.contract_id] if self._rng.random() < 0.6 else []
        return Term(kind, old.product, start, arr, signed, names)

    def _change_of_price(self, kind: str, health: float) -> float:
        """Healthy customers grow, the others shrink; most stay as they are."""
        if self._rng.random() > TERMS[kind] / 12:  # prices change about once a year
            return 1.0
        roll = self._rng.random()
        if roll < 0.2 + 0.1 * health:
            return round(self._rng.uniform(1.05, 1.5), 2)
        if roll > 0.88 + 0.06 * health:
            return round(self._rng.uniform(0.55, 0.92), 2)
        return 1.0

    def _lost(self, old: Contract) -> Term | None:
        """Mark the loss, or forget to; some come back long after (a reactivation)."""
        assert old.last
        roll = self._rng.random()
        if roll < 0.1 and old.contract_type in ("annual", "two_year"):
            ended = old.last - self._rng.randint(25, 150) * DAY
            reason = self._reason()
            self._put(replace(old, status="terminated", ended_on=ended, loss_reason=reason))
        elif roll < 0.82:
            self._put(replace(old, status="lost", loss_reason=self._reason()))
        back = old.last + self._rng.randint(75, 260) * DAY
        if self._rng.random() > 0.13 or back > self._until:
            return None
        return replace(self._renewal_of(old, back), previous=())

    def _renewal_of(self, old: Contract, start: date) -> Term:
        return Term(old.contract_type, old.product, start, old.arr * 0.9, self._signed(start))

    def _reason(self) -> str | None:
        return None if self._rng.random() < 0.12 else pick(self._rng, REASONS)

    def _signed(self, start: date) -> date:
        return start - self._rng.randint(3, 40) * DAY

    def _put(self, contract: Contract) -> None:
        """Keep a contract; a changed one takes the place of the one with its id."""
        self.contracts[contract.contract_id] = contract


def _chance(contract: Contract, noise: float) -> float:
    """Give the chance of renewal: by the health 90 days before the end, and some luck."""
    assert contract.last
    health = contract.customer.health_on(contract.last - 90 * DAY)
    weight = 2.2 + 1.5 * health + noise - (0.4 if contract.product == "insight" else 0.0)
    yearly = 1 / (1 + math.exp(-weight))
    return float(yearly ** min(1.0, TERMS[contract.contract_type] / 12))

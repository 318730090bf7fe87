"""Customers by segment on a day: since when, whether and until when in force, and with what ARR."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tend.view import View
from tests.oracle.facts.company import Company, arr_on
from tests.oracle.facts.days import add_months
from tests.oracle.renewals.deal import Deal, start_of
from tests.oracle.renewals.rates import segments


@dataclass(frozen=True)
class Life:
    """One customer with the deals of one segment, seen on a day."""

    segment: str
    customer_id: str
    deals: list[Deal]
    day: date

    @property
    def first(self) -> date:
        """Give its first start."""
        return min(start_of(deal) for deal in self.deals if deal.fact.start_date)

    @property
    def in_force(self) -> list[Deal]:
        """Give the deals in force that day."""
        return [d for d in self.deals if d.in_force and d.in_force[0] <= self.day <= d.in_force[1]]

    @property
    def is_overdue(self) -> bool:
        """Tell whether grace alone keeps it in force."""
        return bool(self.in_force) and all(
            deal.outcome == "overdue" and deal.last is not None and deal.last < self.day
            for deal in self.in_force
        )

    @property
    def last(self) -> date | None:
        """Give the last day in force so far."""
        spans = [deal.in_force for deal in self.deals if deal.in_force]
        ends = [min(last, self.day) for first, last in spans if first <= self.day]
        return max(ends, default=None)

    @property
    def arr(self) -> float:
        """Give the ARR of the day."""
        return arr_on(self.deals, self.day)

    def arr_at(self, day: date) -> float:
        """Give the ARR of another day."""
        return arr_on(self.deals, day)


def lives(company: Company, view: View, day: date | None = None) -> list[Life]:
    """Give every customer with a dated recurring contract, by segment (D6)."""
    return [
        Life(segment, customer, deals, day or view.as_of)
        for segment, customers in segments(company, view).items()
        for customer, deals in customers.items()
        if any(deal.fact.start_date for deal in deals)
    ]


def by_segment(found: list[Life]) -> dict[str, list[Life]]:
    """Sort lives by their segment."""
    parts: dict[str, list[Life]] = {}
    for life in found:
        parts.setdefault(life.segment, []).append(life)
    return parts


def whole_months(first: date, day: date) -> int:
    """Count whole months from one day to another."""
    count = 0
    while add_months(first, count + 1) <= day:
        count += 1
    return count


def year_before(day: date) -> date:
    """Give the same day a year before, clamped."""
    return add_months(day, -12)


def in_year_to(day: date | None, as_of: date) -> bool:
    """Tell whether a day lies in the 12 months to another (A9)."""
    return day is not None and year_before(as_of) < day <= as_of


def month_ends(view: View) -> Iterator[date]:
    """Give the month ends of the view's window; without one the last 12 (A9, E1)."""
    last = min(view.end or view.as_of, view.as_of)
    day = view.start or add_months(view.as_of + timedelta(days=1), -12)
    while True:
        end = add_months(day.replace(day=1), 1) - timedelta(days=1)
        if end > last:
            return
        yield end
        day = end + timedelta(days=1)

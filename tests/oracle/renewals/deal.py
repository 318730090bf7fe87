"""A contract as the others leave it at one as-of date: last day, ARR, successors, outcome."""

from dataclasses import dataclass, field
from datetime import date

from tests.oracle.facts.days import DAY
from tests.oracle.facts.facts import Contract
from tests.oracle.renewals import months


@dataclass(eq=False)
class Deal:
    """A recurring contract, known at the as-of date, with all that follows from the others."""

    fact: Contract
    last: date | None
    arr: float | None
    renewed_arr_given: float | None
    yearly: float = 0.0  # in its own currency
    is_add_on: bool = False
    successors: list["Deal"] = field(default_factory=list)
    predecessors: list["Deal"] = field(default_factory=list)
    outcome: str | None = None
    successor_arr: float | None = None
    in_force: tuple[date, date] | None = None
    followed_from: date | None = None  # of a superseded one: when its follower starts (M12)
    is_going_on: bool = False  # renewed as the file says, with no later contract

    @property
    def is_credit(self) -> bool:
        """Tell whether it takes off: then it is neither due nor a successor (M14)."""
        return self.fact.amount < 0

    @property
    def is_never_due(self) -> bool:
        """Tell whether it is a run of months, which nobody has to renew (M28)."""
        return self.fact.amount_basis == months.MONTH

    @property
    def after(self) -> date | None:
        """Give E, the day after the last day."""
        return self.last + DAY if self.last else None

    def arr_on(self, day: date) -> float:
        """Give the ARR that counts on a day."""
        if self.arr is None or self.in_force is None:
            return 0.0
        if not self.in_force[0] <= day <= self.in_force[1]:
            return 0.0
        is_over = self.is_going_on and self.last is not None and day > self.last
        again = self.renewed_arr_given if is_over else None
        return self.arr if again is None else again


def start_of(deal: Deal) -> date:
    """Give the start of a deal that has one."""
    assert deal.fact.start_date is not None
    return deal.fact.start_date


def is_given_lost(deal: Deal, as_of: date) -> bool:
    """Tell whether the file says lost and it counts: from `ended_on`, else after the end (B8)."""
    day = deal.fact.ended_on or deal.after
    return deal.fact.outcome == "lost" and (day is None or day <= as_of)

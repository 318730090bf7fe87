"""What customers did and said, as files give it: usage, surveys, touches and tickets."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tests.oracle.facts.facts import plain


def nps_group(score: float) -> str:
    """Name the group of an answer; what lies between, 6.5 too, is passive (M29)."""
    return "promoter" if score >= 9 else "detractor" if score <= 6 else "passive"


def nps_of(scores: Iterable[float]) -> float | None:
    """Give % promoters - % detractors; None without answers."""
    groups = [nps_group(score) for score in scores]
    if not groups:
        return None
    return 100 * (groups.count("promoter") - groups.count("detractor")) / len(groups)


def told_until(days: Sequence[date], day: date) -> date | None:
    """Give the day itself where anything is told of the two weeks before, else the newest day.

    Nothing where that is 90 days ago.
    """
    known = days[: bisect_right(days, day)]
    if not known or (day - known[-1]).days >= 90:
        return None
    return day if (day - known[-1]).days <= 14 else known[-1]


@dataclass(frozen=True)
class Usage:
    """One measure of one customer in one period."""

    customer_id: str
    period_start: date
    period_end: date
    measure: str
    value: float | None


@dataclass(frozen=True)
class Survey:
    """One answer; sentiment is -1, 0 or 1."""

    customer_id: str
    answered_on: date
    nps: float | None = None
    sentiment: float | None = None
    respondent: str | None = None
    csat: float | None = None
    csat_scale: float | None = None
    time_of_day: str | None = None

    @property
    def moment(self) -> tuple[date, str]:
        """Give when it was answered; of one day what tells no time comes first."""
        return self.answered_on, self.time_of_day or ""

    @property
    def person(self) -> str | int:
        """Name who has answered: a nameless answer is a person's own (M5)."""
        return plain(self.respondent) or id(self)


@dataclass(frozen=True)
class Touch:
    """One contact of the team with a customer."""

    customer_id: str
    touched_on: date
    note: str | None = None
    kind: str | None = None
    csm: str | None = None
    hours: float | None = None


@dataclass(frozen=True)
class Ticket:
    """One ticket; severity is critical, high, medium or low, None where nobody said."""

    customer_id: str
    opened_on: date
    resolved_on: date | None = None
    severity: str | None = None
    csat: float | None = None
    csat_scale: float | None = None


@dataclass(frozen=True)
class Signals:
    """All signals of a company, or those of one customer."""

    usage: Sequence[Usage] = ()
    surveys: Sequence[Survey] = ()
    touches: Sequence[Touch] = ()
    tickets: Sequence[Ticket] = ()

    def of(self, customer_id: str) -> "Signals":
        """Give one customer's signals."""
        return self._by_customer.get(customer_id, NOTHING)

    def counts(self, measure: str, after: date, day: date) -> bool:
        """Tell whether anybody has a value of a measure in a period that ends in these days."""
        return any(after < end <= day for end in self._ends.get(measure, ()))

    @cached_property
    def _ends(self) -> dict[str, set[date]]:
        """Give the ends of the periods in which each measure has values."""
        found: dict[str, set[date]] = defaultdict(set)
        for one in self.usage:
            if one.value is not None:
                found[one.measure].add(one.period_end)
        return found

    def usage_until(self, day: date) -> date | None:
        """Give the day to which usage is told on a day (M36)."""
        return told_until(self._periods, day)

    def touches_until(self, day: date) -> date | None:
        """Give the day to which touches are told on a day (M36)."""
        return told_until(self._touched, day)

    @cached_property
    def _periods(self) -> list[date]:
        return sorted({one.period_end for one in self.usage})

    @cached_property
    def _touched(self) -> list[date]:
        return sorted({one.touched_on for one in self.touches})

    @cached_property
    def first_ticket(self) -> date | None:
        """Give the day from which the workspace has tickets."""
        return min((ticket.opened_on for ticket in self.tickets), default=None)

    @cached_property
    def _by_customer(self) -> dict[str, "Signals"]:
        parts: dict[str, tuple[list[Usage], list[Survey], list[Touch], list[Ticket]]]
        parts = defaultdict(lambda: ([], [], [], []))
        for usage in sorted(self.usage, key=lambda one: one.period_end):
            parts[usage.customer_id][0].append(usage)
        for survey in sorted(self.surveys, key=lambda one: one.answered_on):
            parts[survey.customer_id][1].append(survey)
        for touch in sorted(self.touches, key=lambda one: one.touched_on):
            parts[touch.customer_id][2].append(touch)
        for ticket in sorted(self.tickets, key=lambda one: one.opened_on):
            parts[ticket.customer_id][3].append(ticket)
        return {name: Signals(*part) for name, part in parts.items()}


NOTHING = Signals()

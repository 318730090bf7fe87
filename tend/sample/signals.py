"""What the customers do: usage, surveys, touches and tickets, all driven by the hidden health."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from random import Random

from tend.sample.calendar import DAY, first_day, last_day, month_index
from tend.sample.contracts import Contract
from tend.sample.customers import Customer
from tend.sample.names import Names
from tend.sample.words import Words

Row = dict[str, object]
# Modules and rhythm differ between industries: key actions per active user and month.
PACE = {
    "retail": 46,
    "manufacturing": 22,
    "logistics": 38,
    "education": 12,
    "healthcare": 18,
    "software": 30,
    "finance": 16,
}
TOUCHES_A_MONTH = {"large": 1.5, "mid": 0.7, "small": 0.35}
HOURS = {
    "call": (0.3, 1.0),
    "visit": (2, 6),
    "training": (2, 5),
    "review": (1, 3),
    "message": (0.2, 0.5),
}
SEVERITIES = ("low", "medium", "high", "critical")
DAYS_TO_SOLVE = {"low": 9, "medium": 5, "high": 3, "critical": 1}


class Signals:
    """Writes the rows of the months from `begin` to `until`; what is not known has no row."""

    def __init__(
        self,
        rng: Random,
        words: Words,
        books: Mapping[str, list[Contract]],
        begin: date,
        until: date,
    ) -> None:
        self._rng = rng
        self._words = words
        self._books = books
        self._begin = begin
        self._until = until
        self._names = Names(words, rng)
        self._in_force: dict[str, dict[int, int]] = {}

    def usage(self, customers: Iterable[Customer]) -> list[Row]:
        """One row per customer and month in force; some customers have no usage data at all."""
        return [
            row
            for customer in customers
            if self._rng.random() > 0.06
            for row in self._usage_of(customer, self._months(customer))
        ]

    def surveys(self, customers: Iterable[Customer]) -> list[Row]:
        """Answers about twice a year, of one or two people; one customer in six is never asked."""
        rows: list[Row] = []
        for customer in customers:
            months = self._months(customer)
            people = [customer.contact, self._names.person()][: self._rng.choice((1, 1, 2))]
            turn, asked = self._rng.randrange(6), self._rng.random() > 0.16
            waves = [m for m in months if m % 6 == turn and asked]
            rows += [
                self._answer(customer, person, month)
                for month in waves
                for person in people
                if self._rng.random() < 0.72
            ]
        return by_date(rows, "answered_on", self._until)

    def touches(self, customers: Iterable[Customer]) -> list[Row]:
        """Calls and visits: many for large customers, fewer where things go badly."""
        rows = [
            self._touch(customer, month)
            for customer in customers
            for month in self._months(customer)
            for _ in range(self._count(self._touch_rate(customer, month)))
        ]
        # The same kind of touch twice on a day with the same note would be one fact.
        keys = ("customer_id", "touched_on", "kind", "note")
        once = {tuple(str(row[key]) for key in keys): row for row in rows}
        return by_date(list(once.values()), "touched_on", self._until)

    def tickets(self, customers: Iterable[Customer]) -> list[Row]:
        """Questions and faults: more and worse ones where health is low."""
        rows = [
            self._ticket(customer, month)
            for customer in customers
            for month in self._months(customer)
            for _ in range(
                self._count(0.16 * math.exp(-0.45 * customer.health_on(first_day(month))))
            )
        ]
        rows = by_date(rows, "opened_on", self._until)
        return [{"ticket_id": f"T{n:05d}", **row} for n, row in enumerate(rows, 1)]

    def _months(self, customer: Customer) -> dict[int, int]:
        """Give the customer's months in force; every data set asks for them again."""
        key = customer.customer_id
        if key not in self._in_force:
            contracts = self._books.get(key, [])
            self._in_force[key] = in_force(contracts, self._begin, self._until)
        return self._in_force[key]

    def _usage_of(self, customer: Customer, months: Mapping[int, int]) -> Iterator[Row]:
        for age, (month, licensed) in enumerate(months.items()):
            health = customer.health_on(first_day(month)) + self._rng.gauss(0, 0.3)
            ramp = min(1.0, 0.45 + 0.2 * age) if customer.first_start > self._begin else 1.0
            active = round(licensed * ramp * _share(0.45 + 0.8 * health))
            pace = PACE[customer.industry] * math.exp(0.28 * health + self._rng.gauss(0, 0.1))
            features = min(10, max(1, round(4.2 + 1.6 * health + self._rng.gauss(0, 0.7))))
            yield {
                "customer_id": customer.customer_id,
                "period": f"{first_day(month):%Y-%m}",
                "active_users": self._or_blank(active),
                "licensed_users": licensed,
                "key_actions": self._or_blank(round(active * pace)),
                "features_used": self._or_blank(features),
            }

    def _or_blank(self, value: int) -> int | None:
        """What was not measured is blank, never 0."""
        return None if self._rng.random() < 0.015 else value

    def _answer(self, customer: Customer, person: str, month: int) -> Row:
        day = self._day(month)
        felt = customer.health_on(day) + self._rng.gauss(0, 0.55)
        nps = min(10, max(0, round(7.5 + 1.6 * felt)))
        mood = "positive" if nps >= 9 else "neutral" if nps >= 7 else "negative"
        chance = self._rng.random
        return {
            "customer_id": customer.customer_id,
            "customer_name": customer.name,
            "answered_on": day,
            "nps": nps if chance() > 0.06 else None,
            "csat": min(5, max(1, round(3.7 + 0.7 * felt))) if chance() > 0.15 else None,
            "sentiment": self._words.one("sentiment", mood) if chance() > 0.4 else None,
            "respondent": person,
            "comment": self._choose("comment", mood) if chance() > 0.6 else None,
        }

    def _touch_rate(self, customer: Customer, month: int) -> float:
        rate = TOUCHES_A_MONTH[customer.band]
        return float(rate * math.exp(0.22 * customer.health_on(first_day(month))))

    def _touch(self, customer: Customer, month: int) -> Row:
        kinds = ("call", "visit", "training", "review", "message")
        kind = self._rng.choices(kinds, (40, 18, 10, 12, 20))[0]
        return {
            "customer_id": customer.customer_id,
            "customer_name": customer.name,
            "touched_on": self._day(month),
            "csm": customer.csm,
            "kind": self._words.one("kind", kind),
            "hours": round(self._rng.uniform(*HOURS[kind]), 1),
            "note": self._choose("touch_note", kind),
        }

    def _ticket(self, customer: Customer, month: int) -> Row:
        day = self._day(month)
        health = customer.health_on(day)
        bad = _share(0.3 - 0.9 * health)
        severity = self._rng.choices(SEVERITIES, (45, 35, 6 + 30 * bad, 1 + 9 * bad))[0]
        days = DAYS_TO_SOLVE[severity] * math.exp(self._rng.gauss(-0.3 - 0.35 * health, 0.6))
        resolved = day + round(days) * DAY
        csat = min(5, max(1, round(3.8 + 0.7 * health + self._rng.gauss(0, 0.7))))
        answered = resolved <= self._until and self._rng.random() < 0.55
        return {
            "customer_id": customer.customer_id,
            "opened_on": day,
            "resolved_on": resolved if resolved <= self._until else None,
            "severity": self._words.one("severity", severity),
            "csat": csat if answered else None,
            "subject": self._choose("subject", severity),
        }

    def _choose(self, table: str, code: str) -> str:
        return self._rng.choice(self._words.many(table, code))

    def _day(self, month: int) -> date:
        return first_day(month) + self._rng.randrange(28) * DAY

    def _count(self, rate: float) -> int:
        """Draw how many things happen in a month (Poisson)."""
        limit, product, count = math.exp(-rate), self._rng.random(), 0
        while product > limit:
            product *= self._rng.random()
            count += 1
        return count


def in_force(contracts: Iterable[Contract], begin: date, until: date) -> dict[int, int]:
    """Give the months in which one of the contracts runs, with the licensed users."""
    months: dict[int, int] = {}
    for month in range(month_index(begin), month_index(until) + 1):
        day = min(last_day(month), until)
        licensed = sum(c.licensed_users or 0 for c in contracts if _runs(c, day))
        if licensed:
            months[month] = licensed
    return months


def _runs(contract: Contract, day: date) -> bool:
    end = contract.ended_on or contract.last
    return contract.start <= day and (end is None or day <= end)


def _share(value: float) -> float:
    """Squeeze any number into a share between 0 and 1."""
    return 1 / (1 + math.exp(-value))


def by_date(rows: Sequence[Row], column: str, until: date) -> list[Row]:
    """Sort rows by their date and drop what has not happened yet."""
    known = [row for row in rows if str(row[column]) <= str(until)]
    return sorted(known, key=lambda row: (str(row[column]), str(row["customer_id"])))

"""What the customers do: usage, surveys, touches and tickets, all driven by the hidden health."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from benchmarks.companies import columns
from benchmarks.companies.columns import Column, Draw, Table, blanked, chosen, squeezed, worded
from benchmarks.companies.customers import People
from benchmarks.companies.terms import Book
from tend.sample.customers import BANDS, INDUSTRIES
from tend.sample.signals import DAYS_TO_SOLVE, HOURS, PACE, SEVERITIES, TOUCHES_A_MONTH
from tend.sample.words import Words

KINDS = ("call", "visit", "training", "review", "message")
KIND_SHARES = (0.4, 0.18, 0.1, 0.12, 0.2)
MOODS = ("negative", "neutral", "positive")
UNUSED = 0.03  # customers without any usage data


@dataclass(frozen=True)
class Months:
    """The customer-months in force, by customer and then by month."""

    customer: Column
    month: Column
    licensed: Column
    age: Column  # months since the first one there is
    until: int

    @property
    def day(self) -> Column:
        """Give the first day of each."""
        return columns.first_day(self.month)

    def part(self, places: Column) -> "Months":
        """Give some of them."""
        own = (self.customer, self.month, self.licensed, self.age)
        customer, month, licensed, age = (one[places] for one in own)
        return Months(customer, month, licensed, age, self.until)


def in_force(people: People, book: Book, until: int, count: int) -> Months:
    """Give the months in which a customer has licensed users at the end."""
    ends = np.minimum(columns.first_day(people.begin + 1 + np.arange(count)) - 1, until)
    counts = book.users > 0
    begins_at = np.searchsorted(ends, book.start)
    ends_at = np.searchsorted(ends, np.minimum(book.ended, book.last) + 1)
    change = np.zeros((len(people.start), count + 1))
    users = np.where(counts & (book.kind < 5), book.users, 0)
    np.add.at(change, (book.customer, begins_at), users)
    np.add.at(change, (book.customer, ends_at), -users)
    licensed = np.cumsum(change, axis=1)[:, :-1]
    customer, place = np.nonzero(licensed > 0)
    first = np.r_[0, np.flatnonzero(np.diff(customer)) + 1]
    begun = np.repeat(place[first], np.diff(np.r_[first, len(customer)]))
    users = licensed[customer, place].astype(int)
    return Months(customer, people.begin + place, users, place - begun, until)


def usage(draw: Draw, people: People, months: Months) -> Table:
    """One row per customer and month in force; some customers have no usage data at all."""
    known = (draw.random(len(people.start)) > UNUSED)[months.customer]
    months = months.part(known)
    size, who = len(months.month), months.customer
    health = people.health(who, months.day) + draw.normal(0, 0.3, size)
    is_new = columns.month_of(people.start)[who] > people.begin
    ramp = np.where(is_new, np.minimum(1.0, 0.45 + 0.2 * months.age), 1.0)
    active = np.rint(months.licensed * ramp * squeezed(0.45 + 0.8 * health)).astype(int)
    pace = np.array([PACE[one] for one in INDUSTRIES])[people.industry[who]]
    actions = active * pace * np.exp(0.28 * health + draw.normal(0, 0.1, size))
    features = np.clip(np.rint(4.2 + 1.6 * health + draw.normal(0, 0.7, size)), 1, 10)
    labels = np.datetime_as_string(np.arange(people.begin, people.begin + 600).astype("M8[M]"))
    return columns.table(
        customer_id=people.ids.take(who),
        period=worded(labels.tolist(), months.month - people.begin),
        active_users=blanked(draw, 0.015, active),
        licensed_users=pa.array(months.licensed),
        key_actions=blanked(draw, 0.015, np.rint(actions).astype(int)),
        features_used=blanked(draw, 0.015, features.astype(int)),
    )


def surveys(draw: Draw, people: People, months: Months, words: Words) -> Table:
    """Answers about twice a year; one customer in six is never asked."""
    turn = draw.integers(0, 6, len(people.start))
    is_asked = (draw.random(len(people.start)) > 0.16)[months.customer]
    is_turn = months.month % 6 == turn[months.customer]
    waves = months.part(is_asked & is_turn & (draw.random(len(months.month)) < 0.8))
    day = waves.day + draw.integers(0, 28, len(waves.day))
    who, day = waves.customer[day <= months.until], day[day <= months.until]
    size = len(who)
    felt = people.health(who, day) + draw.normal(0, 0.55, size)
    nps = np.clip(np.rint(7.5 + 1.6 * felt), 0, 10).astype(int)
    mood = np.digitize(nps, [7, 9])
    sentiment = worded([words.one("sentiment", one) for one in MOODS], mood)
    comment = chosen(draw, [words.many("comment", one) for one in MOODS], mood)
    return columns.table(
        customer_id=people.ids.take(who),
        customer_name=people.names.take(who),
        answered_on=columns.days(day),
        nps=blanked(draw, 0.06, nps),
        csat=blanked(draw, 0.15, np.clip(np.rint(3.7 + 0.7 * felt), 1, 5).astype(int)),
        sentiment=blanked(draw, 0.6, sentiment),
        respondent=people.contacts.take(who),
        comment=blanked(draw, 0.6, comment),
    )


def touches(draw: Draw, people: People, months: Months, words: Words) -> Table:
    """Calls and visits: many for large customers, fewer where things go badly."""
    rate = np.array([TOUCHES_A_MONTH[one] for one in BANDS])[people.band[months.customer]]
    health = people.health(months.customer, months.day)
    who, day = _happened(draw, months, rate * np.exp(0.22 * health))
    kind = draw.choice(len(KINDS), len(who), p=KIND_SHARES)
    low, high = np.array([HOURS[one] for one in KINDS]).T
    return columns.table(
        customer_id=people.ids.take(who),
        customer_name=people.names.take(who),
        touched_on=columns.days(day),
        csm=people.csms.take(who),
        kind=worded([words.one("kind", one) for one in KINDS], kind),
        hours=pa.array(np.round(draw.uniform(low[kind], high[kind]), 1)),
        note=chosen(draw, [words.many("touch_note", one) for one in KINDS], kind),
    )


def tickets(draw: Draw, people: People, months: Months, words: Words) -> Table:
    """Questions and faults: more and worse ones where health is low."""
    health = people.health(months.customer, months.day)
    who, day = _happened(draw, months, 0.16 * np.exp(-0.45 * health))
    size, health = len(who), people.health(who, day)
    bad = squeezed(0.3 - 0.9 * health)
    weights = np.stack([np.full(size, 45), np.full(size, 35), 6 + 30 * bad, 1 + 9 * bad], axis=1)
    limits = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    severity = (draw.random(size)[:, None] > limits[:, :-1]).sum(axis=1)
    usual = np.array([DAYS_TO_SOLVE[one] for one in SEVERITIES])[severity]
    solved = day + np.rint(usual * np.exp(draw.normal(-0.3 - 0.35 * health, 0.6))).astype(int)
    csat = np.clip(np.rint(3.8 + 0.7 * health + draw.normal(0, 0.7, size)), 1, 5).astype(int)
    is_silent = (solved > months.until) | (draw.random(size) > 0.55)
    return columns.table(
        ticket_id=pa.array([f"T{number:07}" for number in range(1, size + 1)]),
        customer_id=people.ids.take(who),
        opened_on=columns.days(day),
        resolved_on=columns.days(solved, solved > months.until),
        severity=worded([words.one("severity", one) for one in SEVERITIES], severity),
        csat=pa.array(csat, mask=is_silent),
        subject=chosen(draw, [words.many("subject", one) for one in SEVERITIES], severity),
    )


def _happened(draw: Draw, months: Months, rate: Column) -> tuple[Column, Column]:
    """Draw what happens in each month; give whose and when, one of a kind to a customer and day."""
    count = draw.poisson(rate)
    who, begin = np.repeat(months.customer, count), np.repeat(months.day, count)
    day = begin + draw.integers(0, 28, len(who))
    order = np.lexsort((who, day))
    who, day = who[order], day[order]
    is_other = np.r_[True, (np.diff(who) != 0) | (np.diff(day) != 0)] if len(who) else who == who
    is_known = is_other & (day <= months.until)
    return who[is_known], day[is_known]

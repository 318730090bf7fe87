"""The contracts: all chains at once, each term renewed, changed or lost as its health has it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.companies import columns
from benchmarks.companies.columns import Column, Draw, Table, worded
from benchmarks.companies.customers import People
from tend.sample.contracts import EARLY_DAYS, OPEN_DAYS, REASONS
from tend.sample.customers import BANDS
from tend.sample.words import Words

KINDS = ("annual", "two_year", "quarterly", "monthly", "open_ended", "implementation", "training")
MONTHS = np.array([12, 24, 3, 1, 0, 2, 1])
LONG = 2  # the first kinds, which have stages and calls
OPEN_ENDED, ONE_OFF = 4, 5
SHARES = {
    "small": (0.79, 0.04, 0.08, 0.045, 0.045),
    "mid": (0.83, 0.08, 0.05, 0.01, 0.03),
    "large": (0.80, 0.15, 0.02, 0.0, 0.03),
}
PRODUCTS = ("base", "insight", "suite")
HELD = (1.0, 0.65, 0.45)  # how many customers have each product
WORTH = (1.0, 0.35, 0.5)  # its ARR, of the first product's
STATES = ("active", "ended", "lost", "terminated")
ACTIVE, ENDED, LOST, TERMINATED = range(4)


@dataclass(frozen=True)
class Book:
    """All contracts in the order of their start: places in lists of codes, and numbers."""

    ids: pa.Array
    customer: Column
    kind: Column
    product: Column
    start: Column
    last: Column  # of an open end far ahead
    amount: Column
    users: Column
    signed: Column
    previous: Column  # place of the contract that this one names; -1: none
    state: Column
    ended: Column  # last day in force
    reason: Column  # -1: none
    is_renewed: Column


def make(draw: Draw, people: People, until: int) -> Book:
    """Write the contracts of all customers as known on a day."""
    chains = _first(draw, people)
    parts, count = [_one_offs(draw, people, until)], 0
    count += len(parts[0]["start"])
    while len(chains["start"]):
        term, chains = _step(draw, people, chains, until, count)
        count += len(term["start"])
        parts.append(term)
    every = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.lexsort((every["customer"], every["start"]))
    place = np.empty(count + 1, int)
    place[order], place[-1] = np.arange(count), -1
    sorted_ = {name: column[order] for name, column in every.items()}
    sorted_["previous"] = place[sorted_["previous"]]
    years = sorted_["start"].astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    ids = [f"CT{year % 100:02}-{number:07}" for number, year in enumerate(years, 1)]
    return Book(ids=pa.array(ids), **sorted_)


def table(book: Book, people: People, words: Words) -> Table:
    """Give the contract list as a team keeps it."""
    reasons = [words.one("loss_reason", one) for one in REASONS]
    return columns.table(
        contract_id=book.ids,
        customer_id=people.ids.take(book.customer),
        customer_name=people.names.take(book.customer),
        contract_type=worded([words.one("contract_type", one) for one in KINDS], book.kind),
        product=worded([words.one("product", one) for one in PRODUCTS], book.product),
        start_date=columns.days(book.start),
        end_date=columns.days(book.last, book.kind == OPEN_ENDED),
        amount=pa.array(book.amount),
        currency=pa.array(["CNY"]).take(np.zeros(len(book.start), int)),
        licensed_users=pa.array(book.users, mask=book.kind >= ONE_OFF),
        signed_date=columns.days(book.signed, book.signed < 0),
        previous_contract_id=book.ids.take(pa.array(book.previous, mask=book.previous < 0)),
        status=worded([words.one("status", one) for one in STATES], book.state),
        ended_on=columns.days(book.ended, book.state != TERMINATED),
        loss_reason=worded(reasons, book.reason),
    )


def _first(draw: Draw, people: People) -> dict[str, Column]:
    """Give the first terms of all chains: one for each product that a customer has."""
    count = len(people.start)
    held = draw.random((count, len(PRODUCTS))) < HELD
    customer, product = np.nonzero(held)
    shares = np.cumsum([SHARES[one] for one in BANDS], axis=1)[people.band[customer]]
    kind = (draw.random(len(customer))[:, None] > shares[:, :-1]).sum(axis=1)
    later = draw.choice([0, 0, 2, 5, 9, 14, 26], len(customer)) * (product > 0)
    start = columns.add_months(people.start[customer], later)
    return {
        "customer": customer,
        "product": product,
        "kind": kind,
        "start": start,
        "arr": people.arr[customer] * np.array(WORTH)[product],
        "signed": start - draw.integers(3, 41, len(customer)),
        "previous": np.full(len(customer), -1),
    }


def _one_offs(draw: Draw, people: People, until: int) -> dict[str, Column]:
    """Set-up and classes: no ARR, no renewal."""
    customer = np.arange(len(people.start))
    is_one = np.concatenate([draw.random(len(customer)) < share for share in (0.35, 0.2)])
    customer = np.tile(customer, 2)[is_one]
    kind = np.repeat([ONE_OFF, ONE_OFF + 1], len(people.start))[is_one]
    start = people.start[customer]
    chains = {
        "customer": customer,
        "product": np.zeros(len(customer), int),
        "kind": kind,
        "start": start,
        "arr": people.arr[customer] * np.where(kind == ONE_OFF, 0.9, 0.6),
        "signed": start - draw.integers(3, 41, len(customer)),
        "previous": np.full(len(customer), -1),
    }
    return _term(draw, people, chains, until)


def _term(draw: Draw, people: People, chains: dict[str, Column], until: int) -> dict[str, Column]:
    """Write the contracts of these terms, as if nothing came after them."""
    kind, start, customer = chains["kind"], chains["start"], chains["customer"]
    months = MONTHS[kind]
    last = columns.add_months(start, months) - 1
    last = np.where(kind == OPEN_ENDED, until + 36_500, last)
    share = chains["arr"] / people.arr[customer]
    arr = chains["arr"] * np.where(kind == OPEN_ENDED, 12, months) / 120
    return {
        **{name: chains[name] for name in ("customer", "kind", "product", "start", "previous")},
        "last": last,
        "amount": np.maximum(10, np.rint(arr) * 10).astype(int),
        "users": np.maximum(2, np.rint(people.users[customer] * share)).astype(int),
        "signed": np.where(draw.random(len(start)) < 0.1, -1, chains["signed"]),
        "state": np.where(last >= until, ACTIVE, ENDED),
        "ended": last,
        "reason": np.full(len(start), -1),
        "is_renewed": np.zeros(len(start), bool),
    }


def _step(
    draw: Draw, people: People, chains: dict[str, Column], until: int, count: int
) -> tuple[dict[str, Column], dict[str, Column]]:
    """Write one term of each chain; give the terms, and the chains that go on."""
    term = _term(draw, people, chains, until)
    size, last, kind = len(term["start"]), term["last"], term["kind"]
    ends_in = last - until
    will = draw.random(size) < _chance(draw, people, term)
    roll = draw.random(size)
    is_over = ends_in <= 0
    is_open = is_over & (ends_in > -OPEN_DAYS) & (roll < 0.45)
    is_early = ~is_over & (ends_in <= EARLY_DAYS) & will & (roll < 0.45)
    is_next = (kind != OPEN_ENDED) & ((is_over & will & ~is_open) | is_early)
    _lose(draw, term, is_over & ~will & ~is_open & (kind != OPEN_ENDED))
    start, signed = _when(draw, last, kind, is_early, until)
    health = people.health(term["customer"], start)
    is_next &= (start <= until + EARLY_DAYS) & ((start <= until) | (signed <= until + 20))
    term["is_renewed"] = is_next
    is_longer = (kind == 0) & (health > 0.5) & (draw.random(size) < 0.06)
    following: dict[str, Any] = {
        "customer": term["customer"],
        "product": term["product"],
        "kind": np.where(is_longer, 1, kind),
        "start": start,
        "arr": np.maximum(600, chains["arr"] * _price(draw, kind, health)),
        "signed": signed,
        "previous": np.where(draw.random(size) < 0.6, count + np.arange(size), -1),
    }
    return term, {name: column[is_next] for name, column in following.items()}


def _chance(draw: Draw, people: People, term: dict[str, Column]) -> Column:
    """Give the chance of renewal: by the health 90 days before the end, and some luck."""
    health = people.health(term["customer"], term["last"] - 90)
    weight = 3.0 + 1.5 * health + draw.normal(0, 0.45, len(health)) - 0.4 * (term["product"] == 1)
    return columns.squeezed(weight) ** np.minimum(1.0, MONTHS[term["kind"]] / 12)


def _when(
    draw: Draw, last: Column, kind: Column, is_early: Column, until: int
) -> tuple[Column, Column]:
    """Say when the next term starts and is signed: most in time, some early or late."""
    size, roll = len(last), draw.random(len(last))
    is_long = kind < LONG
    overlap, gap = draw.integers(10, 61, size), draw.integers(6, 53, size)
    is_before, is_late = is_long & (roll < 0.05), is_long & (roll >= 0.05) & (roll < 0.13)
    is_signed_late = is_long & (roll >= 0.13) & (roll < 0.17)
    start = last + 1 + np.where(is_early, 0, gap * is_late - overlap * is_before)
    ahead = draw.integers(2, np.where(is_long, 70, 9), size)
    signed = np.where(is_signed_late, start + draw.integers(3, 26, size), start - ahead)
    return start, np.where(is_early, until - draw.integers(1, 26, size), signed)


def _price(draw: Draw, kind: Column, health: Column) -> Column:
    """Healthy customers grow, the others shrink; most stay as they are."""
    size, roll = len(kind), draw.random(len(kind))
    changes = draw.random(size) <= np.maximum(1, MONTHS[kind]) / 12
    grows = changes & (roll < 0.2 + 0.1 * health)
    shrinks = changes & ~grows & (roll > 0.88 + 0.06 * health)
    up, down = draw.uniform(1.05, 1.5, size), draw.uniform(0.55, 0.92, size)
    return np.where(grows, up, np.where(shrinks, down, 1.0))


def _lose(draw: Draw, term: dict[str, Column], is_lost: Column) -> None:
    """Mark losses in their rows, or forget to."""
    size, roll, is_long = len(is_lost), draw.random(len(is_lost)), term["kind"] < LONG
    is_ended = is_lost & is_long & (roll < 0.1)
    is_marked = is_lost & ~is_ended & (roll < 0.82)
    early = term["last"] - draw.integers(25, 151, size)
    term["ended"] = np.where(is_ended, early, term["ended"])
    term["state"] = np.where(is_ended, TERMINATED, np.where(is_marked, LOST, term["state"]))
    reason = columns.picked(draw, REASONS, size)
    is_said = (is_ended | is_marked) & (draw.random(size) > 0.12)
    term["reason"] = np.where(is_said, reason, -1)

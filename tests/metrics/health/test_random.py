"""Random companies with gaps in everything: product and oracle agree in every cell."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tend.view import View
from tests.kit.comparing import differences
from tests.kit.samples.health_stories import (
    Story,
    Told,
    by_oracle,
    survey,
    term,
    ticket,
    touch,
    usage,
)
from tests.oracle.facts.days import add_months, month_end
from tests.oracle.facts.facts import Contract, Customer
from tests.oracle.facts.signals import Signals, Survey, Ticket, Touch, Usage
from tests.oracle.health.standings import INDICATORS, Definition

FIRST = date(2025, 9, 1)
MONTHS = [add_months(FIRST, number) for number in range(13)]
SEVERITIES = (None, "critical", "high", "medium", "low")
PEOPLE = (None, "Ann Lee", "ann lee", "Ann  Lee ", "ＡＮＮ Lee", "Bo", "unknown", "未知", "all")


def contracts_of(rng: Random, name: str) -> list[Contract]:
    """Draw a chain of contracts with gaps, overlaps, marks, late signatures and blank licences."""
    found = []
    start = date(2024, 10, 1) + timedelta(days=rng.randrange(400))
    for number in range(rng.randrange(1, 6)):
        end = start + timedelta(days=rng.choice((0, 89, 180, 364)))  # 0: of one day
        signed = start + timedelta(days=rng.choice((-40, -10, 0, 0, 15)))
        more = {
            "licensed_users": rng.choice((None, 0, 10, 25)),
            "status": rng.choice((None, None, None, "lost")),
            "ended_on": end - timedelta(days=30) if rng.random() < 0.05 else None,
            "product": rng.choice((None, "Base", "Base", "Suite")),
        }
        one = term(name, f"{start}", f"{end}", signed_date=f"{signed}", **more)
        found.append(replace(one, contract_id=f"{name}-{number}"))
        start = end + timedelta(days=rng.choice((-20, 1, 1, 1, 30, 75)))
    return found


def usage_of(rng: Random, name: str) -> list[Usage]:
    """Draw months of usage, some missing, with blanks and zeros; some drop out of the file."""
    ranges = {"active_users": 12, "licensed_users": 20, "key_actions": 90, "features_used": 8}
    months = MONTHS[: rng.randrange(1, 9)] if rng.random() < 0.2 else MONTHS
    return [
        one
        for month in months
        if rng.random() < 0.8
        for one in usage(
            name,
            f"{month:%Y-%m}",
            **{key: float(rng.randrange(top)) for key, top in ranges.items() if rng.random() < 0.8},
        )
    ]


def surveys_of(rng: Random, name: str) -> list[Survey]:
    """Draw answers of named and nameless people, one a day."""
    return [
        survey(
            *(name, f"{month + timedelta(days=rng.randrange(28))}"),
            rng.choice((None, *(halves / 2 for halves in range(21)))),
            sentiment=rng.choice((None, -1, 0, 1)),
            respondent=rng.choice(PEOPLE),
        )
        for month in MONTHS
        if rng.random() < 0.3
    ]


def touches_of(rng: Random, name: str) -> list[Touch]:
    """Draw touches, with the key contact or without."""
    return [
        touch(name, f"{month + timedelta(days=rng.randrange(28))}", rng.choice((None, "ANN LEE!")))
        for month in MONTHS
        if rng.random() < 0.5
    ]


def tickets_of(rng: Random, name: str) -> list[Ticket]:
    """Draw tickets, solved in time, late or never."""
    found = []
    for month in MONTHS:
        if rng.random() < 0.4:
            day = month + timedelta(days=rng.randrange(28))
            solved = day + timedelta(days=rng.choice((0, 1, 3, 7, 14, 40)))
            csat = rng.choice((None, 1, 2, 3, 4, 5))
            resolved = f"{solved}" if rng.random() < 0.8 else None
            found.append(ticket(name, f"{day}", resolved, rng.choice(SEVERITIES), csat))
    return found


def definition(rng: Random) -> Definition:
    """Draw a definition: weights, switches, limits by hand, margin and how many teach."""
    drawn = [
        replace(
            one,
            weight=rng.choice((0.5, 1.0, 2.0)),
            is_on=one.name in ("breadth", "nps") or rng.random() < 0.8,
            low=2.0 if one.name == "breadth" and rng.random() < 0.5 else None,
            high=9.0 if one.name == "nps" and rng.random() < 0.5 else None,
        )
        for one in INDICATORS
    ]
    return Definition(tuple(drawn), rng.choice((1.0, 3.0, 10.0)), rng.choice((5, 20)), 6)


def drawn(seed: int) -> Story:
    """Draw a company of sixty."""
    rng = Random(seed)
    names = [f"c{number:02}" for number in range(60)]
    industries = ("Retail", "Software", "Education", None)
    customers = [
        Customer(name, industry=rng.choice(industries), key_contact=rng.choice((None, "Ann Lee")))
        for name in names
    ]
    signals = Signals(
        [one for name in names if rng.random() < 0.9 for one in usage_of(rng, name)],
        [one for name in names if rng.random() < 0.8 for one in surveys_of(rng, name)],
        [one for name in names for one in touches_of(rng, name)],
        [one for name in names for one in tickets_of(rng, name)],
    )
    contracts = [one for name in names for one in contracts_of(rng, name)]
    return Story(contracts, customers, signals, definition(rng))


def views() -> list[tuple[str, View]]:
    """Give the questions: every month end, days between, pairs of days, windows."""
    days = [*(month_end(month) for month in MONTHS), date(2026, 3, 17), date(2025, 8, 31)]
    last = date(2026, 9, 30)
    return [
        *(("health", View(day)) for day in days),
        *(("health_on_day", View(day)) for day in (date(2026, 3, 17), date(2026, 9, 30))),
        ("quadrant_movement", View(last, date(2025, 12, 31), last)),
        ("quadrant_movement", View(last, date(2026, 2, 11), date(2026, 7, 12))),
        ("health_backtest", View(last)),
        ("health_backtest", View(date(2026, 5, 31))),
        ("health_backtest", View(last, date(2026, 1, 1), date(2026, 6, 30))),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_random_companies(product_tells: Callable[[Story], Told], seed: int) -> None:
    """Scores, states, movements and backtest of sixty customers, with limits of their own."""
    story = drawn(seed)
    product, oracle = product_tells(story), by_oracle(story)
    for name, view in views():
        found = differences(name, product.rows(name, view), oracle.rows(name, view))
        assert not found, f"{name} {view}\n" + "\n".join(found[:12])

"""Months of a matrix, each given as a fact of its own, told as runs of equal months (M28)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from tests.oracle.facts.facts import Contract, plain

MONTH = "month"


def as_runs(contracts: Sequence[Contract]) -> list[Contract]:
    """Give the contracts, and one for each run; who pays in the last month of all still runs."""
    months = [c for c in contracts if c.amount_basis == MONTH]
    last = max((start(c) for c in months), default=date.min)
    whose: dict[tuple[str, str], list[Contract]] = {}
    for fact in months:
        whose.setdefault((fact.customer_id, plain(fact.product)), []).append(fact)
    found = [c for c in contracts if c.amount_basis != MONTH]
    for facts in whose.values():
        found += runs(sorted(facts, key=start), last)
    return found


def runs(facts: Iterable[Contract], last: date) -> list[Contract]:
    """Put months together that follow each other with the same amount; nothing is none."""
    ordered = list(enumerate(facts))
    found = []
    for _, some in groupby(ordered, key=lambda one: (number(one[1]) - one[0], one[1].amount)):
        run = [fact for _, fact in some]
        end = None if start(run[-1]) == last else run[-1].end_date
        if run[0].amount:
            found.append(replace(run[0], end_date=end))
    return found


def start(fact: Contract) -> date:
    """Give the month of a fact."""
    assert fact.start_date is not None
    return fact.start_date


def number(fact: Contract) -> int:
    """Number the months."""
    return 12 * start(fact).year + start(fact).month

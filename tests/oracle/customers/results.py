"""What a customer got from the product a second time, from its signals one by one."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from math import fsum
from statistics import median

from tests.oracle.facts.signals import Signals, Survey
from tests.oracle.renewals.rates import Row
from tests.oracle.service import service

Told = dict[str, tuple[float, int]]
MEASURES = ("active_users", "licensed_users", "key_actions", "features_used")


def periods(signals: Signals, first: date, last: date) -> dict[date, dict[str, float]]:
    """Give the measures of each period that ends in a window, by its last day."""
    found: dict[date, dict[str, float]] = defaultdict(dict)
    for one in signals.usage:
        if one.value is not None and one.measure in MEASURES and first <= one.period_end <= last:
            found[one.period_end][one.measure] = one.value
    return dict(sorted(found.items()))


def results(company: Signals, customer_id: str, first: date, last: date) -> Told:
    """Give each measure that is told of, with how many periods, tickets or answers it is of."""
    own = company.of(customer_id)
    told = _usage(own, first, last) | _tickets(company, own, first, last)
    since = service.year_to(last)
    asked = (("nps", "nps"), ("csat", "csat"))
    for name, of in asked:
        answers = service.latest_by_person(own.surveys, since, last, of)
        scores = [_score(one, of) for one in answers]
        if scores:
            told[name] = (fsum(scores) / len(scores), len(scores))
    return told


def _score(answer: Survey, of: str) -> float:
    if of == "nps":
        assert answer.nps is not None
        return answer.nps
    assert answer.csat is not None
    return answer.csat / (answer.csat_scale or 1)


def _usage(own: Signals, first: date, last: date) -> Told:
    told: Told = {}
    rows = list(periods(own, first, last).values())
    for name in MEASURES:
        values = [row[name] for row in rows if name in row]
        if values:
            means = {"active_users": fsum(values) / len(values), "key_actions": fsum(values)}
            told[name] = (means.get(name, values[-1]), len(values))
    both = [row for row in rows if {"active_users", "licensed_users"} <= row.keys()]
    if both:
        licences = fsum(row["licensed_users"] for row in both)
        told["active_share"] = (fsum(row["active_users"] for row in both) / licences, len(both))
    return told


def _tickets(company: Signals, own: Signals, first: date, last: date) -> Told:
    if company.first_ticket is None or company.first_ticket > last:
        return {}
    opened = [one for one in own.tickets if first <= one.opened_on <= last]
    solved = [one for one in own.tickets if one.resolved_on and first <= one.resolved_on <= last]
    told: Told = {
        "tickets_opened": (len(opened), len(opened)),
        "tickets_solved": (len(solved), len(solved)),
    }
    if solved:
        days = [(one.resolved_on - one.opened_on).days for one in solved if one.resolved_on]
        told["days_to_solve"] = (median(days), len(days))
    ratings = [one.csat / (one.csat_scale or 1) for one in solved if one.csat is not None]
    if ratings:
        told["ticket_csat"] = (fsum(ratings) / len(ratings), len(ratings))
    return told


def months(company: Signals, customer_id: str, ends: Sequence[date]) -> list[Row]:
    """Give use and tickets of each month, by its last day."""
    own, found = company.of(customer_id), []
    for end in ends:
        first = end.replace(day=1)
        told = {name: value for name, (value, _) in _usage(own, first, end).items()}
        told |= {name: value for name, (value, _) in _tickets(company, own, first, end).items()}
        row: Row = {"month": first}
        names = ("active_users", "key_actions", "tickets_opened", "tickets_solved")
        found.append(row | {name: told.get(name) for name in names})
    return found

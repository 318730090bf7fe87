"""Satisfaction, the SOP matrix, NPS and the touch rate a second time, person by person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from tend.view import View
from tests.oracle.facts.company import UNKNOWN, Company, band
from tests.oracle.facts.days import add_months, month_end
from tests.oracle.facts.facts import Contract
from tests.oracle.facts.signals import Signals, Survey, nps_group, nps_of
from tests.oracle.health.indicators import is_in_force
from tests.oracle.renewals.deal import Deal
from tests.oracle.renewals.rates import Row

OF_CONTRACT = ("product", "contract_type", "month", "quarter")


@dataclass(frozen=True)
class Team:
    """A company and what its customers did and said."""

    company: Company
    signals: Signals


def latest_by_person(surveys: Iterable[Survey], first: date, last: date, of: str) -> list[Survey]:
    """Give each person's latest answer with an NPS or CSAT; a nameless one is a person (G7, M5)."""
    found: dict[str | int, Survey] = {}
    for one in sorted(surveys, key=lambda s: (s.moment, s.nps or 0)):
        if first <= one.answered_on <= last and getattr(one, of) is not None:
            found[one.person] = one
    return list(found.values())


def year_to(day: date) -> date:
    """Give the first of the 12 months to a day: the same day a year ago is outside (G6)."""
    return add_months(day, -12) + timedelta(days=1)


def satisfaction(surveys: Sequence[Survey], day: date) -> str:
    """Name how satisfied a customer is on a day (G4, G6)."""
    scores = [s.nps for s in latest_by_person(surveys, year_to(day), day, "nps")]
    known = [score for score in scores if score is not None]
    if known:
        mean = fsum(known) / len(known)
        return "satisfied" if mean >= 8.5 else "neutral" if mean >= 6.5 else "critical"
    rated = latest_by_person(surveys, year_to(day), day, "csat")
    if not rated:
        return "not_asked"
    share = sum(is_satisfied(one) for one in rated) / len(rated)
    return "satisfied" if share >= 0.8 else "neutral" if share >= 0.6 else "critical"


def is_satisfied(one: Survey) -> bool:
    """Tell whether a rating is 4-5 of 5, 8-10 of 10, or 80 % and more (G4)."""
    least = {5.0: 4.0, 10.0: 8.0, 100.0: 80.0}
    return one.csat is not None and one.csat >= least[one.csat_scale or 5.0]


def in_force(team: Team, view: View, day: date) -> dict[tuple[str, str], list[Deal]]:
    """Give the chosen deals in force on a day, by segment and customer (C3, D6)."""
    found: dict[tuple[str, str], list[Deal]] = defaultdict(list)
    for deal in team.company.chosen(view):
        if is_in_force(deal, day):
            group = None if view.group_by == "potential" else view.group_by
            segment = team.company.segment(deal, group, view.as_of)
            name = deal.fact.customer_id
            if view.group_by == "potential":
                segment = team.company.customer(name).potential or UNKNOWN
            found[segment, name].append(deal)
    return found


def cells(team: Team, view: View, day: date) -> dict[tuple[str, str], tuple[str, str, float]]:
    """Give each customer's cell and ARR, by segment and customer."""
    return {
        (segment, name): (
            band(team.company.customer(name), team.company.settings),
            satisfaction(team.signals.of(name).surveys, day),
            fsum(deal.arr_on(day) for deal in deals),
        )
        for (segment, name), deals in in_force(team, view, day).items()
    }


def sop_matrix(team: Team, view: View) -> list[Row]:
    """Give the cells with customers in force (G2); without tasks no step is open."""
    found: dict[tuple[str, str, str], list[tuple[str, float]]] = defaultdict(list)
    for (segment, name), (scale, word, arr) in cells(team, view, view.as_of).items():
        found[segment, scale, word].append((name, arr))
    rows: list[Row] = []
    for (segment, scale, word), members in found.items():
        people = [
            one.nps
            for name, _ in members
            for one in latest_by_person(
                team.signals.of(name).surveys, year_to(view.as_of), view.as_of, "nps"
            )
            if one.nps is not None
        ]
        row: Row = {"segment": segment, "scale": scale, "satisfaction": word}
        row |= {"customers": len(members), "arr": fsum(arr for _, arr in members)}
        row |= {"open_steps": 0, "overdue_steps": 0, "answers": len(people)}
        rows.append(row | {"nps": nps_of(people)})
    return rows


def nps(team: Team, view: View) -> list[Row]:
    """Give the NPS by segment, of all customers with answers (G5)."""
    last = min(view.end or view.as_of, view.as_of)
    first = view.start or year_to(last)
    found: dict[str, list[float]] = defaultdict(list)
    for name, one in people(team, first, last):
        for segment in segments_of(team, view, name):
            assert one.nps is not None
            found[segment].append(one.nps)
    return [
        {
            "segment": segment,
            "answers": len(scores),
            "promoters": [nps_group(score) for score in scores].count("promoter"),
            "passives": [nps_group(score) for score in scores].count("passive"),
            "detractors": [nps_group(score) for score in scores].count("detractor"),
            "nps": nps_of(scores),
        }
        for segment, scores in found.items()
    ]


def people(team: Team, first: date, last: date) -> list[tuple[str, Survey]]:
    """Give everybody who answered in a window, with the customer."""
    return [
        (name, one)
        for name in sorted({survey.customer_id for survey in team.signals.surveys})
        for one in latest_by_person(team.signals.of(name).surveys, first, last, "nps")
    ]


def segments_of(team: Team, view: View, name: str) -> set[str]:
    """Give the segments of a customer: by its contracts in force, or by what it is itself (D6)."""
    asked = {view.group_by, *(dimension for dimension, _ in view.filters)}
    if asked & set(OF_CONTRACT):
        found = in_force(team, view, view.as_of)
        return {segment for segment, customer in found if customer == name}
    # an imagined contract: only what the customer itself is can be asked of it
    alone = Deal(Contract("", name), None, None, None)
    if not team.company.passes(alone, view):
        return set()
    return {team.company.segment(alone, view.group_by, view.as_of)}


def touch_rate(team: Team, view: View) -> list[Row]:
    """Count month by month who was in force at its end, and who of them was touched (H1, H2)."""
    rows: list[Row] = []
    for month in months_of(view):
        day = min(month_end(month), view.as_of)
        is_known = any(t.touched_on <= day for t in team.signals.touches) and any(
            month <= t.touched_on <= view.as_of for t in team.signals.touches
        )
        found: dict[tuple[str, str], list[bool]] = defaultdict(list)
        for segment, name in in_force(team, view, day):
            touched = any(
                month <= touch.touched_on <= day for touch in team.signals.of(name).touches
            )
            found[segment, team.company.customer(name).csm or UNKNOWN].append(touched)
        rows += [
            {
                "segment": segment,
                "csm": csm,
                "month": month,
                "customers": len(each),
                "touched": sum(each) if is_known else None,
                "touch_rate": sum(each) / len(each) if is_known else None,
            }
            for (segment, csm), each in found.items()
        ]
    return rows


def months_of(view: View) -> list[date]:
    """List the months of a window; without one the last 12 that are over (A9)."""
    if view.start is None and view.end is None:
        last = (view.as_of + timedelta(days=1)).replace(day=1)
        return [add_months(last, -n) for n in range(12, 0, -1)]
    last = min(view.end or view.as_of, view.as_of).replace(day=1)
    first = view.start.replace(day=1) if view.start else add_months(last, -11)
    return [m for n in range(400) if (m := add_months(first, n)) <= last]


def sop_movement(team: Team, view: View) -> list[Row]:
    """Count who went from which satisfaction to which since a day."""
    start = view.start or add_months(view.as_of, -1)
    before = {name: cell for (_, name), cell in cells(team, view, start).items()}
    later = {name: cell for (_, name), cell in cells(team, view, view.as_of).items()}
    found: dict[tuple[str, str | None, str | None], list[float]] = defaultdict(list)
    for name in sorted(before.keys() | later.keys()):
        one, other = before.get(name), later.get(name)
        scale, _, arr = other or one or ("", "", 0.0)
        found[scale, one and one[1], other and other[1]].append(arr)
    return [
        {"scale": scale, "was": was, "satisfaction": now, "customers": len(arr), "arr": fsum(arr)}
        for (scale, was, now), arr in found.items()
    ]

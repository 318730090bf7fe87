"""The forecast of open contracts a second time: like with like, drawn towards all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum
from weakref import WeakKeyDictionary

from tend.view import View
from tests.oracle.facts.days import add_months, month_end, month_label
from tests.oracle.forecast.odds import Odds, given, interval, learned
from tests.oracle.health.queries import last_month_end, quadrant
from tests.oracle.health.standings import Health
from tests.oracle.renewals.contracts import RENEWED, judge, shows_mark
from tests.oracle.renewals.deal import Deal
from tests.oracle.renewals.rates import Row, in_window

# The sample's words for the stages, in the order in which they are gone through.
PLACES = {
    word: place
    for place, word in enumerate(
        ("Start talking", "Plan", "Quote", "Commercial process", "Deferred", "Renewed", "Lost"), 1
    )
}
DECIDED = {"Renewed": 1.0, "Lost": 0.0}
# M30: distances from the end, in days left; beyond 90 by 30 more, as far as a year
STEPS: tuple[int, ...] = (*range(360, 89, -30), 60, 30, 14, 0, -14, -30, -60)
NO_END = 90


@dataclass(frozen=True)
class Open:
    """An open contract, its chance to renew, and where the chance comes from."""

    deal: Deal
    odds: Odds
    basis: str
    is_marked_lost: bool = False

    @property
    def chance(self) -> float | None:
        """Give its chance as it is told."""
        return self.odds.chance

    @property
    def arr(self) -> float:
        """Give its ARR."""
        return self.deal.arr or 0.0

    def row(self) -> Row:
        """Show it as the query does."""
        return {
            "contract_id": self.deal.fact.contract_id,
            "customer_id": self.deal.fact.customer_id,
            "end_date": self.deal.last,
            "arr": self.deal.arr,
            "probability": self.chance,
            "basis": self.basis,
            "expected_arr": None if self.chance is None else self.chance * self.arr,
            "is_marked_lost": self.is_marked_lost,
        }


@dataclass(frozen=True)
class Case:
    """A contract of the past at a distance from its end at which it was still undecided."""

    step: int
    cell: int | None
    size: str
    is_renewed: bool


@dataclass(frozen=True)
class Stage:
    """One row of the renewal process."""

    contract_id: str
    entered_on: date
    probability: float | None
    stage: str = ""


def renewal_forecast(found: Health, view: View, stages: Sequence[Stage] = ()) -> list[Row]:
    """Give one row per contract due or overdue."""
    return [one.row() for one in open_ones(found, view, stages)]


def open_ones(
    found: Health, view: View, stages: Sequence[Stage], *, with_marks: bool = True
) -> list[Open]:
    """Give the contracts due or overdue in the view, each with its chance."""
    past = cases(found, view.as_of)
    told = _told(stages, view.as_of)
    chosen = []
    for deal in found.company.chosen(view):
        if deal.outcome in ("due", "overdue") and in_window(deal.last, view):
            one = _open(found, deal, view.as_of, past, told.get(deal.fact.contract_id))
            is_marked = shows_mark(deal, found.company.settings)
            if is_marked and with_marks:  # M31: whatever its stage
                one = Open(deal, given(0.0), "marked_lost", is_marked_lost=True)
            chosen.append(one)
    return chosen


def _open(
    found: Health, deal: Deal, day: date, past: Sequence[Case], own: tuple[float, str] | None
) -> Open:
    """Give an open contract's chance: its own, else that of others at its distance."""
    if own is not None:
        return Open(deal, given(own[0]), own[1])
    cell = quadrant(found.standing(deal.fact.customer_id, last_month_end(day)))
    size = found.company.segment(deal, "size", day)
    step = step_of((deal.last - day).days if deal.last else None)
    return Open(deal, _odds(past, step, cell, size), "quadrant" if cell else "size")


def renewal_forecast_total(found: Health, view: View, stages: Sequence[Stage] = ()) -> list[Row]:
    """Give expected ARR with its 80 % interval, by month or for all."""
    groups: dict[str, list[Open]] = {}
    for one in open_ones(found, view, stages):
        label = month_label(one.deal.last) if view.group_by == "month" else "all"
        groups.setdefault(label, []).append(one)
    return [_total(label, ones) for label, ones in groups.items()]


def _total(label: str, ones: list[Open]) -> Row:
    cases = [(one.chance, one.arr) for one in ones if one.chance is not None]
    low, high = interval([(one.odds, one.arr) for one in ones])
    return {
        "segment": label,
        "contracts": len(ones),
        "arr": fsum(arr for _, arr in cases),
        "expected_arr": fsum(chance * arr for chance, arr in cases),
        "low": low,
        "high": high,
        "marked_contracts": sum(one.is_marked_lost for one in ones),
        "marked_arr": fsum(one.arr for one in ones if one.is_marked_lost),
    }


def month_ends_before(day: date, count: int) -> list[date]:
    """Give so many month ends whose next quarter is over on a day."""
    return [month_end(add_months(day, -n)) for n in range(3 + count - 1, 2, -1)]


def months_after(day: date, count: int) -> date:
    """Give the month end so many months later."""
    return month_end(add_months(day, count))


def step_of(days_left: int | None) -> int:
    """Give the distance that a contract has come to; without an end it is 90 days."""
    passed = [step for step in STEPS if step <= (NO_END if days_left is None else days_left)]
    return max([*passed, min(STEPS)])


def cases(found: Health, as_of: date) -> list[Case]:
    """Give what became of contracts that are past, at each distance while they were undecided."""
    past: list[Case] = []
    for deal in found.company.deals(as_of):
        is_over = deal.last is None or deal.last < as_of
        if deal.outcome in (*RENEWED, "lost") and is_over:
            size = found.company.segment(deal, "size", as_of)
            for step, cell in _while_open(found, deal):
                past.append(Case(step, cell, size, deal.outcome in RENEWED))
    return past


_SEEN: WeakKeyDictionary[Health, dict[str, list[tuple[int, int | None]]]] = WeakKeyDictionary()


def _while_open(found: Health, deal: Deal) -> list[tuple[int, int | None]]:
    """Give the distances at which a contract was open, as judged that day, and its quadrant."""
    seen = _SEEN.setdefault(found, {})
    name, customer = deal.fact.contract_id, deal.fact.customer_id
    if deal.last is None:
        return [(NO_END, None)]
    if name not in seen:
        family = [c for c in found.company.contracts if c.customer_id == customer]
        seen[name] = []
        for step in STEPS:
            day = deal.last - timedelta(days=step)
            then = judge(family, found.company.settings, day)
            if any(d.fact.contract_id == name and d.outcome in ("due", "overdue") for d in then):
                cell = quadrant(found.standing(customer, last_month_end(day)))
                seen[name].append((step, cell))
    return seen[name]


def _odds(past: Sequence[Case], step: int, cell: int | None, size: str) -> Odds:
    if not past:
        return given(None)
    # where none was ever undecided the nearest distance tells, of two the one farther from the end
    known = {one.step for one in past}
    near = min(known, key=lambda other: (abs(other - step), -other))
    shares = [one.is_renewed for one in past if one.step == near]
    alike = [
        one.is_renewed
        for one in past
        if one.step == step and one.size == size and (cell is None or one.cell == cell)
    ]
    return learned((step, size, cell), alike, shares)


def _told(stages: Sequence[Stage], as_of: date) -> Mapping[str, tuple[float, str]]:
    """Give each contract's own chance and its basis: the newest word counts.

    Of one day the stage further on is the newer word; a stage that decides says its own chance.
    """
    known = [s for s in stages if s.entered_on <= as_of]
    told: dict[str, tuple[float, str]] = {}
    for one in sorted(known, key=lambda s: (s.entered_on, PLACES.get(s.stage, 0))):
        if one.probability is not None:
            told[one.contract_id] = (one.probability, "probability")
        elif one.stage in DECIDED:
            told[one.contract_id] = (DECIDED[one.stage], "stage")
    return told

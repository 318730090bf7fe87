"""The forecast of open contracts a second time: like with like, drawn towards all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum, sqrt
from statistics import NormalDist

from tend.view import View
from tests.oracle.facts.days import add_months, month_end, month_label
from tests.oracle.health.queries import last_month_end, quadrant, standing_before
from tests.oracle.health.standings import Health
from tests.oracle.renewals.contracts import RENEWED, shows_mark
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
PRIOR = 10  # D10: the overall rate weighs as much as ten contracts


@dataclass(frozen=True)
class Open:
    """An open contract, its chance to renew, and where the chance comes from."""

    deal: Deal
    chance: float | None
    basis: str
    is_marked_lost: bool = False

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
class Stage:
    """One row of the renewal process."""

    contract_id: str
    entered_on: date
    probability: float | None
    stage: str = ""


def renewal_forecast(found: Health, view: View, stages: Sequence[Stage] = ()) -> list[Row]:
    """Give one row per contract due or overdue."""
    return [one.row() for one in open_ones(found, view, stages)]


def open_ones(found: Health, view: View, stages: Sequence[Stage]) -> list[Open]:
    """Give the contracts due or overdue in the view, each with its chance."""
    decided = _decided(found, view.as_of)
    told = _told(stages, view.as_of)
    month = last_month_end(view.as_of)
    chosen = []
    for deal in found.company.chosen(view):
        if deal.outcome in ("due", "overdue") and in_window(deal.last, view):
            cell = quadrant(found.standing(deal.fact.customer_id, month))
            size = found.company.segment(deal, "size", view.as_of)
            own = told.get(deal.fact.contract_id)
            chance = _chance(decided, cell, size) if own is None else own[0]
            basis = own[1] if own is not None else "quadrant" if cell else "size"
            chosen.append(Open(deal, chance, basis, shows_mark(deal, found.company.settings)))
    return chosen


def renewal_forecast_total(found: Health, view: View, stages: Sequence[Stage] = ()) -> list[Row]:
    """Give expected ARR with its 80 % interval, by month or for all."""
    groups: dict[str, list[Open]] = {}
    for one in open_ones(found, view, stages):
        label = month_label(one.deal.last) if view.group_by == "month" else "all"
        groups.setdefault(label, []).append(one)
    return [_total(label, ones) for label, ones in groups.items()]


def _total(label: str, ones: list[Open]) -> Row:
    cases = [(one.chance, one.arr) for one in ones if one.chance is not None]
    low, high = interval(cases)
    return {
        "segment": label,
        "contracts": len(ones),
        "arr": fsum(arr for _, arr in cases),
        "expected_arr": fsum(chance * arr for chance, arr in cases),
        "low": low,
        "high": high,
        "marked_contracts": sum(one.is_marked_lost for one in ones),
        "marked_arr": fsum(one.arr for one in ones if one.is_marked_lost),
        "marked_expected_arr": fsum(
            one.chance * one.arr for one in ones if one.is_marked_lost and one.chance is not None
        ),
    }


def interval(cases: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Give the 80 % interval of a sum of independent outcomes, each of a chance and an ARR."""
    expected = fsum(p * arr for p, arr in cases)
    spread = NormalDist().inv_cdf(0.9) * sqrt(fsum(p * (1 - p) * arr**2 for p, arr in cases))
    return max(0.0, expected - spread), min(fsum(arr for _, arr in cases), expected + spread)


def month_ends_before(day: date, count: int) -> list[date]:
    """Give so many month ends whose next quarter is over on a day."""
    return [month_end(add_months(day, -n)) for n in range(3 + count - 1, 2, -1)]


def months_after(day: date, count: int) -> date:
    """Give the month end so many months later."""
    return month_end(add_months(day, count))


def _decided(found: Health, as_of: date) -> list[tuple[bool, int | None, str]]:
    cases: list[tuple[bool, int | None, str]] = []
    for deal in found.company.deals(as_of):
        if deal.outcome in (*RENEWED, "lost"):
            cell = _quadrant_before(found, deal, as_of)
            size = found.company.segment(deal, "size", as_of)
            cases.append((deal.outcome in RENEWED, cell, size))
    return cases


def _quadrant_before(found: Health, deal: Deal, as_of: date) -> int | None:
    return quadrant(standing_before(found, deal, as_of)) if deal.last else None


def _chance(
    decided: list[tuple[bool, int | None, str]], cell: int | None, size: str
) -> float | None:
    if not decided:
        return None
    overall = sum(renewed for renewed, *_ in decided) / len(decided)
    alike = [r for r, c, s in decided if s == size and (cell is None or c == cell)]
    return (sum(alike) + PRIOR * overall) / (len(alike) + PRIOR)


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

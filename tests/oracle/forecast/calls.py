"""CSMs' calls a second time: who said what while it was undecided, what came, and who was right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from tend.view import View
from tests.oracle.facts.days import add_months
from tests.oracle.facts.numbers import wilson
from tests.oracle.forecast.forecast import Stage, open_ones
from tests.oracle.health.queries import last_month_end
from tests.oracle.health.standings import Health
from tests.oracle.renewals.contracts import RENEWED, judge
from tests.oracle.renewals.deal import Deal
from tests.oracle.renewals.rates import Row, in_window

SAID = {"commit": 1.0, "at_risk": 0.5, "lost": 0.0}
MONTHS = 36


@dataclass(frozen=True)
class Said:
    """One call: a CSM's word on how a contract's renewal will end."""

    contract_id: str
    call: str
    day: date
    csm: str | None = None


@dataclass(frozen=True)
class Held:
    """The newest call on a contract while it was undecided, and what the model gave it then."""

    deal: Deal
    said: Said
    chance: float | None

    @property
    def is_renewed(self) -> bool:
        """Tell what came."""
        return self.deal.outcome in RENEWED

    def misses(self) -> tuple[float, float]:
        """Give the squared misses of call and model."""
        assert self.chance is not None
        came = float(self.is_renewed)
        return (SAID[self.said.call] - came) ** 2, (self.chance - came) ** 2


def held(found: Health, view: View, said: Sequence[Said], stages: Sequence[Stage]) -> list[Held]:
    """Give one for each decided contract of the view that somebody had made a call on."""
    told = []
    for deal in found.company.chosen(view):
        if deal.outcome in (*RENEWED, "lost") and in_window(deal.last, view):
            name, first = deal.fact.contract_id, add_months(view.as_of, -MONTHS)
            own = [s for s in said if s.contract_id == name and first < s.day <= view.as_of]
            while_open = [s for s in own if _is_open(found, deal, s.day)]
            if while_open:
                newest = max(while_open, key=lambda one: one.day)
                told.append(Held(deal, newest, _chance(found, deal, newest.day, stages)))
    return told


def _is_open(found: Health, deal: Deal, day: date) -> bool:
    family = [c for c in found.company.contracts if c.customer_id == deal.fact.customer_id]
    then = judge(family, found.company.settings, day)
    name = deal.fact.contract_id
    return any(d.fact.contract_id == name and d.outcome in ("due", "overdue") for d in then)


def _chance(found: Health, deal: Deal, day: date, stages: Sequence[Stage]) -> float | None:
    assert deal.last
    view = View(last_month_end(day), deal.last, deal.last)
    ones = open_ones(found, view, stages, with_marks=False)  # B8: a mark has no day
    return next((o.chance for o in ones if o.deal.fact.contract_id == deal.fact.contract_id), None)


def call_contracts(ones: Sequence[Held]) -> list[Row]:
    """Give one row per contract."""
    return [
        {
            "contract_id": one.deal.fact.contract_id,
            "call": one.said.call,
            "called_on": one.said.day,
            "called_by": one.said.csm,
            "chance": one.chance,
            "outcome": one.deal.outcome,
            "arr": one.deal.arr,
            "end_date": one.deal.last,
        }
        for one in ones
    ]


def call_outcomes(ones: Sequence[Held]) -> list[Row]:
    """Give one row per call: how many of it renewed, and how many the model expected."""
    rows = []
    for call in SAID:
        own = [one for one in ones if one.said.call == call]
        if own:
            renewed = sum(one.is_renewed for one in own)
            low, high = wilson(renewed, len(own))
            known = [one.chance for one in own if one.chance is not None]
            rows.append(
                {
                    "call": call,
                    "contracts": len(own),
                    "renewed": renewed,
                    "rate": renewed / len(own),
                    "rate_low": low,
                    "rate_high": high,
                    "expected_rate": fmean(known) if known else None,
                    "arr": sum(one.deal.arr or 0 for one in own),
                    "is_few_cases": len(own) < 10,
                }
            )
    return rows


def call_record(ones: Sequence[Held], segments: Sequence[str]) -> list[Row]:
    """Give one row per segment: who was right how often, and the Brier scores of both."""
    pairs = list(zip(segments, ones, strict=True))
    return [_record(name, [o for n, o in pairs if n == name]) for name in dict.fromkeys(segments)]


def _record(name: str, ones: Sequence[Held]) -> Row:
    compared = [one for one in ones if one.chance is not None]
    sure = [one for one in compared if one.said.call != "at_risk"]
    hits_call = sum((one.said.call == "commit") == one.is_renewed for one in sure)
    hits_model = sum((one.chance or 0) >= 0.5 and one.is_renewed for one in sure)
    hits_model += sum((one.chance or 0) < 0.5 and not one.is_renewed for one in sure)
    misses = [one.misses() for one in compared]
    row: Row = {"segment": name, "contracts": len(ones), "sure_calls": len(sure)}
    for call in SAID:
        own = [one for one in ones if one.said.call == call]
        row |= {f"{call}_contracts": len(own), f"{call}_renewed": sum(o.is_renewed for o in own)}
    return row | {
        "hits_call": hits_call,
        "hits_model": hits_model,
        "hit_rate_call": hits_call / len(sure) if sure else None,
        "hit_rate_model": hits_model / len(sure) if sure else None,
        "calls_compared": len(compared),
        "brier_call": fmean(a for a, _ in misses) if misses else None,
        "brier_model": fmean(b for _, b in misses) if misses else None,
        "is_few_cases": len(compared) < 10,
    }

"""Past forecasts a second time: each made as of its own day, then held against what came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from tend.view import View
from tests.oracle.facts.days import add_months, month_end
from tests.oracle.facts.numbers import wilson
from tests.oracle.forecast.forecast import Open, Stage, open_ones
from tests.oracle.forecast.odds import interval
from tests.oracle.health.queries import last_month_end
from tests.oracle.health.standings import Health
from tests.oracle.renewals.contracts import RENEWED
from tests.oracle.renewals.rates import Row, in_window

MONTHS = 36


@dataclass(frozen=True)
class Made:
    """One contract's forecast, and what it is by now: renewed, lost or still open."""

    lead: int
    month: date
    day: date
    one: Open
    chance: float
    outcome: str | None


def made(
    found: Health, view: View, stages: Sequence[Stage], leads: Sequence[int]
) -> Iterator[Made]:
    """Give the forecasts of the last 36 months of end dates, each from what was known then."""
    now = {d.fact.contract_id: d.outcome for d in found.company.chosen(view)}
    newest = last_month_end(view.as_of)
    for back in range(MONTHS):
        month = month_end(add_months(newest, -back))
        for lead in leads:
            day = month_end(add_months(month, -lead))
            then = View(day, month.replace(day=1), month)
            for one in open_ones(found, then, stages, with_marks=False):  # B8: undated
                name = one.deal.fact.contract_id
                is_asked = name in now and in_window(one.deal.last, view)
                if is_asked and one.chance is not None:
                    yield Made(lead, month, day, one, one.chance, now[name])


def forecast_check(found: Health, view: View, stages: Sequence[Stage]) -> list[Row]:
    """Give one row per lead and month: what was expected, and what came."""
    groups: dict[tuple[int, date], list[Made]] = {}
    for one in made(found, view, stages, (1, 3, 6)):
        groups.setdefault((one.lead, one.month), []).append(one)
    rows = [_month(*key, ones) for key, ones in groups.items()]
    for row in rows:
        held = [r["is_inside"] for r in rows if r["lead"] == row["lead"]]
        checked, inside = sum(h is not None for h in held), sum(h is True for h in held)
        row |= {"months_checked": checked, "months_inside": inside}
        row["coverage"] = inside / checked if checked else None
        low, high = wilson(inside, checked) if checked else (None, None)
        row |= {"coverage_low": low, "coverage_high": high}
        missed = [
            (float(str(r["came_arr"])), float(str(r["low"])))
            for r in rows
            if r["lead"] == row["lead"] and r["is_inside"] is False
        ]
        row["months_below"] = sum(came < low_end for came, low_end in missed)
        row["months_above"] = len(missed) - sum(came < low_end for came, low_end in missed)
    return rows


def _month(lead: int, month: date, ones: list[Made]) -> Row:
    low, high = interval([(m.one.odds, m.one.arr) for m in ones])
    came = fsum(m.one.arr for m in ones if m.outcome in RENEWED)
    still_open = sum(m.outcome in ("due", "overdue") for m in ones)
    return {
        "lead": lead,
        "month": f"{month:%Y-%m}",
        "month_end": month,
        "made_on": ones[0].day,
        "contracts": len(ones),
        "arr": fsum(m.one.arr for m in ones),
        "expected_arr": fsum(m.chance * m.one.arr for m in ones),
        "low": low,
        "high": high,
        "came_arr": came,
        "expected_renewed": fsum(m.chance for m in ones),
        "renewed": sum(m.outcome in RENEWED for m in ones),
        "open": still_open,
        "is_inside": None if still_open else low - 1e-6 <= came <= high + 1e-6,
    }


def forecast_calibration(found: Health, view: View, stages: Sequence[Stage]) -> list[Row]:
    """Give one row per tenth of the chance: how many were to renew, and how many did."""
    tenths: dict[int, list[Made]] = {}
    for one in made(found, view, stages, (3,)):
        if one.outcome in (*RENEWED, "lost"):
            tenths.setdefault(min(9, int(round(one.chance * 10, 9))), []).append(one)
    return [_tenth(tenth, ones) for tenth, ones in sorted(tenths.items())]


def _tenth(tenth: int, ones: list[Made]) -> Row:
    renewed = sum(m.outcome in RENEWED for m in ones)
    expected = fsum(m.chance for m in ones) / len(ones)
    low, high = wilson(renewed, len(ones))
    return {
        "chance_from": tenth / 10,
        "chance_to": (tenth + 1) / 10,
        "contracts": len(ones),
        "expected_rate": expected,
        "renewed": renewed,
        "rate": renewed / len(ones),
        "rate_low": low,
        "rate_high": high,
        "is_as_expected": low <= expected <= high,
        "is_few_cases": len(ones) < 10,
    }

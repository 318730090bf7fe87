"""The named queries of health, as rows."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date

from tend.view import View
from tests.oracle.facts.company import arr_on, by_customer
from tests.oracle.facts.days import DAY, month_end
from tests.oracle.facts.numbers import auc, wilson
from tests.oracle.health.standings import BEFORE_END, SCORES, Health, Month, Standing, walk
from tests.oracle.renewals.contracts import RENEWED
from tests.oracle.renewals.deal import Deal
from tests.oracle.renewals.rates import Row, in_window

Pair = tuple[int | None, int | None]


def last_month_end(day: date) -> date:
    """Give the last month end that is not after a day (J2)."""
    return day if month_end(day) == day else day.replace(day=1) - DAY


def health(found: Health, view: View) -> list[Row]:
    """Give one row per customer in force, with the scores of the last month end (J2)."""
    day = last_month_end(view.as_of)
    return [
        {"customer_id": name, "month": day, **standing_row(found.standing(name, day))}
        for name in found.in_force(view.as_of, view.filters)
    ]


def health_on_day(found: Health, view: View) -> list[Row]:
    """Give one row per customer in force, with the scores of the very day (M34)."""
    standings = on_day(found, view.as_of).standings
    return [
        {"customer_id": name, "month": view.as_of, **standing_row(standings.get(name))}
        for name in found.in_force(view.as_of, view.filters)
    ]


def on_day(found: Health, day: date) -> Month:
    """Judge any day, led on from the month ends before it (M34)."""
    if day in found.months:
        return found.months[day]
    known = {
        (customer_id, name): level
        for end, month in found.months.items()
        for customer_id, standing in month.standings.items()
        for name in SCORES
        if end < day and (level := standing.levels[name]) is not None
    }
    month = found.month(day)
    walk(month, known, found.definition.margin)
    return month


def standing_row(standing: Standing | None) -> Row:
    """Show a standing; without one nothing is known, and nothing becomes 0."""
    if standing is None:
        nothing: Row = {f"{name}_score": None for name in SCORES}
        states: Row = {f"{name}_state": "unknown" for name in SCORES}
        return {**nothing, **states, "quadrant": None, "coverage": 0.0}
    return {
        **{f"{name}_score": standing.scores[name] for name in SCORES},
        **{f"{name}_state": standing.state(name) for name in SCORES},
        "quadrant": standing.quadrant,
        "coverage": standing.coverage,
    }


def exact_movement(found: Health, view: View) -> list[Row]:
    """Give the movement between the very days (M34)."""
    assert view.start
    return movement_between(found, view, view.start, min(view.end or view.as_of, view.as_of))


def quadrant_movement(found: Health, view: View) -> list[Row]:
    """Give one row per pair of quadrants that occurs between two dates (J8)."""
    assert view.start
    after = last_month_end(min(view.end or view.as_of, view.as_of))
    return movement_between(found, view, last_month_end(view.start), after)


def movement_between(found: Health, view: View, before: date, after: date) -> list[Row]:
    """Give one row per pair of quadrants that occurs between two days."""
    then, now = (on_day(found, day).standings for day in (before, after))
    deals = by_customer(found.company.chosen(View(after, filters=view.filters)))
    customers: Counter[Pair] = Counter()
    arr: defaultdict[Pair, float] = defaultdict(float)
    there, here = (set(found.in_force(day, view.filters)) for day in (before, after))
    for name in sorted(there | here):
        pair = (
            quadrant(then.get(name)) if name in there else None,
            quadrant(now.get(name)) if name in here else None,
        )
        customers[pair] += 1
        arr[pair] += arr_on(deals.get(name, []), after)
    return [
        {
            "from_quadrant": pair[0],
            "to_quadrant": pair[1],
            "customers": count,
            "arr": arr[pair],
            "direction": direction(*pair),
        }
        for pair, count in customers.items()
    ]


def quadrant(standing: Standing | None) -> int | None:
    """Give the quadrant; None without a standing."""
    return standing.quadrant if standing else None


def direction(before: int | None, after: int | None, sides: int = 3) -> str | None:
    """Name the way from one cell to another by what each axis did."""
    if before is None or after is None:
        return None
    steps = steps_between(before, after, sides)
    if not any(steps):
        return "stay"
    if min(steps) >= 0:
        return "rise"
    return "fall" if max(steps) <= 0 else "mixed"


def steps_between(before: int, after: int, sides: int) -> tuple[int, ...]:
    """Tell which way each axis went: up 1, down -1, not at all 0; outcome first."""
    pairs = zip(divmod(after - 1, sides), divmod(before - 1, sides), strict=True)
    return tuple((one > other) - (one < other) for one, other in pairs)


def health_backtest(found: Health, view: View) -> list[Row]:
    """Give decided contracts by the quadrant 90 days before their end, and how well it told."""
    cases = [
        (deal.outcome in RENEWED, standing_before(found, deal, view.as_of))
        for deal in found.company.chosen(view)
        if deal.last and in_window(deal.last, view) and deal.outcome in (*RENEWED, "lost")
    ]
    by_quadrant: dict[int | None, list[bool]] = {}
    for is_renewed, standing in cases:
        by_quadrant.setdefault(quadrant(standing), []).append(is_renewed)
    columns = {
        "outcome_auc": auc_of(cases, lambda one: one.scores["outcome"]),
        "experience_auc": auc_of(cases, lambda one: one.scores["experience"]),
        "auc": auc_of(cases, lambda one: one.both),
    }
    return [
        {"quadrant": number, **counts(results), **columns}
        for number, results in by_quadrant.items()
    ]


def standing_before(found: Health, deal: Deal, as_of: date) -> Standing | None:
    """Give how the customer stood 90 days before the contract's last day, if that is known."""
    assert deal.last
    day = last_month_end(deal.last - BEFORE_END)
    return found.standing(deal.fact.customer_id, day) if day <= as_of else None


def counts(results: list[bool]) -> Row:
    """Count a quadrant's contracts and give their rate with its interval."""
    renewed, contracts = sum(results), len(results)
    low, high = wilson(renewed, contracts)
    return {
        "contracts": contracts,
        "renewed": renewed,
        "rate": renewed / contracts,
        "rate_low": low,
        "rate_high": high,
    }


def auc_of(
    cases: list[tuple[bool, Standing | None]], score: Callable[[Standing], float | None]
) -> float | None:
    """Compare each renewed contract's score with each lost one's."""
    # equal scores, added up from different points, may differ in the last digits: they are ties
    scored = [
        (is_renewed, round(value, 9))
        for is_renewed, standing in cases
        if standing and (value := score(standing)) is not None
    ]
    return auc([v for won, v in scored if won], [v for won, v in scored if not won])

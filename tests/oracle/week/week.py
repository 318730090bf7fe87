"""What changed since the last meeting, a second time: the company judged anew on both days."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from math import fsum
from statistics import median

from tend.view import View
from tests.oracle.facts.days import add_months, month_end, quarter_label
from tests.oracle.health.queries import on_day, quadrant
from tests.oracle.health.standings import Health
from tests.oracle.renewals.contracts import RENEWED
from tests.oracle.renewals.deal import Deal
from tests.oracle.renewals.rates import Row, up_for_renewal
from tests.oracle.service.service import Team, in_force

OPEN = ("due", "overdue")


def decided(team: Team, view: View) -> Row:
    """Count what was open on the first day and is renewed or lost now."""
    assert view.start
    then = {
        deal.fact.contract_id for deal in team.company.deals(view.start) if deal.outcome in OPEN
    }
    now = [
        deal
        for deal in up_for_renewal(team.company, View(view.as_of, filters=view.filters))
        if deal.outcome not in OPEN and deal.fact.contract_id in then
    ]
    lost = [deal for deal in now if deal.outcome == "lost"]
    renewed = [deal for deal in now if deal.outcome != "lost"]
    mine = quarter_label(view.as_of)
    return {
        "renewed": len(renewed),
        "renewed_arr": fsum(deal.arr or 0 for deal in renewed),
        "lost": len(lost),
        "lost_arr": fsum(deal.arr or 0 for deal in lost),
        "quarter_renewed": sum(_quarter(deal) == mine for deal in renewed),
        "quarter_lost": sum(_quarter(deal) == mine for deal in lost),
    }


def waiting(team: Team, view: View, day: date) -> dict[str, tuple[int, float]]:
    """Give count and ARR of what waited on a day, by how soon it ended then."""
    known = team.company.chosen(View(view.as_of, filters=view.filters))
    mine = {deal.fact.contract_id for deal in known}
    found: dict[str, list[float]] = defaultdict(list)
    for deal in team.company.deals(day):
        if deal.outcome in OPEN and deal.fact.contract_id in mine:
            found[horizon(deal.last, day)].append(deal.arr or 0)
    return {name: (len(arr), fsum(arr)) for name, arr in found.items()}


def horizon(last: date | None, day: date) -> str:
    """Name how soon a contract ends, seen from a day."""
    if last is None or last < day:
        return "overdue"
    days = (last - day).days
    return next((f"d{most}" for most in (30, 60, 90) if days <= most), "later")


def untouched(team: Team, view: View, day: date) -> set[str]:
    """Name who was in force on a day and not touched in its month by then."""
    first = day.replace(day=1)
    return {
        name
        for _, name in in_force(team, View(view.as_of, filters=view.filters), day)
        if not any(first <= one.touched_on <= day for one in team.signals.of(name).touches)
    }


def falls(health: Health, view: View) -> dict[str, tuple[int, int]]:
    """Give who stands lower in the nine quadrants on the last day than on the first."""
    assert view.start
    then, now = (on_day(health, day).standings for day in (view.start, view.as_of))
    found = {}
    for name in health.in_force(view.as_of, view.filters):
        before, after = (quadrant(one.get(name)) for one in (then, now))
        if name in health.in_force(view.start, view.filters) and before and after:
            axes = [divmod(cell - 1, 3) for cell in (before, after)]
            steps = [b - a for a, b in zip(*axes, strict=True)]
            if max(steps) <= 0 and min(steps) < 0:
                found[name] = (before, after)
    return found


def path(team: Team, view: View) -> Row | None:
    """Give how far the quarter has come, and the median of finished ones on that day of theirs."""
    quarters: dict[date, list[Deal]] = defaultdict(list)
    for deal in up_for_renewal(team.company, view):
        if deal.last:
            quarters[_first(deal.last)].append(deal)
    step = (view.as_of.year * 12 + view.as_of.month) - (
        _first(view.as_of).year * 12 + _first(view.as_of).month
    )
    shares: list[float] = []
    mine: tuple[int, int] | None = None
    for first, deals in quarters.items():
        counts = _known_by(team, deals, _same_day(add_months(first, step), view.as_of))
        renewed = sum(counts[name] for name in RENEWED)
        over = month_end(add_months(first, 2)) < view.as_of
        if first == _first(view.as_of):
            mine = (counts.total(), renewed)
        elif over and not any(deal.outcome in OPEN for deal in deals) and counts:
            shares.append(renewed / counts.total())
    if mine is None or not mine[0] or not shares:
        return None
    return {
        "contracts": mine[0],
        "renewed": mine[1],
        "renewed_share": mine[1] / mine[0],
        "usual_renewed_share": median(shares),
        "count_finished": len(shares),
    }


def _known_by(team: Team, deals: list[Deal], day: date) -> Counter[str]:
    names = {deal.fact.contract_id for deal in deals}
    then = [deal for deal in team.company.deals(day) if deal.fact.contract_id in names]
    return Counter(deal.outcome for deal in then if deal.outcome)


def _same_day(month: date, as_of: date) -> date:
    """Give the same day of another month; of a month's last day its last."""
    last = month_end(month)
    if as_of == month_end(as_of):
        return last
    return min(month.replace(day=1) + timedelta(days=as_of.day - 1), last)


def _first(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _quarter(deal: Deal) -> str | None:
    return quarter_label(deal.last) if deal.last else None

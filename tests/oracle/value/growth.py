"""What moved ARR, over longer periods and by customer, and what of it stayed; a second time."""

from datetime import date, timedelta
from math import fsum

from tend.view import View
from tests.oracle.facts.company import Company, arr_on
from tests.oracle.renewals.deal import Deal
from tests.oracle.renewals.rates import MOVES, Row, customer_months, ratio, segments
from tests.oracle.value.lives import lives, month_ends, year_before

BARS = ("opening", *MOVES, "closing")


def months_of_customers(company: Company, view: View) -> list[tuple[str, Row]]:
    """Give each customer's months in the window, with what moved."""
    found = segments(company, View(view.as_of, view.start, view.end, filters=view.filters))
    return [
        (customer, row)
        for customer, deals in found.get("all", {}).items()
        for row in customer_months("all", deals, view)
    ]


def number(row: Row, name: str) -> float:
    """Give a number of a row."""
    value = row[name]
    assert isinstance(value, int | float)
    return float(value)


def month_of(row: Row) -> date:
    """Give the month of a row."""
    month = row["month"]
    assert isinstance(month, date)
    return month


def period_of(month: date, step: str) -> str:
    """Name the period of a month."""
    if step == "month":
        return f"{month:%Y-%m}"
    return f"{month.year}-Q{(month.month + 2) // 3}" if step == "quarter" else str(month.year)


def in_grace(company: Company, view: View) -> list[Deal]:
    """Give the deals in the filters that ended and still count, as grace is not over (C3)."""
    everyone = segments(company, View(view.as_of, filters=view.filters)).get("all", {})
    return [deal for deals in everyone.values() for deal in deals if is_in_grace(deal, view.as_of)]


def is_in_grace(deal: Deal, as_of: date) -> bool:
    """Tell whether a deal counts on a day after its last, with nothing decided."""
    there = deal.in_force is not None and deal.in_force[1] >= as_of
    return deal.outcome == "overdue" and there and deal.last is not None and deal.last < as_of


def sure_arr(deals: list[Deal], day: date, as_of: date) -> float:
    """Add up what counts on a day without the days of grace."""
    late = [d for d in deals if is_in_grace(d, as_of) and d.last is not None and d.last < day]
    return arr_on(deals, day) - arr_on(late, day)


def arr_periods(company: Company, view: View, step: str = "month") -> list[Row]:
    """Add the months of each period up; its opening and closing are those of its ends."""
    parts: dict[str, list[Row]] = {}
    for _, row in months_of_customers(company, view):
        parts.setdefault(period_of(month_of(row), step), []).append(row)
    rows: list[Row] = []
    for period, own in sorted(parts.items()):
        first, last = min(map(month_of, own)), max(map(month_of, own))
        sums = {name: fsum(number(row, name) for row in own) for name in MOVES}
        won = sums["new"] + sums["reactivation"] + sums["expansion"]
        closing = fsum(number(row, "closing") for row in own if month_of(row) == last)
        late = [
            deal
            for deal in in_grace(company, view)
            if deal.last and first <= (deal.last + timedelta(days=1)).replace(day=1) <= last
        ]
        rows.append(
            {
                "period": period,
                "first_month": first,
                "last_month": last,
                "opening": fsum(number(row, "opening") for row in own if month_of(row) == first),
                **sums,
                "closing": closing,
                "quick_ratio": ratio(won, -sums["contraction"] - sums["churn"]),
                "customers": sum(number(r, "closing") > 0 for r in own if month_of(r) == last),
                "mrr": closing / 12,
                "overdue": len(late),
                "overdue_arr": fsum(deal.arr or 0 for deal in late),
            }
        )
    return rows


def arr_bridge(company: Company, view: View) -> list[Row]:
    """Give the bars from the opening of the window to its closing."""
    found = months_of_customers(company, view)
    if not found:
        return []
    months = [month_of(row) for _, row in found]
    first, last = min(months), max(months)
    rows: list[Row] = []
    at = 0.0
    for place, name in enumerate(BARS, start=1):
        ends = {"opening": first, "closing": last}
        own = [
            (customer, number(row, name))
            for customer, row in found
            if (month_of(row) == ends[name] if name in ends else number(row, name) != 0)
        ]
        if name in MOVES and not own:
            continue
        amount = fsum(value for _, value in own)
        start = 0.0 if name in ends else at
        at = amount if name == "opening" else at + amount
        there = {c for c, value in own if value > 0} if name in ends else {c for c, _ in own}
        rows.append(
            {
                "place": place,
                "move": name,
                "amount": amount,
                "from_arr": start,
                "to_arr": start + amount,
                "customers": len(there),
            }
        )
    return rows


def arr_movers(company: Company, view: View, move: str | None = None) -> list[Row]:
    """Give who moved, and by how much."""
    moved: dict[tuple[str, str], float] = {}
    for customer, row in months_of_customers(company, view):
        for name in MOVES:
            if number(row, name) and move in (None, name):
                moved[customer, name] = moved.get((customer, name), 0.0) + number(row, name)
    now = {life.customer_id: life.arr for life in lives(company, view)}
    return [
        {"customer_id": customer, "move": name, "arr_change": change, "arr": now[customer]}
        for (customer, name), change in moved.items()
    ]


def retention_trend(company: Company, view: View) -> list[Row]:
    """Hold each month end against the day a year before."""
    everyone = segments(company, View(view.as_of, filters=view.filters)).get("all", {})
    rows: list[Row] = []
    for day in month_ends(view):
        levels = [
            (arr_on(own, year_before(day)), arr_on(own, day), sure_arr(own, day, view.as_of))
            for own in everyone.values()
        ]
        cohort = [one for one in levels if one[0] > 0]
        if not cohort:
            continue
        then, now, sure = (fsum(one[n] for one in cohort) for n in range(3))
        kept = sum(b > 0 for _, b, _ in cohort)
        rows.append(
            {
                "month": day.replace(day=1),
                "opening_customers": len(cohort),
                "kept_customers": kept,
                "nrr": now / then,
                "grr": fsum(max(0, min(a, b)) for a, b, _ in cohort) / then,
                "overdue_arr": now - sure,
                "nrr_at_worst": sure / then,
                "grr_at_worst": fsum(max(0, min(a, c)) for a, _, c in cohort) / then,
                "logo_retention": kept / len(cohort),
            }
        )
    return rows

"""Cohorts, the curve fitted to them, and Kaplan-Meier beside it, a second time.

The curve goes by the recursion of the paper (Fader & Hardie 2007): P(1) = a / (a + b),
P(t) = P(t - 1) (b + t - 2) / (a + b + t - 1), S(t) = S(t - 1) - P(t).
"""

from dataclasses import replace
from datetime import date
from itertools import accumulate, pairwise
from math import exp, fsum, inf, log

from tend.view import View
from tests.oracle.facts.company import Company
from tests.oracle.facts.days import add_months
from tests.oracle.renewals.rates import Row, ratio
from tests.oracle.value.lives import Life, by_segment, lives, whole_months

BOUND = 12.0


def cohorts(company: Company, view: View) -> dict[str, list[Life]]:
    """Sort customers by the year or quarter of their first recurring contract (F1, F4)."""
    found: dict[str, list[Life]] = {}
    for life in lives(company, View(view.as_of, filters=view.filters)):
        first = life.first
        label = f"{first.year}-Q{(first.month + 2) // 3}" if view.group_by else f"{first.year}"
        found.setdefault(label, []).append(life)
    return found


def anniversary(life: Life, age: int) -> date:
    """Give a customer's own anniversary (F2)."""
    return add_months(life.first, 12 * age)


def cohort_retention(company: Company, view: View) -> list[Row]:
    """Give each age that all customers of a cohort have reached (F2)."""
    rows: list[Row] = []
    for cohort, members in cohorts(company, view).items():
        age = 0
        starts = [life.arr_at(life.first) for life in members]
        while all(anniversary(life, age) <= view.as_of for life in members):
            arrs = [life.arr_at(anniversary(life, age)) for life in members]
            pairs = zip(arrs, starts, strict=True)
            rows.append(
                {
                    "cohort": cohort,
                    "age": age,
                    "customers": len(members),
                    "kept_customers": sum(arr > 0 for arr in arrs),
                    "arr": fsum(starts),
                    "kept_arr": fsum(max(0, min(now, then)) for now, then in pairs),
                    "customer_share": sum(arr > 0 for arr in arrs) / len(members),
                    "net_share": ratio(fsum(arrs), fsum(starts)),
                    "overdue_customers": sum(
                        replace(life, day=anniversary(life, age)).is_overdue for life in members
                    ),
                }
            )
            age += 1
    return rows


def series(company: Company, view: View) -> dict[str, list[int]]:
    """Give the customers kept at each age, by cohort, while nobody is overdue at it (M20)."""
    found: dict[str, list[int]] = {}
    open_ones: set[str] = set()
    for row in cohort_retention(company, view):
        cohort, kept = str(row["cohort"]), row["kept_customers"]
        assert isinstance(kept, int)
        if row["overdue_customers"]:
            open_ones.add(cohort)
        if cohort not in open_ones:
            found.setdefault(cohort, []).append(kept)
    return found


def survival(alpha: float, beta: float, ages: int) -> list[float]:
    """Give the shares still there at ages 0, 1, 2 ... by the recursion of the paper."""
    left, shares = alpha / (alpha + beta), [1.0]
    for age in range(1, ages + 1):
        if age > 1:
            left *= (beta + age - 2) / (alpha + beta + age - 1)
        shares.append(shares[-1] - left)
    return shares


def likelihood(alpha: float, beta: float, kept: list[float]) -> float:
    """Give the log-likelihood of a series: who left when, and who is still there."""
    total, left = 0.0, alpha / (alpha + beta)
    log_there = 0.0
    for age in range(1, len(kept)):
        hazard = alpha / (alpha + beta + age - 1)
        total += (kept[age - 1] - kept[age]) * (log(hazard) + log_there)
        log_there += log((beta + age - 1) / (alpha + beta + age - 1))
    assert left > 0
    return total + kept[-1] * log_there


def fitted(kept: list[int]) -> tuple[float, float, float] | None:
    """Find alpha and beta by walking uphill in ever smaller steps (F5, F7)."""
    falling = [float(value) for value in accumulate(kept, min)]
    if len(falling) < 3 or falling[-1] >= falling[0]:
        return None
    tops = [climbed(falling, mean, size) for mean in (-3.0, -1.0, 1.0) for size in (-4.0, 1.0, 5.0)]
    best = max(tops)
    return (*pair(*best[1:]), best[0])


def climbed(kept: list[float], mean: float, size: float) -> tuple[float, float, float]:
    """Walk from a place to the top: one step each way, halved where none goes up."""
    at, step = (mean, size), 1.0
    height = likelihood(*pair(*at), kept)
    while step > 1e-7:
        ways = [(step, 0), (-step, 0), (0, step), (0, -step), (step, step), (-step, -step)]
        best, found = height, None
        for way in [*ways, (step, -step), (-step, step)]:
            there = (at[0] + way[0], max(-BOUND, min(BOUND, at[1] + way[1])))
            up = likelihood(*pair(*there), kept) if abs(there[0]) < 14 else -inf
            if up > best:
                best, found = up, there
        if found is None:
            step /= 2
        else:
            at, height = found, best
    return height, *at


def pair(mean: float, size: float) -> tuple[float, float]:
    """Give alpha and beta from the logit of their mean and the logarithm of their sum."""
    share = 1 / (1 + exp(-mean))
    return exp(size) * share, exp(size) * (1 - share)


def is_steady(kept: list[int]) -> bool:
    """Tell whether a curve rests on three ages beyond 0, at two of which somebody left."""
    falling = list(accumulate(kept, min))
    steps = [one > other for one, other in pairwise(falling)]
    return len(steps) >= 3 and steps.count(True) >= 2


def retention_curve(company: Company, view: View) -> list[Row]:
    """Give the fitted curve of each cohort, with years within 20 (F6)."""
    rows: list[Row] = []
    for cohort, kept in series(company, view).items():
        found = fitted(kept)
        shares = survival(found[0], found[1], 19) if found else []
        steady = is_steady(kept)
        rows.append(
            {
                "cohort": cohort,
                "alpha": found[0] if found else None,
                "beta": found[1] if found else None,
                "log_likelihood": found[2] if found else None,
                "expected_years": fsum(shares) if found else None,
                "discounted_years": fsum(s / 1.1**n for n, s in enumerate(shares))
                if found
                else None,
                "is_steady": steady,
                "foretold_years": fsum(shares) if steady else None,
            }
        )
    return rows


def contract_lifetimes(company: Company, view: View) -> list[Row]:
    """Multiply up the shares that stayed at each month in which somebody left (Kaplan-Meier)."""
    rows: list[Row] = []
    places: dict[str, tuple[int, str, str]] = {}
    for segment, found in by_segment(lives(company, view)).items():
        known = [(life, life.last) for life in found if life.first <= view.as_of]
        cases = [
            (months_after(life.first, last), not life.in_force) for life, last in known if last
        ]
        if not cases:
            continue
        if not any(is_lost and not months for months, is_lost in cases):
            start: Row = {"still_there": len(cases), "lost": 0, "share": 1.0}
            rows.append({"segment": segment, "months": 0.0} | start)
        share = 1.0
        for months in sorted({months for months, is_lost in cases if is_lost}):
            at_risk = sum(length >= months for length, _ in cases)
            lost = sum(length == months and is_lost for length, is_lost in cases)
            share *= 1 - lost / at_risk
            counts = {"still_there": at_risk, "lost": lost, "share": share}
            rows.append({"segment": segment, "months": float(months), **counts})
        first = min(life.customer_id for life, last in known if last)
        places[segment] = (-len(cases), first, segment)
    largest_first = sorted(places, key=lambda segment: places[segment])
    return [row | {"place": largest_first.index(str(row["segment"])) + 1} for row in rows]


def months_after(first: date, last: date) -> int:
    """Count whole months to the day after the last one."""
    return whole_months(first, date.fromordinal(last.toordinal() + 1))

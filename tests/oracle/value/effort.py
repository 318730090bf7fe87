"""Effort against value, RFM and the base of the business, a second time."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import fsum
from statistics import median

from tend.view import View
from tests.oracle.facts.company import UNKNOWN
from tests.oracle.facts.signals import nps_of
from tests.oracle.renewals.contracts import RENEWED
from tests.oracle.renewals.rates import Row, ratio
from tests.oracle.value.goals import nps_answers
from tests.oracle.value.lives import Life, in_year_to, lives, year_before
from tests.oracle.value.value import HOURLY, MARGIN, Book, years


def served(book: Book, view: View) -> list[tuple[Life, float]]:
    """Give the customers in force with their hours; nobody where no file has hours."""
    hours = book.hours(view.as_of)
    if hours is None:
        return []
    found = lives(book.company, View(view.as_of, filters=view.filters))
    return [(life, hours.get(life.customer_id, 0.0)) for life in found if life.in_force]


def effort_by_tier(book: Book, view: View) -> list[Row]:
    """Give what each tier costs and pays."""
    everyone = served(book, view)
    arr = fsum(life.arr for life, _ in everyone)
    cost = fsum(hours for _, hours in everyone) * HOURLY
    rows: list[Row] = []
    for tier in sorted({book.tier(life.customer_id, view.as_of) for life, _ in everyone}):
        own = [(o, h) for o, h in everyone if book.tier(o.customer_id, view.as_of) == tier]
        own_arr, own_hours = fsum(life.arr for life, _ in own), fsum(hours for _, hours in own)
        shares = [hours * HOURLY / life.arr for life, hours in own if life.arr > 0]
        rows.append(
            {
                "tier": tier,
                "customers": len(own),
                "arr": own_arr,
                "service_hours": own_hours,
                "service_cost": own_hours * HOURLY,
                "effort_share": ratio(own_hours * HOURLY, own_arr),
                "tier_effort_share": median(shares) if shares else None,
                "arr_share": ratio(own_arr, arr),
                "cost_share": ratio(own_hours * HOURLY, cost),
            }
        )
    return rows


def value_effort(book: Book, view: View) -> list[Row]:
    """Place each paying customer by value and effort."""
    paying = [(life, hours) for life, hours in served(book, view) if life.arr > 0]
    if not paying:
        return []
    middle_arr = median(life.arr for life, _ in paying)
    middle_hours = median(hours for _, hours in paying)
    by_tier: dict[str, list[float]] = {}
    for life, hours in paying:
        tier = book.tier(life.customer_id, view.as_of)
        by_tier.setdefault(tier, []).append(hours * HOURLY / life.arr)
    rows: list[Row] = []
    for life, hours in paying:
        share = hours * HOURLY / life.arr
        own = median(by_tier[book.tier(life.customer_id, view.as_of)])
        effort = "much" if hours > middle_hours else "little"
        value = "much" if life.arr >= middle_arr else "little"
        rows.append(
            {
                "customer_id": life.customer_id,
                "effort_share": share,
                "place_in": f"{effort}_for_{value}",
                "times_tier": share / own if own else None,
                "is_outlier": share > 0.05 and share > 3 * own,
            }
        )
    return rows


def rfm(book: Book, view: View) -> list[Row]:
    """Give fifths of recency, frequency and money inside the industry (E7)."""
    everyone = lives(book.company, View(view.as_of, filters=view.filters))
    held = [life for life in everyone if life.in_force]
    told: Mapping[str, list[tuple[date, float]]] = {
        life.customer_id: [
            (one.period_end, one.value)
            for one in book.signals.of(life.customer_id).usage
            if one.measure == "key_actions"
            and one.value is not None
            and one.period_end <= view.as_of
        ]
        for life in held
    }
    last = {
        name: max((day for day, value in found if value > 0), default=date.min)
        for name, found in told.items()
    }
    often = {
        name: sum(value > 0 and in_year_to(day, view.as_of) for day, value in found)
        for name, found in told.items()
    }
    rows: list[Row] = []
    for life in held:
        name = life.customer_id
        industry = book.company.customer(name).industry or UNKNOWN
        peers = [
            one
            for one in held
            if (book.company.customer(one.customer_id).industry or UNKNOWN) == industry
        ]
        recent = sum(last[one.customer_id] > last[name] for one in peers)
        oftener = sum(often_or_none(one, told, often) > often[name] for one in peers)
        larger = sum(one.arr > life.arr for one in peers)
        rows.append(
            {
                "customer_id": name,
                "frequency": often[name] if told[name] else None,
                "recency": None
                if not told[name]
                else 1
                if last[name] == date.min
                else 5 - 5 * recent // len(peers),
                "frequency_score": None
                if not told[name]
                else 1
                if not often[name]
                else 5 - 5 * oftener // len(peers),
                "money": 5 - 5 * larger // len(peers),
                "peers": len(peers),
            }
        )
    return rows


def often_or_none(
    life: Life, told: Mapping[str, list[tuple[date, float]]], often: Mapping[str, int]
) -> int:
    """Give how often a peer acted; one of which nothing is known ranks last."""
    return often[life.customer_id] if told[life.customer_id] else -1


def value_base(book: Book, view: View, ends: Sequence[date]) -> list[Row]:
    """Give customers x LTV x NPS at each month end; customers x LTV of the first count 1."""
    rows: list[Row] = []
    begin: float | None = None
    plain_view = View(view.as_of, filters=view.filters)
    everyone = lives(book.company, plain_view)
    for day in ends:
        arrs = [arr for life in everyone if (arr := life.arr_at(day)) > 0]
        there = {
            life.customer_id
            for life in everyone
            if any(d.in_force and d.in_force[0] <= day <= d.in_force[1] for d in life.deals)
        }
        if not there:
            continue
        decided: dict[str, bool] = {}
        for deal in book.company.chosen(plain_view):
            if deal.outcome in (*RENEWED, "lost") and in_year_to(deal.last, day):
                name = deal.fact.customer_id
                decided[name] = decided.get(name, False) or deal.outcome in RENEWED
        rate = sum(decided.values()) / len(decided) if decided else None
        first = year_before(day) + timedelta(days=1)
        answers = [
            nps
            for (customer, _), nps in nps_answers(book.signals, first, day).items()
            if customer in there
        ]
        nps, lifetime = nps_of(answers), years(rate, 0.0)
        whole = fsum(arrs) * MARGIN * lifetime if lifetime is not None else None
        begin = whole if begin is None else begin
        rows.append(
            {
                "month": day.replace(day=1),
                "customers": len(arrs),
                "logo_renewal_rate": rate,
                "ltv": whole / len(arrs) if whole is not None and arrs else None,
                "nps": nps,
                "base": whole * nps / begin
                if whole is not None and begin and nps is not None
                else None,
            }
        )
    return rows

"""Losses and win-backs a second time: lost contracts, and customers that have ARR again."""

from collections.abc import Iterator
from datetime import date
from math import fsum

from tend.view import View
from tests.oracle.facts.company import Company, arr_on, by_customer
from tests.oracle.facts.days import DAY, month_end
from tests.oracle.renewals.deal import Deal
from tests.oracle.renewals.rates import Row, shown_months, up_for_renewal


def lost_deals(company: Company, view: View) -> list[Deal]:
    """Give the lost contracts of the view."""
    return [deal for deal in up_for_renewal(company, view) if deal.outcome == "lost"]


def loss_counts(company: Company, view: View) -> dict[str, tuple[int, float]]:
    """Give lost contracts and their ARR by segment."""
    found: dict[str, list[Deal]] = {}
    for deal in lost_deals(company, view):
        found.setdefault(company.segment(deal, view.group_by, view.as_of), []).append(deal)
    return {name: (len(ones), fsum(d.arr or 0 for d in ones)) for name, ones in found.items()}


def win_backs(company: Company, view: View) -> list[Row]:
    """Give one row per customer and month end at which it has ARR again."""
    first = view.start.replace(day=1) if view.start else date.min
    last = shown_months(View(view.as_of, end=view.end))[1]
    return [
        {"customer_id": name, "customer_name": company.name(name), **row}
        for name, deals in by_customer(company.chosen(view)).items()
        for month, row in _returns(deals, last)
        if first <= month
    ]


def _returns(deals: list[Deal], last: date) -> Iterator[tuple[date, Row]]:
    """Walk the month ends of one customer: gone, and there again."""
    starts = [deal.in_force[0] for deal in deals if deal.in_force]
    day, before = month_end(min(starts, default=date.max)), 0.0
    lost: tuple[date, float] | None = None
    while day <= last:
        now, month = arr_on(deals, day), day.replace(day=1)
        if before and not now:
            lost = (month, before)
        if now and not before and lost:
            away = (month.year - lost[0].year) * 12 + month.month - lost[0].month
            row: Row = {"month": month, "arr": now, "lost_month": lost[0], "lost_arr": lost[1]}
            yield month, row | {"months_away": away}
        day, before = month_end(day + DAY), now


def losses(company: Company, view: View) -> list[Row]:
    """Give one row per lost contract, with the first month in which its customer was back."""
    back: dict[str, list[Row]] = {}
    for row in win_backs(company, View(view.as_of, filters=view.filters)):
        back.setdefault(str(row["customer_id"]), []).append(row)
    rows = []
    for deal in lost_deals(company, view):
        later = [
            row
            for row in back.get(deal.fact.customer_id, [])
            if deal.last is not None and month_end_of(row) > deal.last
        ]
        first = min(later, key=month_end_of, default=None)
        rows.append(
            {
                "contract_id": deal.fact.contract_id,
                "customer_id": deal.fact.customer_id,
                "end_date": deal.last,
                "arr": deal.arr,
                "loss_reason": deal.fact.loss_reason,
                "won_back_month": first["month"] if first else None,
                "won_back_arr": first["arr"] if first else None,
            }
        )
    return rows


def month_end_of(row: Row) -> date:
    """Give the month end at which a customer was back."""
    month = row["month"]
    assert isinstance(month, date)
    return month_end(month)

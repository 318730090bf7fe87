"""The four queries of the renewal page in plain pandas, from judged deals."""

from datetime import date, timedelta
from math import fsum

import pandas as pd

from tend.view import View
from tests.oracle.facts.company import Company, arr_on, by_customer
from tests.oracle.facts.days import add_months, month_end
from tests.oracle.renewals.contracts import shows_mark
from tests.oracle.renewals.deal import Deal, start_of

Row = dict[str, object]
COUNTED = ("renewed_on_time", "renewed_late", "lost", "overdue", "due")
MOVES = ("new", "reactivation", "expansion", "contraction", "churn")


def in_window(day: date | None, view: View) -> bool:
    """Tell whether a last day lies in the window; without a date only when there is none."""
    if day is None:
        return view.start is None and view.end is None
    return (view.start is None or view.start <= day) and (view.end is None or day <= view.end)


def up_for_renewal(company: Company, view: View) -> list[Deal]:
    """Give the filtered deals whose last day lies in the window."""
    deals = company.chosen(view)
    return [deal for deal in deals if deal.outcome is not None and in_window(deal.last, view)]


def renewals(company: Company, view: View) -> list[Row]:
    """Give one row per contract whose end date is in the window."""
    return [
        {
            "contract_id": deal.fact.contract_id,
            "customer_id": deal.fact.customer_id,
            "customer_name": company.name(deal.fact.customer_id),
            "end_date": deal.last,
            "arr": deal.arr,
            "outcome": deal.outcome,
            "successor_id": successor_ids(deal),
            "successor_arr": deal.successor_arr,
            "loss_reason": deal.fact.loss_reason,
            "days_left": (deal.last - view.as_of).days if deal.last else None,
            "is_marked_lost": shows_mark(deal, company.settings),
        }
        for deal in up_for_renewal(company, view)
    ]


def successor_ids(deal: Deal) -> str | None:
    """Join the ids of the successors by their start (B13); None where there are none."""
    ordered = sorted((start_of(new), new.fact.contract_id) for new in deal.successors)
    return ", ".join(name for _, name in ordered) or None


def renewal_rates(company: Company, view: View) -> list[Row]:
    """Give one row per segment with counts, amounts and rates (D1, D2, D3)."""
    deals = up_for_renewal(company, view)
    if not deals:
        return []
    frame = pd.DataFrame(
        {
            "segment": company.segment(deal, view.group_by, view.as_of),
            "customer": deal.fact.customer_id,
            "outcome": "renewed_on_time" if deal.outcome == "renewed_early" else deal.outcome,  # D1
            "arr": deal.arr or 0.0,
            "successor_arr": deal.successor_arr or 0.0,
        }
        for deal in deals
    )
    counts = frame.groupby(["segment", "outcome"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(COUNTED), fill_value=0)
    amounts = decided_amounts(frame).reindex(counts.index, fill_value=0)
    return [
        rates_of(str(segment), counts.loc[segment], amounts.loc[segment])
        for segment in counts.index
    ]


def decided_amounts(frame: pd.DataFrame) -> pd.DataFrame:
    """Sum up decided contracts per customer first: the cap is the customer's (D2)."""
    decided = frame[~frame["outcome"].isin(["due", "overdue"])]
    decided = decided.assign(renewed=(decided["outcome"] != "lost").astype(int))
    sums = decided.groupby(["segment", "customer"], as_index=False).agg(
        due_arr=("arr", "sum"), renewed_arr=("successor_arr", "sum"), renewed=("renewed", "max")
    )
    sums["kept_arr"] = sums[["due_arr", "renewed_arr"]].min(axis=1).clip(lower=0)  # M14
    return sums.assign(customers=1).drop(columns="customer").groupby("segment").sum()


def rates_of(segment: str, count: "pd.Series[int]", amount: "pd.Series[float]") -> Row:
    """Put one segment's counts and amounts in a row with their rates."""
    on_time, late = int(count["renewed_on_time"]), int(count["renewed_late"])
    renewed, decided = on_time + late, on_time + late + int(count["lost"])
    due_arr, again, kept = (float(amount[name]) for name in ("due_arr", "renewed_arr", "kept_arr"))
    return {
        "segment": segment,
        "contracts": int(count.sum()),
        "renewed": renewed,
        **{name: int(count[name]) for name in COUNTED},
        "due_arr": due_arr,
        "renewed_arr": again,
        "kept_arr": kept,
        "contract_renewal_rate": ratio(renewed, decided),
        "logo_renewal_rate": ratio(float(amount["renewed"]), float(amount["customers"])),
        "net_renewal_rate": ratio(again, due_arr),
        "gross_renewal_rate": ratio(kept, due_arr),
        "on_time_rate": ratio(on_time, decided),
    }


def ratio(part: float, whole: float) -> float | None:
    """Divide; None when there is nothing to divide by (D3)."""
    return part / whole if whole else None


def segments(company: Company, view: View) -> dict[str, dict[str, list[Deal]]]:
    """Sort the filtered deals by segment, then by customer (D6: restricted first)."""
    parts: dict[str, list[Deal]] = {}
    for deal in company.chosen(view):
        parts.setdefault(company.segment(deal, view.group_by, view.as_of), []).append(deal)
    return {segment: by_customer(deals) for segment, deals in sorted(parts.items())}


def retention_12m(company: Company, view: View) -> list[Row]:
    """Give one row per segment that had customers with ARR 12 months ago (A9, D9)."""
    opening_day = add_months(view.as_of, -12)
    rows = []
    for segment, customers in segments(company, view).items():
        pairs = [(arr_on(d, opening_day), arr_on(d, view.as_of)) for d in customers.values()]
        cohort = [(then, now) for then, now in pairs if then > 0]
        if cohort:
            rows.append(retention_of(segment, cohort))
    return rows


def retention_of(segment: str, cohort: list[tuple[float, float]]) -> Row:
    """Sum up one opening cohort of (ARR then, ARR now)."""
    then, now = fsum(a for a, _ in cohort), fsum(b for _, b in cohort)
    kept = fsum(max(0, min(a, b)) for a, b in cohort)  # M14
    stayed = sum(b > 0 for _, b in cohort)
    return {
        "segment": segment,
        "opening_customers": len(cohort),
        "kept_customers": stayed,
        "opening_arr": then,
        "kept_arr": kept,
        "arr_now": now,
        "nrr": ratio(now, then),
        "grr": ratio(kept, then),
        "logo_retention": ratio(stayed, len(cohort)),
    }


def arr_movements(company: Company, view: View) -> list[Row]:
    """Give one row per month and segment: opening + movements = closing."""
    rows: list[Row] = []
    for segment, customers in segments(company, view).items():
        for own in customers.values():
            rows += customer_months(segment, own, view)
    if not rows:
        return []
    frame = pd.DataFrame(rows)
    summed = frame.groupby(["month", "segment"], as_index=False).sum()
    return [{str(k): v for k, v in row.items()} for row in summed.to_dict("records")]


def customer_months(segment: str, deals: list[Deal], view: View) -> list[Row]:
    """Class the change of every month of one customer in one segment (E1, E2)."""
    starts = [deal.in_force[0] for deal in deals if deal.in_force]
    if not starts:
        return []
    first, last = shown_months(view)
    rows: list[Row] = []
    day, before, is_old = month_end(min(starts)), 0.0, False
    while day <= last:
        after = arr_on(deals, day)
        if (before or after) and (first is None or first <= day):
            rows.append(month_row(segment, day, before, after, is_old))
        is_old = is_old or after != 0
        before, day = after, month_end(day + timedelta(days=1))
    return rows


def shown_months(view: View) -> tuple[date | None, date]:
    """Give the month ends to show: full months of the window, by default the last twelve."""
    last = min(view.end or view.as_of, view.as_of)  # E1
    if view.start is None and view.end is None:  # A9
        newest = last if month_end(last) == last else last.replace(day=1) - timedelta(days=1)
        return add_months(newest.replace(day=1), -11), last
    return view.start, last


def month_row(segment: str, day: date, before: float, after: float, is_old: bool) -> Row:
    """Put one customer's change of a month into its class; "new" is the first ever (E2)."""
    if before and after:
        move = "expansion" if after > before else "contraction"
    elif before:
        move = "churn"
    else:
        move = "reactivation" if is_old else "new"
    row: Row = {"month": day.replace(day=1), "segment": segment, "opening": before}
    row.update({name: after - before if name == move else 0.0 for name in MOVES})
    return row | {"closing": after, "customers": int(after > 0)}

"""What the renewal page shows beside the rates, a second time, from judged deals."""

from collections import Counter
from datetime import date
from statistics import median

from tend.view import View
from tests.oracle.facts.company import UNKNOWN, Company
from tests.oracle.facts.days import add_months, month_end, month_label, quarter_label
from tests.oracle.renewals.contracts import RENEWED
from tests.oracle.renewals.deal import Deal
from tests.oracle.renewals.rates import Row, ratio, up_for_renewal


def renewal_matrix(company: Company, view: View) -> list[Row]:
    """Give one row per pair of labels that occurs; of periods, only real ones."""
    second = view.split_by or "quarter"
    labels = {"month": month_label, "quarter": quarter_label}
    cells: dict[tuple[str, str], Counter[str]] = {}
    for deal in up_for_renewal(company, view):
        pair = tuple(company.segment(deal, name, view.as_of) for name in (view.group_by, second))
        if second in labels and pair[1] == UNKNOWN:
            continue
        assert deal.outcome is not None
        cells.setdefault((pair[0], pair[1]), Counter())[deal.outcome] += 1
    now = labels[second](view.as_of) if second in labels else None
    return [
        _cell(pair, counts, is_ahead=now is not None and pair[1] >= now)
        for pair, counts in cells.items()
    ]


def _cell(pair: tuple[str, str], counts: Counter[str], *, is_ahead: bool) -> Row:
    renewed, lost = sum(counts[name] for name in RENEWED), counts["lost"]
    still_open = counts["overdue"] + counts["due"]
    return {
        "segment": pair[0],
        "split": pair[1],
        "contracts": counts.total(),
        "renewed": renewed,
        "lost": lost,
        "overdue": counts["overdue"],
        "due": counts["due"],
        "decided": renewed + lost,
        "contract_renewal_rate": ratio(renewed, renewed + lost),
        "is_few_cases": renewed + lost < 10,
        "is_open": still_open > 0 or is_ahead,
    }


def renewal_cohorts(company: Company, view: View) -> list[Row]:
    """Give each quarter's contracts as they were judged at each month end around it."""
    quarters: dict[str, list[Deal]] = {}
    for deal in up_for_renewal(company, view):
        if deal.last:
            quarters.setdefault(quarter_label(deal.last), []).append(deal)
    rows = []
    finished: dict[int, list[float]] = {}
    for quarter, deals in quarters.items():
        last = _quarter_end(deals[0].last)
        is_open = last >= view.as_of or any(d.outcome in ("due", "overdue") for d in deals)
        for age in range(-6, company.settings.grace_days // 30 + 2):
            day = month_end(add_months(last, age))
            if day > view.as_of:
                break
            counts = _known_by(company, {deal.fact.contract_id for deal in deals}, day)
            if not counts:
                continue
            renewed = sum(counts[name] for name in RENEWED)
            share = renewed / counts.total()
            rows.append(_cohort_row(quarter, age, day, counts) | {"is_open": is_open})
            if not is_open:
                finished.setdefault(age, []).append(share)
    for row in rows:
        known = finished.get(int(str(row["months_after"])), [])
        row["usual_renewed_share"] = median(known) if known else None
        row["count_finished"] = len(known)
    return rows


def _known_by(company: Company, names: set[str], day: date) -> Counter[str]:
    """Count the outcomes of these contracts as judged on an earlier day."""
    then = [deal for deal in company.deals(day) if deal.fact.contract_id in names]
    return Counter(deal.outcome for deal in then if deal.outcome)


def _cohort_row(quarter: str, age: int, day: date, counts: Counter[str]) -> Row:
    renewed, lost = sum(counts[name] for name in RENEWED), counts["lost"]
    return {
        "quarter": quarter,
        "months_after": age,
        "month_end": day,
        "contracts": counts.total(),
        "renewed": renewed,
        "lost": lost,
        "open": counts["due"] + counts["overdue"],
        "decided": renewed + lost,
        "decided_share": (renewed + lost) / counts.total(),
        "renewed_share": renewed / counts.total(),
    }


def _quarter_end(day: date | None) -> date:
    assert day is not None
    return month_end(day.replace(day=1, month=(day.month + 2) // 3 * 3))

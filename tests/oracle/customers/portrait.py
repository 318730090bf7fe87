"""All about one customer a second time, put together from the other calculations."""

from datetime import date
from math import fsum

from tend.view import View
from tests.oracle.facts.company import UNKNOWN, band
from tests.oracle.facts.signals import Signals
from tests.oracle.health.queries import last_month_end, standing_row
from tests.oracle.renewals.contracts import next_renewals
from tests.oracle.renewals.rates import Row, ratio
from tests.oracle.service import service
from tests.oracle.service.service import Team
from tests.oracle.value import goals, value
from tests.oracle.value.lives import Life, lives
from tests.oracle.value.value import Book

_PROFILE = (
    *("industry", "department", "region", "csm", "account_manager", "source_channel"),
    *("potential", "go_live_date", "key_contact", "key_contact_role"),
)


def portraits(book: Book, view: View) -> list[Row]:
    """Give one row per customer of the list, whether it has a contract or not."""
    held = {life.customer_id: life for life in lives(book.company, view)}
    cells = service.cells(Team(book.company, book.signals), view, view.as_of)
    whole = fsum(max(life.arr, 0.0) for life in held.values())
    begun = value.started(book, view)
    rows: list[Row] = []
    for fact in book.company.customers:
        name = fact.customer_id
        row: Row = {"customer_id": name, "customer_name": book.company.name(name)}
        row |= {column: getattr(fact, column) for column in _PROFILE}
        row |= {"given_size": fact.size, "size": _known(band(fact, book.company.settings))}
        row |= {"tier": fact.tier}
        life = held.get(name) if name in begun else None
        row |= _standing(book, life) | _next_end(book, name, view)
        arr = life.arr if life else 0.0
        row |= {"arr_share": ratio(max(arr, 0.0), whole) if name in begun else None}
        row |= {"scale": cells["all", name][0] if ("all", name) in cells else None}
        row |= _health(book, name, view) | _heard(book, name, view) | _touched(book, name, view)
        rows.append(row)
    return rows


def _known(word: str) -> str | None:
    return None if word == UNKNOWN else word


def _standing(book: Book, life: Life | None) -> Row:
    """Tell whether it is in force, since and until when, with what ARR, in which stage of life."""
    nothing: Row = {"life_stage": None, "is_in_force": False, "last_day": None, "months": None}
    if life is None:
        return nothing | {"arr": 0.0, "overdue_arr": 0.0}
    late = [d for d in life.in_force if d.outcome == "overdue" and d.last and d.last < life.day]
    return {
        "life_stage": goals.stage(book, life),
        "is_in_force": bool(life.in_force),
        "last_day": None if life.in_force else life.last,
        "months": value.months_of(life),
        "arr": life.arr,
        "overdue_arr": fsum(deal.arr_on(life.day) for deal in late),
    }


def _next_end(book: Book, name: str, view: View) -> Row:
    """Give the contract that is to be renewed next."""
    deals = book.company.deals(view.as_of)
    found = next_renewals(deals, book.company.settings).get(name)
    if found is None or found.last is None:
        return {"contract_id": None, "end_date": None, "days_left": None}
    contract, last = found.fact.contract_id, found.last
    return {"contract_id": contract, "end_date": last, "days_left": (last - view.as_of).days}


def _health(book: Book, name: str, view: View) -> Row:
    """Give the scores of the last month end."""
    assert book.health
    month = last_month_end(view.as_of)
    row = standing_row(book.health.standing(name, month))
    del row["coverage"]
    return row | {"month": month}


def _heard(book: Book, name: str, view: View) -> Row:
    """Give what it answered in the 12 months to the day."""
    surveys, day = book.signals.of(name).surveys, view.as_of
    first = service.year_to(day)
    by_nps, by_csat = (service.latest_by_person(surveys, first, day, of) for of in ("nps", "csat"))
    scores = [one.nps for one in by_nps if one.nps is not None]
    pleased = sum(service.is_satisfied(one) for one in by_csat)
    return {
        "satisfaction": service.satisfaction(surveys, day),
        "nps_mean": fsum(scores) / len(scores) if scores else None,
        "csat_share": pleased / len(by_csat) if by_csat else None,
        "answered_on": max((one.answered_on for one in (*by_nps, *by_csat)), default=None),
    }


def _touched(book: Book, name: str, view: View) -> Row:
    """Give the last touch, and the hours of 12 months."""
    days = [one.touched_on for one in book.signals.of(name).touches]
    last = max((day for day in days if day <= view.as_of), default=None)
    hours = book.hours(view.as_of)
    spent = None if hours is None else hours.get(name, 0.0)
    return {
        "last_touch": last,
        "days_since_touch": (view.as_of - last).days if last else None,
        "service_hours": spent,
        "service_cost": None if spent is None else spent * value.HOURLY,
    }


def log_of(signals: Signals, customer_id: str, as_of: date) -> list[Row]:
    """Give what was done for a customer and what it said, with what was known of it by then."""
    own = signals.of(customer_id)
    nothing = dict.fromkeys(("kind", "who", "nps", "csat", "resolved_on", "hours"))
    found: list[Row] = []
    for touch in own.touches:
        told = {"kind": touch.kind, "who": touch.csm, "hours": touch.hours}
        found.append(nothing | {"event": "touch", "day": touch.touched_on, **told})
    for answer in own.surveys:
        share = None if answer.csat is None else answer.csat / (answer.csat_scale or 1)
        told = {"who": answer.respondent, "nps": answer.nps, "csat": share}
        found.append(nothing | {"event": "answer", "day": answer.answered_on, **told})
    for ticket in own.tickets:
        is_solved = ticket.resolved_on is not None and ticket.resolved_on <= as_of
        is_rated = is_solved and ticket.csat is not None
        solved: Row = {
            "resolved_on": ticket.resolved_on if is_solved else None,
            "csat": (ticket.csat or 0) / (ticket.csat_scale or 1) if is_rated else None,
        }
        found.append(nothing | {"event": "ticket", "day": ticket.opened_on, **solved})
    return [row for row in found if as_of >= _day_of(row)]


def _day_of(row: Row) -> date:
    day = row["day"]
    assert isinstance(day, date)
    return day

"""The four goals, NPS and the stages of life, a second time."""

from collections import Counter
from datetime import date, timedelta
from math import fsum

from tend.view import View
from tests.oracle.facts.days import add_months
from tests.oracle.facts.facts import plain
from tests.oracle.facts.signals import Signals, nps_of
from tests.oracle.health.queries import last_month_end
from tests.oracle.renewals.deal import Deal, start_of
from tests.oracle.renewals.rates import Row, ratio
from tests.oracle.value.lives import Life, by_segment, in_year_to, lives, year_before
from tests.oracle.value.value import Book, rates_of_year

REFERRALS = ("referral", "转介绍", "老客户介绍")
STAGES = ("onboarding", "adopting", "serving", "renewing", "overdue", "won_back", "lost")


def four_goals(book: Book, view: View) -> list[Row]:
    """Give the measures of the four goals by segment."""
    rates = rates_of_year(book.company, view)
    first = year_before(view.as_of) + timedelta(days=1)
    answers = nps_answers(book.signals, first, view.as_of)
    rows: list[Row] = []
    for segment, found in by_segment(lives(book.company, view)).items():
        held = [life for life in found if life.in_force]
        if not held:
            continue
        here = {life.customer_id for life in held}
        scores = [score for (name, _), score in answers.items() if name in here]
        levels = [outcome_level(book, life.customer_id, view.as_of) for life in held]
        opening = [life for life in found if life.arr_at(year_before(view.as_of)) > 0]
        grown = [life for life in opening if life.arr > life.arr_at(year_before(view.as_of))]
        new = [life for life in found if in_year_to(life.first, view.as_of)]
        referred = [life for life in new if is_referred(book, life.customer_id)]
        is_known_at_all = any(level is not None for level in levels)
        rows.append(
            {
                "segment": segment,
                "customers": len(held),
                "healthy_share": levels.count(2) / len(held) if is_known_at_all else None,
                "upsell_rate": ratio(len(grown), len(opening)),
                "referral_rate": ratio(len(referred), len(new)),
                "logo_renewal_rate": rates.get(segment, {}).get("logo_renewal_rate"),
                "net_renewal_rate": rates.get(segment, {}).get("net_renewal_rate"),
                "nps": nps_of(scores),
                "new_customers": len(new),
                "answers": len(scores),
            }
        )
    return rows


def outcome_level(book: Book, customer_id: str, as_of: date) -> int | None:
    """Give the level of outcome at the last month end (J2)."""
    if book.health is None:
        return None
    standing = book.health.standing(customer_id, last_month_end(as_of))
    return standing.levels["outcome"] if standing else None


def is_referred(book: Book, customer_id: str) -> bool:
    """Tell whether a customer came by a referral."""
    return plain(book.company.customer(customer_id).source_channel) in REFERRALS


def nps_answers(signals: Signals, first: date, last: date) -> dict[tuple[str, str | int], float]:
    """Give the latest NPS of each respondent; a nameless answer is a person's own (G7, M5)."""
    found: dict[tuple[str, str | int], tuple[tuple[date, str], float]] = {}
    for answer in signals.surveys:
        if answer.nps is None or not first <= answer.answered_on <= last:
            continue
        key = (answer.customer_id, answer.person)
        found[key] = max(found.get(key, ((date.min, ""), 0.0)), (answer.moment, answer.nps))
    return {key: nps for key, (_, nps) in found.items()}


# --- stages


def lifecycle(book: Book, view: View) -> list[Row]:
    """Count customers and ARR by stage."""
    found = [(stage(book, life), life.arr) for life in begun(book, view, view.as_of)]
    counts = Counter(name for name, _ in found)
    return [
        {
            "stage": name,
            "customers": counts[name],
            "arr": fsum(arr for one, arr in found if one == name),
        }
        for name in STAGES
        if counts[name]
    ]


def begun(book: Book, view: View, day: date) -> list[Life]:
    """Give the customers that have begun by a day."""
    everyone = lives(book.company, View(view.as_of, filters=view.filters), day)
    return [life for life in everyone if life.first <= day]


def stage(book: Book, life: Life) -> str:
    """Give the one stage of a customer on a day, the most pressing first."""
    live = book.company.customer(life.customer_id).go_live_date
    if not life.in_force:
        return "lost"
    if life.is_overdue:
        return "overdue"
    if live and live > life.day:
        return "onboarding"
    if not live and (life.day - life.first).days <= 90:
        return "onboarding"
    if live and (life.day - live).days <= 90:
        return "adopting"
    if any(is_due_within(deal, life.day, 90) for deal in life.in_force):
        return "renewing"
    return "won_back" if came_back(life) else "serving"


def is_due_within(deal: Deal, day: date, days: int) -> bool:
    """Tell whether a deal ends soon and nobody has signed what follows it yet."""
    if deal.last is None or deal.outcome is None or not 0 <= (deal.last - day).days <= days:
        return False
    if deal.outcome in ("due", "overdue"):
        return True
    signed = [new.fact.signed_date or start_of(new) for new in deal.successors]
    return deal.outcome != "renewed_early" and (not signed or min(signed) > day)


def came_back(life: Life) -> bool:
    """Tell whether the customer began again within 12 months after a time without a contract."""
    spans = sorted(deal.in_force for deal in life.deals if deal.in_force)
    for first, _ in spans:
        earlier = [one for one in spans if one[0] < first]
        is_covered = any(last >= first - timedelta(days=1) for _, last in earlier)
        if earlier and not is_covered and in_year_to(first, life.day):
            return True
    return False


def lifecycle_moves(book: Book, view: View) -> list[Row]:
    """Give who is in another stage than on the earlier day."""
    last = min(view.end or view.as_of, view.as_of)
    first = view.start or add_months(last, -3)
    before = {life.customer_id: stage(book, life) for life in begun(book, view, first)}
    rows: list[Row] = []
    for life in begun(book, view, last):
        now = stage(book, life)
        if before.get(life.customer_id) != now:
            rows.append(
                {
                    "customer_id": life.customer_id,
                    "from_stage": before.get(life.customer_id),
                    "to_stage": now,
                    "arr": life.arr,
                    "arr_before": life.arr_at(first),
                }
            )
    return rows

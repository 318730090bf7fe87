"""Every contract judged at one as-of date: last day, ARR, successors, outcome, days in force."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import fsum

from tests.oracle.facts.days import DAY, add_months, last_day, term_months
from tests.oracle.facts.facts import Contract, Settings, letters, plain
from tests.oracle.renewals import months
from tests.oracle.renewals.deal import Deal, is_given_lost, start_of
from tests.oracle.renewals.known import counts, followed_from, is_known, same_product
from tests.oracle.renewals.successors import find_successors

RENEWED = ("renewed_on_time", "renewed_late", "renewed_early")
NO_TERM_MONTHS = 12.0  # a total without a term is taken as one year's


def judge(contracts: Sequence[Contract], settings: Settings, as_of: date) -> list[Deal]:
    """Give one deal for each recurring contract known at `as_of`."""
    given = months.as_runs(contracts)
    facts = [c for c in given if counts(c, settings) and is_known(c, as_of)]
    deals = [deal_of(c, settings) for c in facts]
    for deal in deals:
        deal.followed_from = followed_from(deal.fact, deal.last, facts, settings)
    find_successors(deals, settings, as_of)
    for deal in deals:
        deal.outcome = outcome_of(deal, settings, as_of)
        deal.in_force = going_on(deal, deals) or span_of(deal, settings, as_of)
    for deal in deals:
        deal.successor_arr = successor_arr_of(deal)
    return deals


def deal_of(contract: Contract, settings: Settings) -> Deal:
    """Bring dates to one form and amounts to a year in the workspace's currency."""
    last = last_day(contract.start_date, contract.end_date)
    dated = contract.start_date is not None and last is not None
    term = NO_TERM_MONTHS
    if dated and contract.start_date and last:
        term = term_months(contract.start_date, last)
    # C6: a monthly or annual column is that, whatever the term
    yearly = {"total": 12 / term, "monthly": 12.0, "quarterly": 4.0, "annual": 1.0, "month": 12.0}[
        contract.amount_basis
    ]
    rate = settings.rate(contract.currency)
    own, again = contract.amount * yearly, contract.renewed_amount
    is_add_on = plain(contract.contract_type) in {plain(word) for word in settings.add_on}
    if rate is None:  # K18: in counts, in no sum
        return Deal(contract, last, None, None, own, is_add_on)
    given = None if again is None else again * yearly * rate
    return Deal(contract, last, own * rate, given, own, is_add_on)


# --- outcome


def outcome_of(deal: Deal, settings: Settings, as_of: date) -> str | None:
    """Give the outcome at `as_of`; None for open-ended contracts, which are never due."""
    given = deal.fact.outcome
    if deal.is_credit or deal.is_never_due or deal.followed_from:
        return None  # M14; M28; M12: its follower is what falls due
    if deal.last is None and (given is None or deal.fact.start_date):
        return None  # M19: who has a start and no end is never due, whatever the outcome says
    if is_given_lost(deal, as_of):
        return "lost"
    if deal.successors and deal.last:  # B7: a successor wins over a mark
        return timing(deal, as_of)
    if given == "renewed":
        return renewed_without_successor(deal, as_of)
    if deal.fact.ended_on is not None and deal.fact.ended_on <= as_of:  # B8
        return "lost"
    return open_or_lost(deal, settings, as_of)


def open_or_lost(deal: Deal, settings: Settings, as_of: date) -> str:
    """Judge what has no successor and no given result: due, overdue, or lost in the end."""
    if deal.last is None:
        return "overdue"  # undecided in a table without dates
    if deal.last >= as_of:
        return "due"  # A8: in force on its last day; B8: an undated mark counts from the day after
    if is_marked(deal, settings):
        return "lost"
    is_open = as_of <= deal.last + DAY + timedelta(days=settings.grace_days)
    return "overdue" if is_open or deal.fact.outcome == "undecided" else "lost"


def timing(deal: Deal, as_of: date) -> str:
    """Give early, on time or late by the first successor to be signed or started (A4, B6)."""
    assert deal.last is not None
    if deal.last >= as_of:
        return "renewed_early"
    first = min(new.fact.signed_date or start_of(new) for new in deal.successors)
    return "renewed_on_time" if first <= deal.last + DAY else "renewed_late"


def renewed_without_successor(deal: Deal, as_of: date) -> str:
    """Give the outcome of a ledger's "renewed": before the end it is known from its import on."""
    if deal.last is None or deal.last < as_of:
        return "renewed_on_time"
    day = deal.fact.import_day
    return "renewed_early" if day is not None and day <= as_of else "due"


def is_marked(deal: Deal, settings: Settings) -> bool:
    """Tell whether the status says lost (B9); with `ended_on` that day counts instead (B8)."""
    return deal.fact.ended_on is None and is_lost_word(deal, settings)


def is_lost_word(deal: Deal, settings: Settings) -> bool:
    """Tell whether the status says lost (M12); that a term is over says so without an end only."""
    status = letters(deal.fact.status)
    return status in settings.lost or (deal.last is None and status in settings.over)


def shows_mark(deal: Deal, settings: Settings) -> bool:
    """Tell whether it is due with its end ahead, and said to be lost all the same (B8)."""
    is_said = deal.fact.outcome == "lost" or is_lost_word(deal, settings)
    return deal.outcome == "due" and is_said


def next_renewals(deals: Iterable[Deal], settings: Settings) -> dict[str, Deal]:
    """Give each customer's open deal that ends next; one marked lost where all are (M31)."""
    found: dict[str, tuple[bool, date, str, Deal]] = {}
    for deal in deals:
        if deal.outcome in ("due", "overdue") and deal.last:
            name, key = deal.fact.customer_id, deal.fact.contract_id
            this = (shows_mark(deal, settings), deal.last, key, deal)
            found[name] = min(this, found.get(name, this), key=lambda one: one[:3])
    return {name: one[-1] for name, one in found.items()}


def successor_arr_of(deal: Deal) -> float | None:
    """Give the share of its successors' ARR that belongs to this deal (B13)."""
    if deal.outcome not in RENEWED:
        return None
    if not deal.successors:
        return deal.arr if deal.renewed_arr_given is None else deal.renewed_arr_given
    shares = [share(deal, new) for new in deal.successors]
    known = [value for value in shares if value is not None]
    return fsum(known) if known else None


def share(old: Deal, new: Deal) -> float | None:
    """Share the new ARR among all that it succeeds, by ARR; equally when theirs is nothing."""
    if old.arr is None or new.arr is None:
        return None
    arrs = [other.arr for other in new.predecessors if other.arr is not None]
    total = fsum(arrs)
    return new.arr * old.arr / total if total else new.arr / len(arrs)


def going_on(deal: Deal, deals: Sequence[Deal]) -> tuple[date, date] | None:
    """Lead on what the file says is renewed, by no later contract: as many months, none beside.

    Of a contract that is over only; what its customer has from then on for the product ends it.
    """
    fact = deal.fact
    is_given = deal.outcome == "renewed_on_time" and not deal.successors and not fact.ended_on
    if not is_given or fact.start_date is None or deal.last is None:
        return None
    after = deal.last + DAY
    again = max(1, int(term_months(fact.start_date, deal.last) + 0.5))
    until = add_months(after, again) - DAY
    following = [
        start_of(new) - DAY
        for new in deals
        if new.fact.customer_id == fact.customer_id
        and new.fact.start_date
        and start_of(new) >= after
        and same_product(fact, new.fact)
        and not (new.is_add_on or new.is_credit or new.is_never_due)
    ]
    deal.is_going_on = True
    return fact.start_date, min([until, *following])


def span_of(deal: Deal, settings: Settings, as_of: date) -> tuple[date, date] | None:
    """Give first and last day on which the deal's ARR counts, as seen at `as_of`."""
    start = deal.fact.start_date
    if start is None:
        return None
    last = last_in_force(deal, settings, as_of)
    return (start, last) if last and start <= last else None


def last_in_force(deal: Deal, settings: Settings, as_of: date) -> date | None:
    """Give the last day in force; None when it was lost on a day nobody wrote down."""
    ended = deal.fact.ended_on
    starts = [start_of(new) for new in deal.successors]
    if deal.followed_from:
        starts.append(deal.followed_from)
    if starts:
        # C1, C2: up to the day before the first successor: no gap, no overlap (B7: nor a mark)
        following = min(starts)
        grace = timedelta(days=settings.grace_days)
        if ended is not None and ended <= as_of and following > ended + DAY + grace:
            # B8, B10: ended on a day of its own; a gap after it is bridged within grace only
            return min(ended, deal.last or ended)
        return following - DAY
    if ended is not None and ended <= as_of:
        return min(ended, deal.last or ended)  # B8
    if deal.last is None:
        is_lost = is_given_lost(deal, as_of) or is_marked(deal, settings)
        return None if is_lost else date.max
    # C3: overdue and in grace: the customer is still to be won
    return as_of if is_in_grace(deal, settings, as_of) else deal.last


def is_in_grace(deal: Deal, settings: Settings, as_of: date) -> bool:
    """Tell whether the deal is overdue and its grace not over."""
    assert deal.last is not None
    limit = deal.last + DAY + timedelta(days=settings.grace_days)
    return deal.outcome == "overdue" and as_of <= limit

"""The renewal process a second time: where each renewal stands and how long stages took."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from tests.oracle.renewals.contracts import RENEWED
from tests.oracle.renewals.deal import Deal
from tests.oracle.renewals.rates import Row

# The sample's words for the stages, in the order in which they are gone through.
CODES = {
    "Start talking": "start",
    "Plan": "plan",
    "Quote": "quote",
    "Commercial process": "commercial",
    "Deferred": "deferred",
    "Renewed": "renewed",
    "Lost": "lost",
}
PLACES = {code: place for place, code in enumerate(CODES.values(), 1)}
START_DAYS, START_LIMIT = 90, 14
LIMITS = {
    "strategic": {"start": 30, "plan": 30, "quote": 21, "commercial": 30, "deferred": 45},
    "core": {"start": 21, "plan": 21, "quote": 14, "commercial": 30, "deferred": 30},
    "basic": {"start": 14, "plan": 14, "quote": 10, "commercial": 21, "deferred": 30},
}
OTHER = {"start": 21, "plan": 21, "quote": 14, "commercial": 30, "deferred": 30}


@dataclass(frozen=True)
class Word:
    """One row of the process."""

    contract_id: str
    stage: str  # a code
    entered_on: date


@dataclass
class Stay:
    """A contract was in a stage from one day to another."""

    contract_id: str
    stage: str
    since: date
    until: date | None = None


def stays(words: Iterable[Word], as_of: date) -> list[Stay]:
    """Join repeated words of one stage, contract by contract."""
    found: dict[str, list[Stay]] = {}
    ordered = sorted(words, key=lambda w: (w.contract_id, w.entered_on, PLACES.get(w.stage, 0)))
    for word in ordered:
        if word.entered_on > as_of:
            continue
        path = found.setdefault(word.contract_id, [])
        if path and path[-1].stage == word.stage:
            continue
        if path:
            path[-1].until = word.entered_on
        path.append(Stay(word.contract_id, word.stage, word.entered_on))
    return [stay for path in found.values() for stay in path]


def board(
    deals: Sequence[Deal], words: Iterable[Word], tiers: Mapping[str, str], as_of: date
) -> list[Row]:
    """Give what stands on the board."""
    current = {s.contract_id: s for s in stays(words, as_of) if s.until is None}
    rows = []
    for deal in deals:
        fact, last = deal.fact, deal.last
        if deal.outcome is None or last is None:
            continue
        stay, is_decided = current.get(fact.contract_id), deal.outcome in (*RENEWED, "lost")
        lead = timedelta(days=START_DAYS)
        if is_decided:
            if not as_of - timedelta(days=30) <= last <= as_of:
                continue
            stage = "renewed" if deal.outcome in RENEWED else "lost"
            since, limit = (stay.since if stay else last), None
        elif stay is None:
            if last > as_of + lead:
                continue
            stage, since = "not_started", last - lead
            is_short = fact.start_date is not None and fact.start_date > since
            since = max(since, fact.start_date or since)
            limit = None if is_short else START_LIMIT
        else:
            stage, since = stay.stage, stay.since
            own = LIMITS.get(tiers.get(fact.customer_id, ""), OTHER)
            limit = own.get(stage)
        days = (as_of - since).days
        rows.append(
            {
                "contract_id": fact.contract_id,
                "stage": stage,
                "since": since,
                "days_in_stage": days,
                "limit_days": limit,
                "is_over_limit": limit is not None and days > limit,
            }
        )
    return rows


def funnel(
    deals: Sequence[Deal], words: Iterable[Word], tiers: Mapping[str, str], as_of: date
) -> list[Row]:
    """Give per stage who reached it, who waits there, and how long it took."""
    by_id = {deal.fact.contract_id: deal for deal in deals if deal.outcome and deal.last}
    found = [stay for stay in stays(words, as_of) if stay.contract_id in by_id]
    rows = []
    for stage in {stay.stage for stay in found}:
        mine = [stay for stay in found if stay.stage == stage]
        reached = {stay.contract_id for stay in mine}
        waiting = [
            stay
            for stay in mine
            if stay.until is None and by_id[stay.contract_id].outcome in ("due", "overdue")
        ]
        over = 0
        for stay in waiting:
            tier = tiers.get(by_id[stay.contract_id].fact.customer_id, "")
            limit = LIMITS.get(tier, OTHER).get(stage)
            over += limit is not None and (as_of - stay.since).days > limit
        ended = [(stay.until - stay.since).days for stay in mine if stay.until is not None]
        rows.append(
            {
                "stage": stage,
                "reached": len(reached),
                "renewed": sum(by_id[c].outcome in RENEWED for c in reached),
                "lost": sum(by_id[c].outcome == "lost" for c in reached),
                "waiting": len(waiting),
                "over_limit": over,
                "median_days": median(ended) if ended else None,
                "stays": len(ended),
            }
        )
    return rows

"""The ten health indicators of a customer on a day, from facts dated up to that day (J1, J3)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.facts.company import Company, by_customer
from tests.oracle.facts.days import add_months
from tests.oracle.facts.facts import plain
from tests.oracle.facts.numbers import mean
from tests.oracle.facts.signals import Signals, Survey, Ticket, Touch, Usage
from tests.oracle.renewals.deal import Deal

Values = dict[str, float | None]
RECENT = timedelta(days=90)
DAYS_TO_SOLVE = {"critical": 1, "high": 3, "medium": 7, "low": 14}
SEVERE = ("critical", "high")


class Readings:
    """Reads indicators; what is asked for twice is read once."""

    def __init__(self, company: Company, signals: Signals) -> None:
        self._company = company
        self._signals = signals
        self._families: dict[date, dict[str, list[Deal]]] = {}
        self._known: dict[tuple[str, date], Values] = {}

    def on(self, customer_id: str, day: date, as_of: date) -> Values:
        """Give all indicators on a day, from facts dated by then; contracts are judged `as_of`."""
        if (customer_id, day) not in self._known:
            self._known[customer_id, day] = self._signal_values(customer_id, day)
        licensed = licensed_by_contract(self._family(customer_id, as_of), day)
        usage = last_90_days(self._signals, customer_id, day)
        found = {"deployment": deployment(usage, licensed), **self._known[customer_id, day]}
        return found | self._vanished(customer_id, day)

    def _vanished(self, customer_id: str, day: date) -> Values:
        """Give what is nought for a customer that dropped out of the usage file (M18)."""
        own = [u for u in self._signals.of(customer_id).usage if u.period_end <= day]
        until = self._signals.usage_until(day)
        if not own or not until or any(u.period_end > until - RECENT for u in own):
            return {}
        held = {u.measure for u in own if u.value is not None}
        gone = {m for m in held if self._signals.counts(m, until - RECENT, until)}
        noughts: Values = {}
        if "active_users" in gone:
            noughts["deployment"] = 0.0
        if "features_used" in gone:
            noughts["breadth"] = 0.0
        if "key_actions" in gone:
            before = depth_of(window(own, until - 2 * RECENT, until - RECENT))
            noughts |= {"depth": 0.0, "trend": -1.0 if before else None}
        return noughts

    def _family(self, customer_id: str, as_of: date) -> list[Deal]:
        if as_of not in self._families:
            self._families[as_of] = by_customer(self._company.deals(as_of))
        return self._families[as_of].get(customer_id, [])

    def _signal_values(self, customer_id: str, day: date) -> Values:
        own = self._signals.of(customer_id)
        recent = last_90_days(self._signals, customer_id, day)
        depth = depth_of(recent)
        until = self._signals.usage_until(day) or day
        before = depth_of(window(own.usage, until - 2 * RECENT, until - RECENT))
        answers = [s for s in own.surveys if add_months(day, -12) < s.answered_on <= day]
        tickets = [t for t in own.tickets if t.opened_on <= day]
        contact = self._company.customer(customer_id).key_contact
        return {
            "depth": depth,
            "trend": depth / before - 1 if depth is not None and before else None,
            "breadth": breadth(recent),
            "engagement": self._engagement(own.touches, contact, day),
            "nps": nps(answers),
            "sentiment": mean([s.sentiment for s in answers if s.sentiment is not None]),
            "ticket_csat": ticket_csat(tickets, day),
            "solved_in_time": solved_in_time(tickets, day),
            "open_severe": self._open_severe(tickets, day),
        }

    def _engagement(self, touches: Iterable[Touch], contact: str | None, day: date) -> float | None:
        """Count recent touches, with the key contact twice; 0 only where anybody is touched."""
        until = self._signals.touches_until(day)
        if until is None:
            return None
        name = plain(contact)
        recent = [t for t in touches if until - RECENT < t.touched_on <= until]
        return float(sum(2 if name and name in plain(t.note) else 1 for t in recent))

    def _open_severe(self, tickets: Iterable[Ticket], day: date) -> float | None:
        """Count severe tickets that are open; 0 only where tickets are kept."""
        if self._signals.first_ticket is None or self._signals.first_ticket > day:
            return None
        severe = [t for t in tickets if t.severity in SEVERE]
        return float(sum(t.resolved_on is None or t.resolved_on > day for t in severe))


def last_90_days(signals: Signals, customer_id: str, day: date) -> list[Usage]:
    """Give a customer's values of the 90 days up to which usage is told on a day (M36)."""
    until = signals.usage_until(day)
    return window(signals.of(customer_id).usage, until - RECENT, until) if until else []


def window(usage: Iterable[Usage], after: date, day: date) -> list[Usage]:
    """Give the values of periods whose last day lies in the window; blanks are not there."""
    return [u for u in usage if after < u.period_end <= day and u.value is not None]


def values_of(usage: Iterable[Usage], measure: str) -> list[float]:
    """Give a measure's values."""
    return [u.value for u in usage if u.measure == measure and u.value is not None]


def latest(usage: Iterable[Usage], measure: str) -> Usage | None:
    """Give a measure's latest period, by its last day."""
    own = [u for u in usage if u.measure == measure]
    return max(own, key=lambda u: (u.period_end, u.period_start), default=None)


def is_in_force(deal: Deal, day: date) -> bool:
    """Tell whether a deal is in force on a day."""
    return deal.in_force is not None and deal.in_force[0] <= day <= deal.in_force[1]


def licensed_by_contract(deals: Iterable[Deal], day: date) -> float | None:
    """Add up the licensed users of the contracts in force and signed; None where none says."""
    given = [
        deal.fact.licensed_users
        for deal in deals
        if is_in_force(deal, day) and (deal.fact.signed_date or day) <= day
    ]
    known = [users for users in given if users is not None]
    return sum(known) if known else None


def deployment(usage: Sequence[Usage], by_contract: float | None) -> float | None:
    """Divide the latest active users by the licensed ones of the same row, else of contracts."""
    active = latest(usage, "active_users")
    if active is None or active.value is None:
        return None
    period = (active.period_start, active.period_end)
    beside = [u for u in usage if (u.period_start, u.period_end) == period]
    licensed = next(iter(values_of(beside, "licensed_users")), by_contract)
    return active.value / licensed if licensed else None


def depth_of(usage: Sequence[Usage]) -> float | None:
    """Divide the sum of key actions by the mean of active users."""
    actions, users = values_of(usage, "key_actions"), mean(values_of(usage, "active_users"))
    return sum(actions) / users if actions and users else None


def breadth(usage: Sequence[Usage]) -> float | None:
    """Give the latest count of features used."""
    found = latest(usage, "features_used")
    return found.value if found else None


def nps(answers: Iterable[Survey]) -> float | None:
    """Average each one's latest answer that has an NPS; a nameless is a person (G7, M5)."""
    newest: dict[str | int, Survey] = {}
    for answer in sorted(answers, key=lambda one: one.moment):  # the later takes the place
        if answer.nps is not None:
            newest[answer.person] = answer
    return mean([answer.nps for answer in newest.values() if answer.nps is not None])


def ticket_csat(tickets: Iterable[Ticket], day: date) -> float | None:
    """Average the satisfaction, as a share of its scale, of tickets of the last 90 days."""
    # Fractions: a distribution of equal values must not fall apart by rounding (J4).
    shares = [
        Fraction(t.csat) / Fraction(t.csat_scale)
        for t in tickets
        if t.csat is not None
        and t.csat_scale
        and day - RECENT < (t.resolved_on or t.opened_on) <= day
    ]
    return float(sum(shares) / len(shares)) if shares else None


def solved_in_time(tickets: Iterable[Ticket], day: date) -> float | None:
    """Give the share solved within the limit, of recent tickets that can be judged."""
    judged = []
    for ticket in tickets:
        limit = ticket.opened_on + timedelta(days=DAYS_TO_SOLVE[ticket.severity or "medium"])
        solved = ticket.resolved_on if ticket.resolved_on and ticket.resolved_on <= day else None
        if ticket.opened_on > day - RECENT and (solved or day > limit):
            judged.append(solved is not None and solved <= limit)
    return sum(judged) / len(judged) if judged else None

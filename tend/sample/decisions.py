"""What the last two weekly meetings decided on the largest renewals that end soon, and one note."""

from collections.abc import Iterable
from datetime import date, timedelta

from tend.sample.calendar import DAY
from tend.sample.contracts import Contract
from tend.sample.signals import Row
from tend.sample.words import Words

WEEK = timedelta(days=7)
SOON_DAYS = 90
# Code of the words, weeks before the last meeting, days from the meeting to the due day, state.
MADE = (
    ("buyer", 1, 4, "open"),
    ("comparison", 1, 7, "done"),
    ("two_years", 0, 10, "open"),
    ("visit", 0, 14, "open"),
)
NOTE = "prices"


def make(words: Words, contracts: Iterable[Contract], until: date) -> list[Row]:
    """Write them, the earlier first: one is done, one is late, two are open."""
    last_meeting = until - DAY * ((until - DAY).weekday() + 1)
    ending = [
        one
        for one in contracts
        if one.last and 0 < (one.last - until).days <= SOON_DAYS and one.status == "active"
    ]
    ending.sort(key=lambda one: (-one.amount, one.contract_id))
    rows = [
        _row(words, code, contract, last_meeting - weeks * WEEK, due * DAY, state, until)
        for (code, weeks, due, state), contract in zip(MADE, ending, strict=False)
    ]
    note = {"decision": words.one("decided", NOTE), "decided_on": last_meeting}
    rows.append({**note, "decision_kind": words.one("decision_kind", "note")})
    return [{"decision_id": f"DEC-{number:02}", **row} for number, row in enumerate(rows, 1)]


def _row(
    words: Words,
    code: str,
    contract: Contract,
    day: date,
    due: timedelta,
    state: str,
    until: date,
) -> Row:
    return {
        "customer_id": contract.customer.customer_id,
        "decision": words.one("decided", code),
        "decision_kind": words.one("decision_kind", "decision"),
        "owner": contract.customer.csm,
        "decided_on": day,
        "due_on": day + due,
        "decision_state": words.one("decision_state", state),
        "state_on": min(day + due, until) if state == "done" else day,
    }

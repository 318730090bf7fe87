"""Renewal calls: what each CSM says of a renewal some weeks before its end."""

from collections.abc import Iterable
from datetime import date
from random import Random

from tend.sample.calendar import DAY
from tend.sample.contracts import Contract
from tend.sample.signals import Row, by_date
from tend.sample.stages import LONG
from tend.sample.words import Words

# How well a customer must seem to be for a commit, and how badly for giving it up.
COMMIT_FROM, LOST_BELOW = -0.5, -1.5
LOOK_BACK_DAYS, LOOK_AHEAD_DAYS = 540, 75
# So many days before the end a call is made, and how far it may be off then.
ASKED = ((60, 0.9), (30, 0.6))


def make(rng: Random, words: Words, contracts: Iterable[Contract], until: date) -> list[Row]:
    """Write the calls on contracts that ended lately, or end soon."""
    rows: list[Row] = []
    for contract in contracts:
        if contract.last is None or contract.contract_type not in LONG:
            continue
        if -LOOK_AHEAD_DAYS < (until - contract.last).days < LOOK_BACK_DAYS:
            rows += [
                _row(rng, words, contract, contract.last - days * DAY, off)
                for days, off in ASKED
                if rng.random() < 0.7
            ]
    return by_date(rows, "called_on", until)


def _row(rng: Random, words: Words, contract: Contract, day: date, off: float) -> Row:
    seems = contract.customer.health_on(contract.last or day) + rng.gauss(0, off)
    call = "commit" if seems >= COMMIT_FROM else "lost" if seems < LOST_BELOW else "at_risk"
    return {
        "contract_id": contract.contract_id,
        "customer_id": contract.customer.customer_id,
        "call": words.one("call", call),
        "called_on": day + rng.randint(-6, 6) * DAY,
        "csm": contract.customer.csm,
        "note": rng.choice(words.many("call_note", call)) if rng.random() < 0.3 else None,
    }

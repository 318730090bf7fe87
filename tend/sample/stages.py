"""The renewal process: which stage each renewal of the last months has reached, and when."""

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

from tend.sample.calendar import DAY
from tend.sample.contracts import Contract
from tend.sample.signals import Row, by_date
from tend.sample.words import Words

# Days before the end at which a stage is usually entered, and the chance to renew seen from there.
STEPS = (("start", 95, 0.6), ("plan", 70, 0.65), ("quote", 45, 0.75), ("commercial", 22, 0.85))
LOOK_BACK_DAYS = 300
LONG = ("annual", "two_year")


def make(rng: Random, words: Words, contracts: Iterable[Contract], until: date) -> list[Row]:
    """Write the stages of contracts that end within the last months or the next ones."""
    rows: list[Row] = []
    listed = list(contracts)
    renewed = {old for c in listed if c.previous for old in c.previous.split("; ")}
    for contract in listed:
        if contract.last is None or contract.contract_type not in LONG:
            continue
        if -130 < (until - contract.last).days < LOOK_BACK_DAYS and rng.random() < 0.9:
            rows += _path(rng, words, contract, contract.contract_id in renewed)
    return by_date(rows, "entered_on", until)


def _path(rng: Random, words: Words, contract: Contract, is_renewed: bool) -> list[Row]:
    """One contract's way; unhealthy customers start late and get stuck."""
    assert contract.last
    health = contract.customer.health_on(contract.last - 90 * DAY)
    delay = round(rng.gauss(4 - 6 * health, 8))
    rows = [
        _row(rng, words, contract, stage, contract.last - max(days - delay, 2) * DAY, chance)
        for stage, days, chance in STEPS[: 4 if health > -1 else rng.randint(1, 4)]
    ]
    if health < 0 and rng.random() < 0.25:
        rows.append(
            _row(rng, words, contract, "deferred", contract.last - rng.randint(0, 14) * DAY, 0.4)
        )
    if is_renewed:
        rows.append(
            _row(rng, words, contract, "renewed", contract.last - rng.randint(0, 8) * DAY, 1)
        )
    elif contract.status in ("lost", "terminated"):
        rows.append(_row(rng, words, contract, "lost", contract.last + rng.randint(1, 20) * DAY, 0))
    return _in_order(rows)


def _row(
    rng: Random, words: Words, contract: Contract, stage: str, day: date, chance: float
) -> Row:
    notes: Sequence[str] = words.many("stage_note", stage) if stage in ("deferred", "quote") else ()
    health = contract.customer.health_on(day)
    guess = (
        min(0.95, max(0.1, chance + 0.1 * health + rng.gauss(0, 0.05)))
        if 0 < chance < 1
        else chance
    )
    return {
        "contract_id": contract.contract_id,
        "customer_id": contract.customer.customer_id,
        "stage": words.one("stage", stage),
        "entered_on": day,
        "expected_amount": contract.amount if rng.random() < 0.7 else None,
        "probability": round(guess, 2) if rng.random() < 0.5 else None,
        "note": rng.choice(notes) if notes and rng.random() < 0.4 else None,
    }


def _in_order(rows: list[Row]) -> list[Row]:
    """No stage is entered twice, and none before the one before it."""
    day = date.min
    for row in rows:
        entered = row["entered_on"]
        assert isinstance(entered, date)
        day = max(day, entered)
        row["entered_on"] = day
    return rows

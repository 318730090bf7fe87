"""The renewal process: the stages that renewals have reached, and what CSMs say of them."""

import numpy as np

from benchmarks.companies import columns
from benchmarks.companies.columns import Column, Draw, Table, blanked, chosen, worded
from benchmarks.companies.customers import People
from benchmarks.companies.terms import LONG, LOST, TERMINATED, Book
from tend.sample.calls import ASKED, COMMIT_FROM, LOOK_AHEAD_DAYS, LOOK_BACK_DAYS, LOST_BELOW
from tend.sample.stages import LOOK_BACK_DAYS as STAGES_BACK
from tend.sample.stages import STEPS
from tend.sample.words import Words

STAGES_AHEAD = 130
NAMES = (*(name for name, _, _ in STEPS), "renewed", "lost")
CALLS = ("lost", "at_risk", "commit")


def stages(draw: Draw, people: People, book: Book, until: int, words: Words) -> Table:
    """Write the stages of contracts that end within the last months or the next ones."""
    over = until - book.last
    is_near = (over > -STAGES_AHEAD) & (over < STAGES_BACK) & (book.kind < LONG)
    listed = np.flatnonzero(is_near & (draw.random(len(over)) < 0.9))
    last, who, size = book.last[listed], book.customer[listed], len(listed)
    health = people.health(who, last - 90)
    delay = np.rint(draw.normal(4 - 6 * health, 8)).astype(int)
    reached = np.where(health > -1, len(STEPS), draw.integers(1, len(STEPS) + 1, size))
    days = [last - np.maximum(ahead - delay, 2) for _, ahead, _ in STEPS]
    days += [last - draw.integers(0, 9, size), last + draw.integers(1, 21, size)]
    is_lost = np.isin(book.state[listed], (LOST, TERMINATED))
    entered = np.maximum.accumulate(np.stack(days, axis=1), axis=1)
    there = np.arange(len(STEPS)) < reached[:, None]
    ends = [book.is_renewed[listed], is_lost & ~book.is_renewed[listed]]
    there = np.column_stack([there, *ends]) & (entered <= until)
    row, stage = np.nonzero(there)
    chance = np.array([*(share for _, _, share in STEPS), 1.0, 0.0])[stage]
    guess = np.clip(chance + 0.1 * health[row] + draw.normal(0, 0.05, len(row)), 0.1, 0.95)
    guess = np.where((chance > 0) & (chance < 1), guess, chance)
    order = np.argsort(entered[row, stage], kind="stable")
    row, stage, guess = row[order], stage[order], guess[order]
    return columns.table(
        contract_id=book.ids.take(listed[row]),
        customer_id=people.ids.take(who[row]),
        stage=worded([words.one("stage", one) for one in NAMES], stage),
        entered_on=columns.days(entered[row, stage]),
        expected_amount=blanked(draw, 0.3, book.amount[listed[row]]),
        probability=blanked(draw, 0.5, np.round(guess, 2)),
    )


def calls(draw: Draw, people: People, book: Book, until: int, words: Words) -> Table:
    """Write the calls on contracts that ended lately, or end soon."""
    over = until - book.last
    near = (over > -LOOK_AHEAD_DAYS) & (over < LOOK_BACK_DAYS) & (book.kind < LONG)
    made = [_asked(draw, people, book, np.flatnonzero(near), *one) for one in ASKED]
    which, day, call = (np.concatenate(parts) for parts in zip(*made, strict=True))
    order = np.argsort(day, kind="stable")
    order = order[day[order] <= until]
    which, day, call = which[order], day[order], call[order]
    return columns.table(
        contract_id=book.ids.take(which),
        customer_id=people.ids.take(book.customer[which]),
        call=worded([words.one("call", one) for one in CALLS], call),
        called_on=columns.days(day),
        csm=people.csms.take(book.customer[which]),
        note=blanked(
            draw, 0.7, chosen(draw, [words.many("call_note", one) for one in CALLS], call)
        ),
    )


def _asked(
    draw: Draw, people: People, book: Book, listed: Column, days: int, off: float
) -> tuple[Column, Column, Column]:
    listed = listed[draw.random(len(listed)) < 0.7]
    day = book.last[listed] - days + draw.integers(-6, 7, len(listed))
    seems = people.health(book.customer[listed], book.last[listed])
    seems = seems + draw.normal(0, off, len(listed))
    return listed, day, np.digitize(seems, [LOST_BELOW, COMMIT_FROM])

"""What is missing stays missing, what comes later changes nothing, and noise foretells nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tend.view import View
from tests.kit.asking import Row
from tests.kit.samples.health_stories import (
    Story,
    Told,
    by_oracle,
    survey,
    term,
    ticket,
    touch,
    usage,
)
from tests.oracle.facts.days import month_end
from tests.oracle.facts.facts import Contract, Customer
from tests.oracle.facts.signals import Signals, Usage

Tell = Callable[[Story], Told]
NAMES = [f"c{n}" for n in range(8)]
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06")


def full(customer: str, level: int) -> Signals:
    """Write half a year of one customer: all four data sets, better with its level."""
    months: list[Usage] = []
    for number, month in enumerate(MONTHS):
        months += usage(
            *(customer, month),
            active_users=10.0 + level,
            licensed_users=20,
            key_actions=100.0 + 10 * level * number,
            features_used=1.0 + level,
        )
    return Signals(
        months,
        [survey(customer, "2026-01-20", min(10, 2 + level), sentiment=level % 3 - 1)],
        [touch(customer, f"2026-0{1 + n % 6}-11", f"Call {n}") for n in range(level)],
        [ticket(customer, "2026-02-01", "2026-02-05", csat=1 + level % 5)],
    )


def story(*without: str) -> Story:
    """Tell of eight customers, without some data sets."""
    told = Story([term(name, licensed_users=20) for name in NAMES])
    for level, name in enumerate(NAMES):
        told = told.with_signals(full(name, level))
    return replace(told, signals=replace(told.signals, **dict.fromkeys(without, ())))


def test_nothing_at_all(tell: Tell) -> None:
    """Contracts alone: all are there, nothing is known, no number stands in."""
    rows = tell(Story([term(name) for name in NAMES])).health("2026-03-31")
    assert sorted(rows) == NAMES
    for row in rows.values():
        assert (row["outcome_score"], row["experience_score"], row["quadrant"]) == (None,) * 3
        assert (row["outcome_state"], row["experience_state"]) == ("unknown", "unknown")
        assert row["coverage"] == 0


def test_no_usage(tell: Tell) -> None:
    """Without usage the outcome score is that of touches alone, without both it is unknown."""
    rows = tell(story("usage")).health("2026-03-31")
    assert {round(row["coverage"], 9) for row in rows.values()} == {0.6}
    touched = tell(story("usage", "touches")).health("2026-03-31")
    assert {row["outcome_score"] for row in touched.values()} == {None}
    assert {row["outcome_state"] for row in touched.values()} == {"unknown"}
    assert {row["quadrant"] for row in touched.values()} == {None}
    experience = {name: row["experience_score"] for name, row in rows.items()}
    assert {name: row["experience_score"] for name, row in touched.items()} == experience


def test_no_surveys(tell: Tell) -> None:
    """Without surveys the experience score is that of tickets, without both it is unknown."""
    rows = tell(story("surveys")).health("2026-03-31")
    whole = tell(story()).health("2026-03-31")
    for name in NAMES:
        assert rows[name]["coverage"] == pytest.approx(whole[name]["coverage"] - 0.2)
        assert rows[name]["outcome_score"] == whole[name]["outcome_score"]
    neither = tell(story("surveys", "tickets")).health("2026-03-31")
    assert {row["experience_score"] for row in neither.values()} == {None}
    assert {row["experience_state"] for row in neither.values()} == {"unknown"}


def test_one_month_missing(tell: Tell) -> None:
    """A month that is not there is no month of nothing: depth and breadth are those of the rest."""
    whole = story()
    gap = [u for u in whole.signals.usage if (u.customer_id, u.period_start.month) != ("c3", 2)]
    told = tell(replace(whole, signals=replace(whole.signals, usage=gap)))
    found, before = told.health("2026-03-31")["c3"], tell(whole).health("2026-03-31")["c3"]
    assert found["coverage"] == before["coverage"]
    assert found["outcome_score"] is not None
    nothing = [u for u in whole.signals.usage if u.customer_id != "c3"]
    gone = tell(replace(whole, signals=replace(whole.signals, usage=nothing)))
    assert gone.health("2026-03-31")["c3"]["coverage"] == pytest.approx(found["coverage"] - 0.3)


def test_a_new_customer(tell: Tell) -> None:
    """Someone new has only the counts that are 0 for it, and is in nobody's way."""
    new = replace(story(), contracts=[*story().contracts, term("new", "2026-03-20", "2027-03-19")])
    rows = tell(new).health("2026-03-31")
    assert rows["new"]["coverage"] == pytest.approx(0.2)  # no touch, no open ticket
    assert (rows["new"]["outcome_score"], rows["new"]["outcome_state"]) == (0, "at_risk")
    assert rows["new"]["experience_score"] == 100
    assert "new" not in tell(new).health("2026-02-28")


def test_no_licences(tell: Tell) -> None:
    """Without licensed users anywhere there is no deployment; from the contract there is."""
    whole = story()
    blank = [u for u in whole.signals.usage if u.measure != "licensed_users"]
    signals = replace(whole.signals, usage=blank)
    contracts = [replace(c, licensed_users=None) for c in whole.contracts]
    by_contract = tell(replace(whole, signals=signals)).health("2026-03-31")
    nowhere = tell(replace(whole, signals=signals, contracts=contracts)).health("2026-03-31")
    beside = tell(whole).health("2026-03-31")
    for name in NAMES:
        assert by_contract[name]["outcome_score"] == pytest.approx(beside[name]["outcome_score"])
        assert nowhere[name]["coverage"] == pytest.approx(beside[name]["coverage"] - 0.1)


def later() -> tuple[list[Contract], Signals]:
    """Write facts of all kinds dated after 31 March, of old customers and of a new one."""
    more = Signals(
        [one for name in NAMES for one in usage(name, "2026-04", active_users=1, key_actions=1)],
        [survey(name, "2026-04-01", 0, sentiment=-1) for name in NAMES],
        [touch(name, f"2026-04-{n + 1:02}", "Call") for name in NAMES for n in range(9)],
        [ticket(name, "2026-04-01", None, "critical") for name in NAMES],
    )
    contracts = [term(name, "2027-01-01", "2027-12-31", signed_date="2026-04-01") for name in NAMES]
    contracts.append(term("late", "2026-03-01", "2027-02-28", signed_date="2026-04-02"))
    return contracts, more


def test_no_peeking(tell: Tell) -> None:
    """Facts dated, resolved or signed after a month end change nothing of it or before it."""
    whole = story()
    early = [u for u in whole.signals.usage if u.period_end <= date(2026, 3, 31)]
    opened = [ticket("c1", "2026-03-20", None, "high"), ticket("c2", "2026-03-22")]
    solved = [
        ticket("c1", "2026-03-20", "2026-04-02", "high", 1),
        ticket("c2", "2026-03-22", "2026-04-01", None, 5),
    ]
    known = replace(whole.signals, usage=early, touches=whole.signals.touches[:12])
    contracts, more = later()
    before = replace(whole, signals=known).with_signals(Signals(tickets=opened))
    after = replace(whole, signals=known).with_signals(Signals(tickets=solved)).with_signals(more)
    after = replace(after, contracts=[*whole.contracts, *contracts])
    then, now = tell(before), tell(after)
    for day in ("2026-01-31", "2026-02-28", "2026-03-31"):
        assert now.health(day) == then.health(day)
    assert now.health("2026-04-30") != then.health("2026-04-30")


def test_no_peeking_from_the_past(tell: Tell) -> None:
    """As of a day in the past nobody knows the scores of later months, nor who came in them."""
    contracts = [
        term("a", "2025-07-01", "2026-08-31"),
        term("a", "2026-09-01", "2027-08-31", signed_date="2026-03-10"),
        term("b", "2025-07-01", "2026-08-31", ended_on="2026-03-01", status="lost"),
        term("c", "2026-04-10", "2027-04-09"),
    ]
    months = [one for n in ("a", "b", "c") for m in MONTHS for one in usage(n, m, features_used=3)]
    surveys = [survey(name, "2026-01-20", 9) for name in ("a", "b", "c")]
    told = tell(Story(contracts, signals=Signals(months, surveys)))
    [row] = told.rows("health_backtest", View(date(2026, 3, 31)))
    assert (row["quadrant"], row["contracts"], row["renewed"]) == (None, 2, 1)
    view = View(date(2026, 3, 31), date(2026, 2, 28), date(2026, 6, 30))
    moved = told.rows("quadrant_movement", view)
    assert {(row["from_quadrant"], row["to_quadrant"]): row["customers"] for row in moved} == {
        (9, 9): 1,
        (9, None): 1,
    }


def noise() -> Story:
    """Tell of 300 customers whose signals and renewals have nothing to do with each other."""
    rng = Random(5)
    contracts, signals = [], Signals()
    rows: list[Usage] = []
    surveys, touches, tickets = [], [], []
    for number in range(300):
        name = f"n{number:03}"
        start = date(2025, 4, 1) + timedelta(days=rng.randrange(150))
        end = start + timedelta(days=364)
        is_renewed = rng.random() < 0.6
        status = None if is_renewed else "lost"
        contracts.append(term(name, f"{start}", f"{end}", status=status, licensed_users=30))
        if is_renewed:
            again = end + timedelta(days=1)
            contracts.append(term(name, f"{again}", f"{again + timedelta(days=365)}"))
        for month in ("2025-10", "2025-11", "2025-12", *MONTHS):
            measures = {"active_users": rng.randrange(1, 30), "key_actions": rng.randrange(300)}
            rows += usage(name, month, features_used=rng.randrange(1, 10), **measures)
            day = month_end(date.fromisoformat(f"{month}-01")) - timedelta(days=rng.randrange(28))
            surveys.append(survey(name, f"{day}", rng.randrange(11)))
            touches += [touch(name, f"{day}", "Call")] * rng.randrange(2)
            tickets.append(ticket(name, f"{day}", f"{day + timedelta(days=rng.randrange(12))}"))
    signals = Signals(rows, surveys, touches, tickets)
    customers = [Customer(f"n{n:03}", industry="Retail") for n in range(300)]
    return Story(contracts, customers, signals)


def test_noise_foretells_nothing(product_tells: Tell) -> None:
    """Signals without meaning have an AUC near one half: nothing of the result leaks into them."""
    whole = noise()
    view = View(date(2026, 9, 30))
    rows: list[Row] = product_tells(whole).rows("health_backtest", view)
    same = by_oracle(whole).rows("health_backtest", view)
    for name in ("outcome_auc", "experience_auc", "auc"):
        assert rows[0][name] == pytest.approx(same[0][name], rel=1e-9)
        assert 0.42 < rows[0][name] < 0.58
    known = [row for row in rows if row["quadrant"] is not None]
    assert sum(row["contracts"] for row in known) > 200


def test_before_the_first_signal_customers_are_unknown(tell: Tell) -> None:
    """Who was in force before any file tells of it moves from unknown; without signals all stay."""
    contracts = [term(name, "2025-01-01", "2026-12-31") for name in ("a", "b")]
    contracts.append(term("late", "2026-02-01", "2027-01-31"))
    months = [one for m in MONTHS for one in usage("a", m, features_used=3)]
    told = tell(Story(contracts, signals=Signals(months, [survey("a", "2026-01-20", 9)])))
    view = View(date(2026, 3, 31), date(2025, 6, 30), date(2026, 3, 31))
    moves = {
        (row["from_quadrant"], row["to_quadrant"]): row["customers"]
        for row in told.rows("quadrant_movement", view)
    }
    assert moves == {(None, 9): 1, (None, None): 2}
    nothing = tell(Story(contracts)).rows("quadrant_movement", view)
    assert [(row["from_quadrant"], row["customers"]) for row in nothing] == [(None, 3)]


def test_use_that_nobody_counts_is_not_no_use(tell: Tell) -> None:
    """A file with active users and no key actions says how the product is used by its outcome."""
    contracts = [term(name, "2025-01-01", "2026-12-31") for name in ("a", "b")]
    months = [
        one
        for name in ("a", "b")
        for m in MONTHS
        for one in usage(name, m, active_users=9.0, licensed_users=10.0)
    ]
    told = tell(Story(contracts, signals=Signals(months)))
    view = View(date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31))
    rows = told.rows("usage_states", view)
    assert [(row["well"], row["not_at_all"]) for row in rows] == [(2, 0)] * len(rows)
    assert not told.rows("health_alerts", view)

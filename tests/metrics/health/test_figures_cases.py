"""Figures of health in companies with gaps, by hand and at random: product and oracle agree."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tend.view import View
from tests.kit.comparing import differences
from tests.kit.samples.health_stories import (
    ASKED,
    Story,
    Told,
    by_oracle,
    only,
    term,
    ticket,
    touch,
    usage,
)
from tests.metrics.health.test_random import drawn
from tests.oracle.facts.signals import Signals
from tests.oracle.health.standings import INDICATORS, Definition

Tell = Callable[[Story], Told]
END = date(2026, 6, 30)


@pytest.mark.parametrize("seed", [11, 12])
def test_random_companies(product_tells: Tell, seed: int) -> None:
    """Every figure of sixty customers with gaps in contracts and in signals."""
    story = drawn(seed)
    named = [replace(c, customer_name=f"Customer {c.customer_id}") for c in story.customers]
    story = replace(story, customers=named)
    product, oracle = product_tells(story), by_oracle(story)
    base = (("product", ("Base",)),)
    views = [
        View(date(2026, 9, 30), date(2026, 8, 31)),
        View(date(2026, 9, 30), date(2026, 2, 11), date(2026, 7, 12), "2x2", base),
        View(date(2026, 5, 17), date(2026, 1, 5), filters=base),
    ]
    for view in views:
        for name in ASKED:
            found = differences(name, product.rows(name, view), oracle.rows(name, view))
            assert not found, f"{name} {view}\n" + "\n".join(found[:12])


def test_a_month_before(product_tells: Tell) -> None:
    """Without an earlier date, movement looks back to the month end before the later one."""
    story = Story([term("a")], signals=Signals(usage("a", "2026-01", features_used=3)))
    told = product_tells(story)
    found = {
        day: told.rows("movement_summary", View(date.fromisoformat(day)))[0]["from_month"]
        for day in ("2026-03-31", "2026-04-30", "2026-05-15", "2026-07-31")
    }
    assert {day: str(month) for day, month in found.items()} == {
        "2026-03-31": "2026-02-28",
        "2026-04-30": "2026-03-31",
        "2026-05-15": "2026-03-31",
        "2026-07-31": "2026-06-30",
    }


def test_without_usage_files_use_is_unknown(tell: Tell) -> None:
    """Where no file tells of usage, nobody is said not to use the product (J3)."""
    told = tell(Story([term("a"), term("b")], signals=Signals(touches=[touch("a", "2026-05-10")])))
    for row in told.rows("usage_states", View(END)):
        assert (row["customers"], row["unknown"], row["not_at_all"]) == (2, 2, 0)
    assert told.rows("health_alerts", View(END)) == []


def test_who_comes_back_is_news(tell: Tell) -> None:
    """A customer that left and came back with the same trouble is told of again."""
    story = Story(
        [
            term("a", "2025-12-01", "2026-02-28", status="lost"),
            term("a", "2026-05-01", "2026-12-31"),
            term("b", "2025-12-01", "2026-12-31"),
        ],
        signals=Signals(
            [
                one
                for month in ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05")
                for name, features in (("a", 1), ("b", 5))
                for one in usage(name, month, features_used=features, key_actions=9)
            ]
        ),
        definition=only(breadth=10),
    )
    rows = tell(story).rows("health_alerts", View(date(2026, 5, 31)))
    found = [(str(row["month"]), row["cause"], row["is_lasting"]) for row in rows]
    assert sorted(found) == [
        ("2026-01-31", "single_feature", True),
        ("2026-05-31", "single_feature", True),
    ]


def test_flows_and_movement_agree_on_a_product(tell: Tell) -> None:
    """Who came to a product within a month is new there: it neither rose nor fell (D6)."""
    contracts = [
        term("a", "2025-12-01", "2026-04-30", product="Suite"),
        term("a", "2026-05-01", "2026-12-31", product="Base"),
        term("b", "2025-12-01", "2026-12-31", product="Base"),
    ]
    signals = [
        one
        for month, features in (("2026-03", 9), ("2026-04", 9), ("2026-05", 1), ("2026-06", 1))
        for name in ("a", "b")
        for one in usage(name, month, features_used=features)
    ]
    surveys = [touch(name, "2026-03-05") for name in ("a", "b")]
    told = tell(Story(contracts, signals=Signals(signals, touches=surveys)))
    view = View(date(2026, 5, 31), date(2026, 4, 30), None, None, (("product", ("Base",)),))
    movement = told.rows("movement_summary", view)[0]
    flows = told.rows("health_flows", view)[-1]
    for column in ("fallen", "risen", "mixed"):
        assert flows[column] == movement[column]


def test_equal_satisfaction_is_equal(product_tells: Tell) -> None:
    """All are as satisfied, by other tickets: all have 100 points (J4)."""
    rated = {"a": (4, 4, 4), "b": (5, 3), "c": (5, 3, 4), "d": (5, 5, 3, 3), "e": (4,)}
    tickets = [
        ticket(name, "2026-01-05", "2026-01-06", csat=csat)
        for name, csats in rated.items()
        for csat in csats
    ]
    indicators = tuple(replace(one, is_on=one.name == "ticket_csat") for one in INDICATORS)
    story = Story(
        [term(name) for name in rated],
        signals=Signals(tickets=tickets),
        definition=Definition(indicators),
    )
    for told in (by_oracle(story), product_tells(story)):
        assert set(told.column("experience_score", "2026-01-31").values()) == {100}

"""The ten indicators by hand: with limits 0 and 100 the points are the values."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from tests.kit.samples.health_stories import Story, Told, only, survey, term, ticket, touch, usage
from tests.oracle.facts.facts import Customer
from tests.oracle.facts.signals import Signals, Usage

Tell = Callable[[Story], Told]


def month_of(year: int, month: int, **measures: float) -> list[Usage]:
    """Write a month of usage of customer `a`."""
    return usage("a", f"{year}-{month:02}", **measures)


JANUARY = month_of(2026, 1, active_users=6, licensed_users=8)
USAGE: dict[str, tuple[str, Sequence[Usage], str, float | None]] = {
    "licensed_beside": ("deployment", JANUARY, "2026-01-31", 0.75),
    "licensed_by_contract": ("deployment", month_of(2026, 1, active_users=6), "2026-01-31", 0.3),
    "licensed_nobody": (
        *("deployment", month_of(2026, 1, active_users=6, licensed_users=0)),
        *("2026-01-31", None),
    ),
    "latest_with_users": (
        *("deployment", [*JANUARY, *month_of(2026, 2, licensed_users=9)], "2026-02-28", 0.75),
    ),
    "january_on_30_april": ("deployment", JANUARY, "2026-04-30", 0.75),
    "january_on_31_may": ("deployment", JANUARY, "2026-05-31", None),
    "december_is_90_days_before_31_march": (
        *("breadth", month_of(2025, 12, features_used=5), "2026-03-31", None),
    ),
    "depth": (
        "depth",
        [
            *month_of(2026, 1, active_users=4, key_actions=30),
            *month_of(2026, 2, active_users=6, key_actions=50),
        ],
        *("2026-02-28", 16),
    ),
    "depth_with_a_blank": (
        "depth",
        [*month_of(2026, 1, key_actions=30), *month_of(2026, 2, active_users=5, key_actions=50)],
        *("2026-02-28", 16),
    ),
    "depth_of_no_users": (
        *("depth", month_of(2026, 1, active_users=0, key_actions=3), "2026-01-31", None),
    ),
    "trend": (
        "trend",
        [
            *(u for m in (1, 2, 3) for u in month_of(2026, m, active_users=3, key_actions=10)),
            *(u for m in (4, 5, 6) for u in month_of(2026, m, active_users=4, key_actions=20)),
        ],
        *("2026-06-30", 0.5),  # 60 / 4 against 30 / 3
    ),
    # what is not in yet is no fall: windows end with the newest month of all (M36)
    "trend_while_july_is_not_in": (
        "trend",
        [
            *(u for m in (1, 2, 3) for u in month_of(2026, m, active_users=3, key_actions=10)),
            *(u for m in (4, 5, 6) for u in month_of(2026, m, active_users=4, key_actions=20)),
        ],
        *("2026-07-31", 0.5),
    ),
    "trend_from_nothing": (
        "trend",
        [
            *month_of(2026, 3, active_users=3, key_actions=0),
            *month_of(2026, 6, active_users=3, key_actions=9),
        ],
        *("2026-06-30", None),
    ),
    "breadth": (
        "breadth",
        [*month_of(2026, 1, features_used=4), *month_of(2026, 2, features_used=7)],
        *("2026-02-28", 7),
    ),
}


@pytest.mark.parametrize("case", USAGE)
def test_usage(tell: Tell, case: str) -> None:
    """Deployment, depth, trend and breadth: which periods, which licences, blanks (J1)."""
    indicator, values, as_of, expected = USAGE[case]
    story = Story(
        [term("a", licensed_users=20)], signals=Signals(values), definition=only(**{indicator: 100})
    )
    found = tell(story).column("outcome_score", as_of)
    assert found == {"a": None if expected is None else pytest.approx(expected, rel=1e-12)}


def test_engagement(tell: Tell) -> None:
    """Touches of 90 days; the key contact's counts twice, the 90th day is out, none is 0 (J3)."""
    touches = [
        touch("a", "2026-03-31", "Call with ANNA  Gallin about reports"),
        touch("a", "2026-02-10", "Sent the release notes"),
        touch("a", "2026-01-01"),
        touch("a", "2025-12-31", "Anna Gallin"),
    ]
    story = Story(
        [term("a"), term("b")],
        [Customer("a", key_contact="Anna Gallin"), Customer("b")],
        Signals(touches=touches),
        only(engagement=100),
    )
    assert tell(story).column("outcome_score", "2026-03-31") == {"a": 4, "b": 0}


def test_nps_and_sentiment(tell: Tell) -> None:
    """Each one's latest NPS within 12 months, the nameless one by one; moods averaged (M5, G7)."""
    surveys = [
        survey("a", "2025-10-01", 9, respondent="Ann"),
        survey("a", "2026-01-10", 3, respondent="ann "),
        survey("a", "2026-02-10", None, sentiment=1, respondent="Ann"),
        survey("a", "2025-04-01", 10, respondent="Bob"),
        survey("a", "2025-03-31", 0, sentiment=-1, respondent="Cleo"),
        survey("b", "2025-11-01", 2),
        survey("b", "2025-12-01", 8, sentiment=0),
        survey("b", "2026-01-01", None, sentiment=1),
    ]
    story = Story([term("a"), term("b"), term("c")], signals=Signals(surveys=surveys))
    by_nps = tell(replace(story, definition=only(nps=100)))
    assert by_nps.column("experience_score", "2026-03-31") == {"a": 6.5, "b": 5, "c": None}
    by_mood = tell(replace(story, definition=only(sentiment=100)))
    assert by_mood.column("experience_score", "2026-03-31") == {"a": 1, "b": 0.5, "c": None}


TICKETS = [
    ticket("a", "2026-03-01", "2026-03-04", "high"),  # 3 days: in time
    ticket("a", "2026-03-01", "2026-03-09", "medium"),  # 8 days: late
    ticket("a", "2026-03-02", "2026-03-09", csat=4),  # as medium, 7 days: in time
    ticket("a", "2026-03-21", None, "low"),  # not to be judged yet
    ticket("a", "2026-03-20", None, "critical"),  # over its limit
    ticket("a", "2025-12-31", "2026-01-02", "low", csat=2),  # opened 90 days ago, solved since
    ticket("a", "2025-11-01", "2025-12-31", "high", csat=1),  # solved 90 days ago
    ticket("a", "2026-03-31", "2026-04-02", "high", csat=1),  # solved later
]


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("solved_in_time", {"a": 0.5, "b": None}),
        ("ticket_csat", {"a": 0.6, "b": None}),
        ("open_severe", {"a": 98, "b": 100}),
    ],
)
def test_tickets(tell: Tell, indicator: str, expected: dict[str, float | None]) -> None:
    """Share in time by severity, satisfaction of what was solved, severe ones open on the day."""
    signals = Signals(tickets=TICKETS)
    story = Story([term("a"), term("b")], signals=signals, definition=only(**{indicator: 100}))
    found = tell(story).column("experience_score", "2026-03-31")
    assert found["a"] == pytest.approx(expected["a"], rel=1e-12)
    assert found["b"] == expected["b"]

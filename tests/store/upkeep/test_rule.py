"""The rule of copies, held against a second calculation."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tend.store.upkeep.rule import Rule, is_due, kept

pytestmark = pytest.mark.quick
START = datetime(2026, 1, 1, 3, tzinfo=UTC)
moments = st.lists(st.integers(0, 900 * 24 * 60), min_size=1, max_size=60, unique=True)


def by_pandas(made: Sequence[datetime], rule: Rule) -> set[datetime]:
    """Choose the copies by groups of a table."""
    table = pd.DataFrame({"at": sorted(made)})
    naive = table["at"].dt.tz_localize(None)
    found = {table["at"].max().to_pydatetime()}
    for period, most in (("D", rule.days), ("W", rule.weeks), ("M", rule.months)):
        newest = table.groupby(naive.dt.to_period(period))["at"].max()
        found |= {at.to_pydatetime() for at in newest.sort_index().tail(most)} if most else set()
    return found


@given(moments, st.integers(0, 8), st.integers(0, 6), st.integers(0, 8))
def test_the_newest_of_days_weeks_and_months_stay(
    minutes: list[int], days: int, weeks: int, months: int
) -> None:
    """Also across pauses; the newest of all in any case."""
    made = [START + timedelta(minutes=one) for one in minutes]
    rule = Rule(days, weeks, months)
    assert kept(made, rule) == by_pandas(made, rule)


def test_a_year_of_nights_leaves_sixteen() -> None:
    """Seven days, four weeks, six months: one copy may be the newest of a day and of a week."""
    every = Rule(7, 4, 6)
    there: list[datetime] = []
    for night in range(365):
        there = sorted(kept([*there, START + timedelta(days=night)], every))
    assert [f"{one:%m-%d}" for one in there] == [
        *("07-31", "08-31", "09-30", "10-31", "11-30"),
        *("12-13", "12-20"),
        *("12-25", "12-26", "12-27", "12-28", "12-29", "12-30", "12-31"),
    ]


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2026-11-28 02:00", True),
        ("2026-11-27 03:01", "2026-11-28 02:59", False),
        ("2026-11-27 03:01", "2026-11-28 03:00", True),
        ("2026-11-27 02:59", "2026-11-27 09:00", True),
        ("2026-11-27 09:00", "2026-11-27 23:00", False),
        ("2026-11-20 09:00", "2026-11-28 01:00", True),
    ],
)
def test_a_copy_is_due_once_a_night(last: str | None, now: str, due: bool) -> None:
    """A machine that slept makes up for it as soon as it wakes."""
    zone = datetime.now().astimezone().tzinfo
    at = datetime.fromisoformat(now).replace(tzinfo=zone)
    before = datetime.fromisoformat(last).replace(tzinfo=zone) if last else None
    assert is_due(before, at) is due

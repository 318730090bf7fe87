"""What usage of raw logs is: the statement of Spark, here in DuckDB, against plain Python."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kit.files import logs
from tests.oracle.health.usage_of_logs import Asked, Line, Measures, read, usage

pytestmark = pytest.mark.quick
STATEMENT = (Path(__file__).parents[3] / "deploy" / "rollup" / "usage.sql").read_text(
    encoding="utf-8"
)
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Pacific/Apia", "UTC")
TABLES = """
create macro struct(a, b) as row(a, b);
create table events (account_id varchar, user_id varchar, event varchar, feature varchar,
    event_id varchar, seats decimal(18, 3), happened_at timestamp);
create table months (period varchar, starts_at timestamp, ends_at timestamp, day_after date);
create table accounts (customer_id varchar, since date);
create table key_events (event varchar);
create table ignored_events (event varchar);
"""


def rolled_up(
    lines: list[Line], asked: Asked
) -> tuple[dict[tuple[str, str], Measures], Counter[str]]:
    """Run the statement in DuckDB; give what plain Python gives."""
    with duckdb.connect() as database:
        database.execute(TABLES)
        for table, rows in _rows(lines, asked).items():
            given_rows = pa.table(
                {f"c{n}": cells for n, cells in enumerate(zip(*rows, strict=True))}
            )
            if rows:
                database.register("given_rows", given_rows)
                database.execute(f"insert into {table} from given_rows")
        columns = "account_id, period, fate, lines, active_users, licensed_users, key_actions"
        database.execute(f"select {columns}, features_used from ({STATEMENT})")
        found: dict[tuple[str, str], Measures] = {}
        fates: Counter[str] = Counter()
        for account, period, fate, count, *measures in database.fetchall():
            fates[fate] += int(count)
            if fate == "counted":
                assert (account, period) not in found
                found[account, period] = tuple(measures)
        return found, +fates


def _rows(lines: list[Line], asked: Asked) -> dict[str, list[tuple[Any, ...]]]:
    return {
        "events": [
            (
                *(one.account, one.user, one.event, one.feature, one.event_id, one.seats),
                one.at and one.at.astimezone(UTC).replace(tzinfo=None),
            )
            for one in lines
        ],
        "months": [bounds(month, asked.zone) for month in asked.months],
        "accounts": list(asked.accounts.items()),
        "key_events": [(name,) for name in asked.key_events],
        "ignored_events": [(name,) for name in asked.ignored],
    }


def bounds(month: str, zone: str) -> tuple[str, datetime, datetime, date]:
    """Give a month's first moment and the first one after it, in UTC."""
    year, number = map(int, month.split("-"))
    after = date(year + number // 12, number % 12 + 1, 1)
    begins, ends = (
        datetime(day.year, day.month, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)
        for day in (date(year, number, 1), after)
    )
    return month, begins, ends, after


def asked_at_random(rng: Random) -> Asked:
    """Give what a company may ask for."""
    months = rng.sample(("2026-02", "2026-03", "2026-10", "2026-11", "2025-12"), rng.randint(1, 3))
    return Asked(
        months=tuple(months),
        zone=rng.choice(ZONES),
        log_zone=rng.choice(ZONES),
        accounts={name: rng.choice((None, date(2026, 3, 31))) for name in logs.ACCOUNTS},
        key_events=frozenset(rng.choice(((), ("导出", "report.made")))),
        ignored=frozenset(rng.choice(((), ("heartbeat",)))),
    )


@settings(deadline=None)
@given(st.integers(0, 2**32))
def test_the_statement_counts_as_plain_python_does(seed: int) -> None:
    """Copies, late lines, edges of months, clocks that change, strangers, empty cells."""
    rng = Random(seed)
    asked = asked_at_random(rng)
    given_lines = list(
        logs.lines(rng, asked.months, asked.zone, asked.log_zone, rng.randint(0, 40))
    )
    lines = [read(cells, asked.log_zone) for cells in given_lines]
    expected, fates = usage(lines, asked)
    assert rolled_up(lines, asked) == (expected, fates)
    assert fates.total() == len(given_lines)


def test_a_moment_belongs_to_the_month_of_the_companys_clock() -> None:
    """The last second of March in Shanghai is in March, and there is still February in New York."""
    late = read({"account": "C1", "user": "u", "event": "e", "time": "2026-03-31T15:59:59Z"}, "UTC")
    early = read(
        {"account": "C1", "user": "u", "event": "e", "time": "2026-03-01T03:00:00Z"}, "UTC"
    )
    months = ("2026-02", "2026-03")
    by_zone = {
        zone: {
            month: found[0]
            for (_, month), found in rolled_up([late, early], Asked(months, zone, {"C1": None}))[
                0
            ].items()
        }
        for zone in ("Asia/Shanghai", "America/New_York")
    }
    assert by_zone == {
        "Asia/Shanghai": {"2026-02": 0, "2026-03": 1},
        "America/New_York": {"2026-02": 1, "2026-03": 1},
    }


def test_who_did_nothing_is_told_as_nothing() -> None:
    """From the month of the first day on; before it there is no row."""
    asked = Asked(("2026-02", "2026-03"), "UTC", {"C1": None, "C2": date(2026, 3, 31)})
    found, fates = rolled_up([], asked)
    assert found == dict.fromkeys(
        [("C1", "2026-02"), ("C1", "2026-03"), ("C2", "2026-03")], (0, None, 0, 0)
    )
    assert fates == Counter()


def test_one_event_is_where_its_earliest_copy_is() -> None:
    """Delivered again in the next month, or with a time that nobody can read, it counts once."""
    cells = {"account": "C1", "user": "u", "event": "e", "event_id": "1"}
    times = ("2026-04-01T00:00:01Z", "2026-03-31T23:59:59Z", "soon")
    lines = [read(cells | {"time": time}, "UTC") for time in times]
    found, fates = rolled_up(lines, Asked(("2026-03", "2026-04"), "UTC", {"C1": None}))
    assert {month: measures[2] for (_, month), measures in found.items()} == {
        "2026-03": 1,
        "2026-04": 0,
    }
    assert fates == Counter(counted=1, repeated=1, unreadable=1)

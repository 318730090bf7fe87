"""Health on days between month ends, scored when it is asked for."""

import contextlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import duckdb

from tend.settings.company import Settings
from tend.store.database import trouble
from tend.store.database.transactions import Transactions
from tend.store.derived import health

_TABLES = ("health_months", "health_contracts")


@contextlib.contextmanager
def on_days(opened: Transactions, days: Iterable[date]) -> Iterator[str]:
    """Lend a database with health on these days, month ends or between (M34); nothing is kept.

    A day between is scored as of itself, its states led on from the month end before (J7).
    """
    name, settings = f"health_{next(health.numbers)}", opened.settings
    wanted = sorted(set(days))
    with opened.cursor() as cursor:
        cursor.execute(f"attach ':memory:' as {name}")
        with trouble.at_the_end(cursor, "use tend", f"detach {name}"):
            for table in _TABLES:
                kept = f"from tend.{table} where list_contains($days::date[], month)"
                cursor.execute(f"create table {name}.{table} as {kept}", {"days": wanted})
            for day in wanted:
                if (day + timedelta(days=1)).day != 1:
                    _add_day(cursor, settings, day, name)
            yield name


def _add_day(cursor: duckdb.DuckDBPyConnection, settings: Settings, day: date, place: str) -> None:
    """Score a day that is no month end, and put its rows beside the others."""
    name = f"health_{next(health.numbers)}"
    plan = health.Plan(0, (day,), {}, day, day, "", between=day)
    cursor.execute(f"attach ':memory:' as {name}")
    with trouble.at_the_end(cursor, "use tend", f"detach {name}"):
        cursor.execute(f"use {name}")
        health.score(cursor, settings, plan, lambda _step, _share: None)
        for table in _TABLES:
            cursor.execute(f"insert into {place}.{table} by name from {name}.{table}")

"""Health on days between month ends, scored when it is asked for."""

import contextlib
import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

import duckdb
import pyarrow as pa

from tend.settings.company import Settings
from tend.store.database import trouble
from tend.store.database.transactions import Transactions
from tend.store.derived import health

TABLES = ("health_months", "health_contracts")
# Days that are scored stay at hand for the next question of the page: two each, for some readers.
_MOST = 12
Scored = Mapping[str, pa.Table]


class HealthDays:
    """Days that were scored, each as long as what health follows from stands."""

    def __init__(self) -> None:
        self._scored: dict[tuple[date, int], Scored] = {}
        self._scoring = threading.Lock()

    @contextlib.contextmanager
    def on_days(self, opened: Transactions, days: Iterable[date], since: int) -> Iterator[str]:
        """Lend a database with health on these days, month ends or between (M34).

        A day between is scored as of itself, its states led on from the month end before (J7), and
        once for all who ask while health stands as it has since a version.
        """
        name, settings = f"health_{next(health.numbers)}", opened.settings
        wanted = sorted(set(days))
        with opened.whole_cursor() as cursor:
            cursor.execute(f"attach ':memory:' as {name}")
            with trouble.at_the_end(cursor, "use tend", f"detach {name}"):
                for table in TABLES:
                    kept = f"from tend.{table} where list_contains($days::date[], month)"
                    cursor.execute(f"create table {name}.{table} as {kept}", {"days": wanted})
                for day in wanted:
                    if (day + timedelta(days=1)).day != 1:
                        _add(cursor, self._of(cursor, settings, day, since), name)
                yield name

    def _of(
        self, cursor: duckdb.DuckDBPyConnection, settings: Settings, day: date, since: int
    ) -> Scored:
        with self._scoring:  # of those who ask at once, one scores it
            found = self._scored.pop((day, since), None) or _score(cursor, settings, day)
            self._scored[day, since] = found  # the newest used last
            for older in list(self._scored)[:-_MOST]:
                del self._scored[older]
            return found


def _score(cursor: duckdb.DuckDBPyConnection, settings: Settings, day: date) -> Scored:
    """Score a day that is no month end."""
    name = f"health_{next(health.numbers)}"
    plan = health.Plan(0, (day,), {}, day, day, "", between=day)
    cursor.execute(f"attach ':memory:' as {name}")
    with trouble.at_the_end(cursor, "use tend", f"detach {name}"):
        cursor.execute(f"use {name}")
        health.score(cursor, settings, plan, lambda _step, _share: None)
        return {t: cursor.execute(f"from {name}.{t}").to_arrow_table() for t in TABLES}


def _add(cursor: duckdb.DuckDBPyConnection, scored: Scored, place: str) -> None:
    """Put the rows of a day beside the others."""
    for table, rows in scored.items():
        cursor.register("scored_day", rows)
        cursor.execute(f"insert into {place}.{table} by name from scored_day")
        cursor.unregister("scored_day")

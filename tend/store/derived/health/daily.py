"""Health on days between month ends, scored when it is asked for."""

import contextlib
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tend.settings.company import Settings
from tend.store.database import trouble
from tend.store.database.transactions import Transactions
from tend.store.derived import in_place, sqlfiles
from tend.store.derived.health import health, of_few
from tend.store.derived.health.of_few import Few, Tables
from tend.store.derived.table_versions import Marks

TABLES = ("health_months", "health_contracts")
# What health of a day follows from: of the month that is running no kept fingerprint tells.
READS = frozenset[str]().union(*(sqlfiles.words(file.sql) for file in sqlfiles.files("kept")))
_FACTS = frozenset(word for word in READS if word.startswith("stg_"))
# Days that are scored stay at hand for the next question of the page: two each, for some readers.
_MOST = 12


@dataclass(frozen=True)
class _Day:
    """A day that was scored: as of which marks, and when."""

    marks: Marks
    today: date
    tables: Tables


class HealthDays:
    """Days that were scored, each as long as what health follows from stands."""

    def __init__(self) -> None:
        self._scored: dict[date, _Day] = {}
        self._scoring = threading.Lock()

    @contextlib.contextmanager
    def on_days(self, opened: Transactions, days: Iterable[date], marks: Marks) -> Iterator[str]:
        """Lend a database with health on these days, month ends or between (M34).

        A day between is scored as of itself, its states led on from the month end before (J7), and
        once for all who ask while health stands; where only few customers have other facts since,
        only they are scored anew.
        """
        name = f"health_{next(health.numbers)}"
        wanted = sorted(set(days))
        with opened.whole_cursor() as cursor:
            cursor.execute(f"attach ':memory:' as {name}")
            with trouble.at_the_end(cursor, "use tend", f"detach {name}"):
                for table in TABLES:
                    kept = f"from tend.{table} where list_contains($days::date[], month)"
                    cursor.execute(f"create table {name}.{table} as {kept}", {"days": wanted})
                for day in wanted:
                    if (day + timedelta(days=1)).day != 1:
                        _add(cursor, self._of(cursor, day, marks), name)
                yield name

    def _of(self, cursor: duckdb.DuckDBPyConnection, day: date, marks: Marks) -> Tables:
        with self._scoring:  # of those who ask at once, one scores it
            found = _brought_up(cursor, day, self._scored.pop(day, None), marks)
            self._scored[day] = found  # the newest used last
            for older in list(self._scored)[:-_MOST]:
                del self._scored[older]
            return found.tables


def _brought_up(
    cursor: duckdb.DuckDBPyConnection, day: date, kept: _Day | None, marks: Marks
) -> _Day:
    """Give a day as it stands, or as it was when it was scored later than these marks."""
    if kept is not None and kept.today == date.today():
        other, after = health.noted(marks.in_place(_FACTS, kept.marks)), kept.marks.version
        noted = None if other is None else other | {in_place.HEALTH}
        few = in_place.whose(cursor, noted, after)
        if few is not None and len(few) <= in_place.most(cursor):
            tables = _scored_anew(cursor, marks.settings, day, kept.tables, few, after)
            if tables is not None:
                return _Day(max(kept.marks, marks, key=_version), kept.today, tables)
    return _Day(marks, date.today(), _score(cursor, marks.settings, day))


def _version(marks: Marks) -> int:
    return marks.version


@contextlib.contextmanager
def _beside(cursor: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Work in a database of its own."""
    name = f"health_{next(health.numbers)}"
    cursor.execute(f"attach ':memory:' as {name}")
    with trouble.at_the_end(cursor, "use tend", f"detach {name}"):
        cursor.execute(f"use {name}")
        yield name


def _plan(day: date) -> health.Plan:
    return health.Plan(0, (day,), {}, day, day, day, "", between=day)


def _score(cursor: duckdb.DuckDBPyConnection, settings: Settings, day: date) -> Tables:
    """Score all on a day that is no month end."""
    kept = (*TABLES, *of_few.BEHIND)
    with _beside(cursor) as name:
        health.score(cursor, settings, _plan(day), lambda _step, _share: None)
        return {t: cursor.execute(f"from {name}.{t}").to_arrow_table() for t in kept}


def _scored_anew(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    day: date,
    before: Tables,
    few: Few,
    after: int,
) -> Tables | None:
    """Give a day as it was, with few of its customers scored anew; none where that is not all."""
    if not few:
        return before
    with _beside(cursor):
        fresh = of_few.on_day(cursor, settings, _plan(day), before, few, after)
    if fresh is None:
        return None
    others = pc.field("customer_id").isin(list(few))
    made = {t: pa.concat_tables([before[t].filter(~others), new]) for t, new in fresh.items()}
    return {**before, **made}


def _add(cursor: duckdb.DuckDBPyConnection, scored: Tables, place: str) -> None:
    """Put the rows of a day beside the others."""
    for table in TABLES:
        cursor.register("scored_day", scored[table])
        cursor.execute(f"insert into {place}.{table} by name from scored_day")
        cursor.unregister("scored_day")

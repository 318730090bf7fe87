"""Health of few customers, made anew; that of others only where what is learned is truly another.

The statements are those that score all. They see the facts of these few alone, but for what is a
word of everybody: the days to which data are told. Limits that may be others are learned again,
from the values that are kept of all others.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import count

import duckdb
import pyarrow as pa

from tend.settings.company import Settings
from tend.store.database import trouble
from tend.store.database.connection import CATALOGUE
from tend.store.database.transactions import Transactions
from tend.store.derived import in_place, model, sqlfiles
from tend.store.derived.health import health, others

# What is made of everybody: from when on limits are learned, and the limits.
_LEARNED = ("health_learned", "health_limits", "health_levels")
# What is theirs by their contracts alone.
_BY_CONTRACTS = ("health_contracts", "health_renewals")
# What has to be kept of a day, so that few of its customers can be scored anew.
BEHIND = (*_LEARNED, "health_renewals")
MADE = ("health_months", *_BY_CONTRACTS)
_FACTS = ("customers", "contracts", "usage", "surveys", "touches", "tickets")
# What is kept of health and stands before the months that are made anew.
_KEPT = ("health_values", *_BY_CONTRACTS, "health_path")
# Facts of whose health is made; what is asked of everybody's is written `tend.main.stg_...`.
_OWN_FACTS = re.compile(rf"\b{CATALOGUE}\.(?=stg_)")
_OWN_HEALTH = re.compile(rf"\b{CATALOGUE}\.(?=health_)")
_POOL = "health_pool"
_FROM_VALUES = (*_LEARNED, _POOL, "health_scales", "health_scores", "health_path", "health_months")
Few = Mapping[str, date]  # customers, each with the day from which on its facts are others
Tables = Mapping[str, pa.Table]
_numbers = count()


def on_day(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    plan: health.Plan,
    before: Tables,
    few: Few,
    after: int,
) -> Tables | None:
    """Give the rows of few customers on a day that was scored before, as of a version.

    None where others may stand otherwise as well: then all are scored anew.
    """
    given = _begin(cursor, settings, plan, few, after)
    for table in (*_LEARNED, "health_renewals"):
        cursor.register("given_before", before[table])
        name = "renewals_before" if table == "health_renewals" else table
        which = " semi join few using (customer_id)" if table == "health_renewals" else ""
        cursor.execute(f"create table {name} as from given_before{which}")
        cursor.unregister("given_before")
    if others.are_read_otherwise(cursor, given):
        return None
    _read(cursor, plan, given)
    if others.may_be_learned(cursor):
        return None
    _score(cursor, given)
    return {table: cursor.execute(f"from {table}").to_arrow_table() for table in MADE}


def update(opened: Transactions, few: Few, version: int, after: int) -> bool:
    """Bring health up to date where a version has other facts of few customers than one before.

    Where that is not all, or more has been written meanwhile, nothing is done, and it says so.
    """
    with opened.whole_cursor() as cursor:
        plan = health.plan(cursor, version, opened.settings)
        if plan is None:
            return True
        if plan.is_anew or not any(month >= plan.first_month for month in plan.months):
            return False
        with _beside(cursor) as theirs, _beside(cursor) as all_of:
            cursor.execute(f"use {theirs}")
            given = _begin(cursor, opened.settings, plan, few, after)
            if others.are_read_otherwise(cursor, given):
                return False
            _read(cursor, plan, given)
            since = others.first_month(cursor, plan.first_month)
            _score_by_kept(cursor, given, since)
            is_learned = False
            if since is not None:
                cursor.execute(f"use {all_of}")
                is_learned = _learn(cursor, opened.settings, plan, since, theirs)
            with opened.deriving() as writer:
                if opened.version != version:
                    return False
                _put(writer, plan, theirs, all_of if since else "", since)
                if is_learned:
                    _put_learned(writer, all_of, since)
    return True


@contextlib.contextmanager
def _beside(cursor: duckdb.DuckDBPyConnection) -> Iterator[str]:
    name = f"few_{next(_numbers)}"
    cursor.execute(f"attach ':memory:' as {name}")
    with trouble.at_the_end(cursor, f"use {CATALOGUE}", f"detach {name}"):
        yield name


def _begin(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    plan: health.Plan,
    few: Few,
    after: int,
) -> Mapping[str, object]:
    """Put the few and their facts where the cursor works; give what the files may ask for."""
    who = pa.table({"customer_id": list(few)})
    cursor.register("given_few", who)
    cursor.execute("create table few as from given_few")
    cursor.unregister("given_few")
    others.look(cursor, after)
    which = "semi join few using (customer_id)"
    for dataset in _FACTS:
        cursor.execute(f"create table stg_{dataset} as from {CATALOGUE}.stg_{dataset} {which}")
    cursor.execute("create schema kept")
    for table in _KEPT:
        cursor.execute(f"create table kept.{table} as from {CATALOGUE}.{table} {which}")
    return health.begin(cursor, settings, plan)


def _read(
    cursor: duckdb.DuckDBPyConnection, plan: health.Plan, given: Mapping[str, object]
) -> None:
    """Make all that follows from the facts of the few: their contracts, and their values."""
    files = [file for file in health.steps_from_signals() if file.name not in _FROM_VALUES]
    model.make(cursor, _of_few((*health.steps_from_contracts(plan), *files)), given)


def _of_few(files: Iterable[sqlfiles.SqlFile]) -> Iterator[sqlfiles.SqlFile]:
    """Give files as they see the facts of few alone, and what is kept of their health."""
    for file in files:
        sql = _OWN_HEALTH.sub("kept.", _OWN_FACTS.sub("", file.sql))
        yield sqlfiles.SqlFile(file.name, sql)


def _score(cursor: duckdb.DuckDBPyConnection, given: Mapping[str, object]) -> None:
    """Score the few by limits that stand; no limit is learned from them here."""
    cursor.execute(
        f"create table {_POOL} as select month, customer_id, month as day, false as is_learned"
        " from health_customers where false"
    )
    files = [file for file in health.steps_from_signals() if file.name in _FROM_VALUES]
    rest = [file for file in files if file.name not in (*_LEARNED, _POOL)]
    model.make(cursor, _of_few(rest), given)


def _score_by_kept(
    cursor: duckdb.DuckDBPyConnection, given: Mapping[str, object], until: date | None
) -> None:
    """Score the few on the months before one, by the limits that are kept."""
    months = {"first": given["first_month"], "until": until or date.max}
    which = "where month >= $first and month < $until"
    for table in _LEARNED[1:]:
        cursor.execute(f"create table {table} as from {CATALOGUE}.{table} {which}", months)
    _score(cursor, given)


def _learn(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    plan: health.Plan,
    since: date,
    theirs: str,
) -> bool:
    """Score all from a month on, of whom but for the few no value is another; tell whether limits
    or levels are others than those that are kept."""
    begun = health.Plan(plan.version, plan.months, plan.marks, since, since, since, plan.definition)
    given = health.begin(cursor, settings, begun)
    from_then = {"since": since}
    for table in _BY_CONTRACTS:
        cursor.execute(
            f"create table {table} as from {CATALOGUE}.{table}"
            f" anti join {theirs}.few using (customer_id) where month >= $since"
            f" union all by name from {theirs}.{table} where month >= $since",
            from_then,
        )
    cursor.execute("create schema kept")
    cursor.execute(
        f"create table kept.health_path as from {CATALOGUE}.health_path"
        f" anti join {theirs}.few using (customer_id) where month < $since"
        f" union all by name from {theirs}.kept.health_path where month < $first"
        f" union all by name from {theirs}.health_path where month < $since",
        {**from_then, "first": plan.first_month},
    )
    cursor.execute(
        "create table health_known as select known.* from ("
        f"from {CATALOGUE}.health_values anti join {theirs}.few using (customer_id)"
        f" union all by name from {theirs}.health_known) as known semi join"
        " (select customer_id, month as day from health_contracts"
        " union select customer_id, day from health_renewals) using (customer_id, day)"
    )
    names = ("health_customers", *_FROM_VALUES)
    for file in health.steps_from_signals():
        if file.name in names:
            sql = _OWN_HEALTH.sub("kept.", file.sql)
            model.make(cursor, [sqlfiles.SqlFile(file.name, sql)], given)
    return any(
        cursor.execute(
            f"with before as (from {CATALOGUE}.{table} where month >= $since)"
            f" select 1 from ((from {table} except from before)"
            f" union all (from before except from {table})) limit 1",
            from_then,
        ).fetchone()
        is not None
        for table in _LEARNED[1:]
    )


def _put(
    cursor: duckdb.DuckDBPyConnection,
    plan: health.Plan,
    theirs: str,
    all_of: str,
    since: date | None,
) -> None:
    """Put what was made of the few in the place of what was there, in a writer's transaction."""
    few = f"customer_id in (select customer_id from {theirs}.few)"
    for table in (*_BY_CONTRACTS, "health_path", "health_months"):
        cursor.execute(f"delete from {table} where month >= ? and {few}", [plan.first_month])
        is_by_limits = table not in _BY_CONTRACTS
        until = since if is_by_limits and since else date.max
        fresh = f"insert into {table} by name from {theirs}.{table} where month >= ? and month < ?"
        cursor.execute(fresh, [plan.first_month, until])
        if all_of and is_by_limits:
            cursor.execute(f"insert into {table} by name from {all_of}.{table} where {few}")
    cursor.execute(
        f"delete from health_values where {few} and not exists (from {theirs}.health_seen as seen"
        " where seen.customer_id = health_values.customer_id and seen.day = health_values.day)"
    )
    cursor.execute(f"insert into health_values by name from {theirs}.health_read")
    # a day between month ends learns from values that are kept
    in_place.note_health(
        cursor,
        "select customer_id, coalesce(day, date '9999-12-31') as since"
        f" from {theirs}.few left join (select customer_id, min(day) as day"
        f" from {theirs}.values_again group by customer_id) using (customer_id)",
    )
    health.note(cursor, plan)


def _put_learned(cursor: duckdb.DuckDBPyConnection, all_of: str, since: date | None) -> None:
    """Put what was made of everybody in the place of what was there."""
    for table in (*_LEARNED[1:], "health_path", "health_months"):
        cursor.execute(f"delete from {table} where month >= ?", [since])
        cursor.execute(f"insert into {table} by name from {all_of}.{table}")
    in_place.note_health(cursor, health.EVERYBODY)

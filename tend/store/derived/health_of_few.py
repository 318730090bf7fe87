"""Health of few customers, made anew where nobody else's can have changed with it.

What is learned from everybody stands as it was, and so does all that follows from contracts: of
these few only what was entered is read again. The statements are those that score all.
"""

from collections.abc import Mapping
from datetime import date
from itertools import count

import duckdb
import pyarrow as pa

from tend.settings.company import Settings
from tend.store.database import trouble
from tend.store.database.transactions import Transactions
from tend.store.derived import health, model, sqlfiles

# What is made of everybody: from when on limits are learned, and the limits.
_LEARNED = ("health_learned", "health_limits", "health_levels")
# What is theirs by their contracts alone.
_BY_CONTRACTS = ("health_contracts", "health_renewals")
# What has to be kept of a day, so that few of its customers can be scored anew.
BEHIND = (*_LEARNED, "health_renewals")
_SEEN, _POOL, _ENDS = "health_seen", "health_pool", "health_ends"
Few = Mapping[str, date]  # customers, each with the day from which on its facts are others
Tables = Mapping[str, pa.Table]
# Where somebody else has touched customers lately, windows end with the day, whatever these few do.
_OTHER_ENDS = f"""
    select 1
    from {_ENDS} as ends
    asof left join (
        select distinct touched_on from tend.stg_touches anti join few using (customer_id)
    ) as touched on ends.day >= touched.touched_on
    where
        ends.day >= (select min(since) from few)
        and told_until(touched.touched_on, ends.day) is distinct from ends.day
    limit 1
"""
_numbers = count()


def on_day(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    plan: health.Plan,
    before: Tables,
    few: Few,
) -> pa.Table | None:
    """Give the rows of `health_months` of few customers on a day that was scored before.

    None where others may stand otherwise as well: then all are scored anew.
    """
    _name(cursor, few)
    for table in (*_LEARNED, *_BY_CONTRACTS):
        cursor.register("given_before", before[table])
        cursor.execute(f"create table {table} as from given_before {_whose(table)}")
        cursor.unregister("given_before")
    if not _score(cursor, settings, plan):
        return None
    return cursor.execute("from health_months").to_arrow_table()


def update(opened: Transactions, few: Few, version: int) -> bool:
    """Bring health of the few up to date whose facts a version has otherwise than health was made.

    Where that is not all, or more has been written meanwhile, nothing is done, and it says so.
    """
    place = f"few_{next(_numbers)}"
    with opened.whole_cursor() as cursor:
        plan = health.plan(cursor, version, opened.settings)
        if plan is None:
            return True
        if plan.first_scored < plan.first_month:  # by another definition
            return False
        cursor.execute(f"attach ':memory:' as {place}")
        with trouble.at_the_end(cursor, "use tend", f"detach {place}"):
            cursor.execute(f"use {place}")
            _name(cursor, few)
            _take(cursor, opened.settings, plan)
            if not _score(cursor, opened.settings, plan):
                return False
            with opened.deriving() as writer:
                if opened.version != version:
                    return False
                _put(writer, place, plan)
    return True


def _take(cursor: duckdb.DuckDBPyConnection, settings: Settings, plan: health.Plan) -> None:
    """Take what stands of the months that are scored anew from what is kept."""
    first = {"first": plan.first_month}
    kept = "from tend.{} where month >= $first"
    cursor.execute(f"create table health_renewals as {kept.format('health_renewals')}", first)
    [learned] = [file for file in sqlfiles.files("kept") if file.name == "health_learned"]
    model.make(cursor, [learned], model.parameters(settings, plan.first_month))
    for table in (*_LEARNED[1:], *_BY_CONTRACTS):
        theirs = f"from ({kept.format(table)}) {_whose(table)}"
        cursor.execute(f"create or replace table {table} as {theirs}", first)


def _put(cursor: duckdb.DuckDBPyConnection, place: str, plan: health.Plan) -> None:
    """Put what was made in the place of what was there, in a writer's transaction."""
    theirs = f"customer_id in (select customer_id from {place}.few)"
    for table in ("health_path", "health_months"):
        first = [plan.first_month]
        cursor.execute(f"delete from {table} where month >= ? and {theirs}", first)
        cursor.execute(f"insert into {table} by name from {place}.{table} where month >= ?", first)
    cursor.execute(
        f"delete from health_values where {theirs} and not exists (from {place}.{_SEEN} as seen"
        " where seen.customer_id = health_values.customer_id and seen.day = health_values.day)"
    )
    cursor.execute(f"insert into health_values by name from {place}.health_read")
    health.note(cursor, plan)


def _name(cursor: duckdb.DuckDBPyConnection, few: Few) -> None:
    who = pa.table({"customer_id": list(few), "since": pa.array(few.values(), pa.date32())})
    cursor.register("given_few", who)
    cursor.execute("create table few as from given_few")
    cursor.unregister("given_few")


def _whose(table: str) -> str:
    return "semi join few using (customer_id)" if table in _BY_CONTRACTS else ""


def _score(cursor: duckdb.DuckDBPyConnection, settings: Settings, plan: health.Plan) -> bool:
    """Make all that follows from what was entered; tell whether it is all that can be another."""
    given = health.begin(cursor, settings, plan)
    for file in health.steps_from_signals():
        if file.name in _LEARNED:
            continue
        model.make(cursor, [_of_them(file)], given)
        if file.name == _POOL and _is_learned_from(cursor):
            return False
        if file.name == _ENDS and cursor.execute(_OTHER_ENDS).fetchone() is not None:
            return False
    return True


def _of_them(file: sqlfiles.SqlFile) -> sqlfiles.SqlFile:
    """Leave out whom nobody asks for; all other files follow from those whose days are read."""
    theirs = f"select * from ({file.sql}) semi join few using (customer_id)"
    return sqlfiles.SqlFile(file.name, theirs) if file.name == _SEEN else file


def _is_learned_from(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether limits or levels may follow from what these few changed.

    They are learned from renewed contracts, looked at on a day before the change, unless those in
    force stand in for them.
    """
    found = cursor.execute(
        "select 1 from health_limits where not is_learned union all"
        " select 1 from health_levels where not is_learned union all"
        f" select 1 from {_POOL} inner join few using (customer_id)"
        " where is_learned and day >= since limit 1"
    )
    return found.fetchone() is not None

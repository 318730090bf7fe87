"""Who is meant by the ways in which other sheets name customers, looked up anew for these alone."""

from collections.abc import Collection

import duckdb

from tend.store.database import beside
from tend.store.database.connection import CATALOGUE
from tend.store.derived import sqlfiles

# Sheets that count now, or counted before: `tend.store.derived.staging` holds them against each
# other. A sheet that is read again is both.
OTHER_SHEETS = "other_sheets"
TOUCHED = "touched"
WAYS = "touched_ways"
# Facts that follow from those of other data sets: who is a customer, and whose tasks there are.
FOLLOWING = ("customers", "tasks")
# A way to name a customer that is told again, or a name that is: it may lead to another one now.
_AGAIN = """
    ({name} in (select name_key from named_again)
    or {name} is null and {given} in (select given_id from named_again where name_key is null))
"""


def look(cursor: duckdb.DuckDBPyConnection, datasets: Collection[str]) -> int:
    """Look up how the other sheets name customers; tell how many may have to do with it.

    Rows that are gone, as their file is read again, are still among the mentions.
    """
    rows = " union all ".join(
        f"select customer_id, name_key, customer_name from rows_{dataset}"
        f" semi join (from {OTHER_SHEETS} where dataset = '{dataset}')"
        " using (import_id, sheet_no)"
        for dataset in datasets
    )
    cursor.execute(
        "create or replace temp table named_again as"
        " select customer_id as given_id, name_key, bool_or(customer_name is not null) as is_named"
        f" from ({rows} union all select customer_id, name_key, customer_name from stg_mentions"
        f" semi join {OTHER_SHEETS} using (import_id, sheet_no, dataset)) group by all"
    )
    again = _AGAIN.format(name="name_key", given="given_id")
    cursor.execute(
        "create or replace temp table identities_before as"
        f" from stg_identities where {again} or own_id in (select given_id from named_again)"
    )
    found = cursor.execute(
        "select greatest((select count(*) from named_again),"
        " (select count(distinct customer_id) from identities_before))"
    ).fetchone()
    assert found is not None
    return int(found[0])


def put(cursor: duckdb.DuckDBPyConnection, datasets: Collection[str]) -> frozenset[str]:
    """Put in what other sheets say of who is meant; name the data sets that may follow from it.

    Tells in tables of its own who is touched, and how they are named.
    """
    _mentions(cursor, datasets)
    _names(cursor)
    _identities(cursor)
    cursor.execute(
        f"create or replace temp table {TOUCHED} as"
        " select customer_id from identities_before union select customer_id from identities_now"
        " union select null from named_again where given_id is null and name_key is null"
    )
    name_ways(cursor)
    return _following(cursor)


def name_ways(cursor: duckdb.DuckDBPyConnection) -> None:
    """Tell how those who are touched are named; who is nobody's is named by nothing."""
    cursor.execute(
        f"create or replace temp table {WAYS} as select given_id, name_key from stg_identities"
        f" semi join {TOUCHED} using (customer_id) union"
        # a task that a rule made names nobody anew
        f" select own_id, null from stg_identities semi join {TOUCHED} using (customer_id) union"
        f" select null, null from {TOUCHED} where customer_id is null"
    )


def _mentions(cursor: duckdb.DuckDBPyConnection, datasets: Collection[str]) -> None:
    """Take away the mentions of sheets that count no longer, and put in those of new ones."""
    cursor.execute(
        f"delete from stg_mentions using {OTHER_SHEETS} as other where"
        " stg_mentions.import_id = other.import_id and stg_mentions.sheet_no = other.sheet_no"
        " and stg_mentions.dataset = other.dataset"
    )
    there = f"select * exclude (is_there) from {OTHER_SHEETS} where is_there"
    with beside.seen(cursor, stg_sheets=there):
        named = ", ".join(f"'{dataset}'" for dataset in datasets)
        told = f"select * from ({_sql('mentions')}) where dataset in ({named})"
        cursor.execute(f"insert into {CATALOGUE}.stg_mentions by name {told}")


def _names(cursor: duckdb.DuckDBPyConnection) -> None:
    again = "name_key in (select name_key from named_again)"
    cursor.execute(f"delete from stg_names where {again}")
    with beside.seen(cursor, stg_mentions=f"from {CATALOGUE}.stg_mentions where {again}"):
        cursor.execute(f"insert into {CATALOGUE}.stg_names by name {_sql('names')}")


def _identities(cursor: duckdb.DuckDBPyConnection) -> None:
    theirs = _AGAIN.format(name="name_key", given="customer_id")
    with beside.seen(cursor, stg_mentions=f"from {CATALOGUE}.stg_mentions where {theirs}"):
        cursor.execute(f"create or replace temp table identities_now as {_sql('identities')}")
    # whom only an own id leads to stays: a rule's task names nobody anew
    cursor.execute(
        f"delete from stg_identities where {_AGAIN.format(name='name_key', given='given_id')}"
    )
    cursor.execute("insert into stg_identities by name from identities_now")


def _following(cursor: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Name the data sets that may follow from who is meant now, whatever their own sheets say."""
    same = (
        "before.given_id is not distinct from now.given_id"
        " and before.name_key is not distinct from now.name_key"
    )
    told = cursor.execute(
        "with now as (from identities_now), before as (from identities_before where"
        f" {_AGAIN.format(name='name_key', given='given_id')}) select"
        f" (select count(*) from before inner join now on {same}"
        " where before.customer_id is distinct from now.customer_id),"
        f" (select count(*) from before full join now on {same}"
        " where before.customer_id is distinct from now.customer_id),"
        " (select coalesce(bool_or(is_named), false) from named_again)"
    ).fetchone()
    assert told is not None
    is_somebody_else, is_other, is_named = told
    if is_somebody_else:
        found = cursor.execute("select distinct dataset from stg_sheets").fetchall()
        return frozenset(FOLLOWING).union(dataset for (dataset,) in found)
    return frozenset(FOLLOWING) if is_other else frozenset(FOLLOWING[:1] if is_named else ())


def _sql(name: str) -> str:
    return next(file.sql for file in sqlfiles.files("staging") if file.name == f"stg_{name}")

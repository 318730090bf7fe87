"""Facts of few customers, folded anew where they lie: an entry costs what it changes.

The statements are those that fold all. They see fewer rows meanwhile: of the customers that are
named in other sheets than before. What depends on everybody, who a name means and who is a
customer, stays as it is: where it might not, all is made anew (`tend.store.derived.staging`).
"""

from collections.abc import Collection
from datetime import date

import duckdb

from tend.store.database.connection import CATALOGUE
from tend.store.derived import sqlfiles

# Data sets each of whose facts follows from the rows of one customer.
_BY_CUSTOMER = frozenset({"usage", "surveys", "touches", "stages", "calls"})
# Those whose facts go by a number of their own: they are small, and made anew as a whole.
_BY_NUMBER = frozenset({"tickets", "tasks", "decisions"})
# The rows are looked through for each: beyond this, to fold all costs no more.
FEW = 200
# Sheets that count now, or counted before: `tend.store.derived.staging` holds them against each
# other. A sheet that is read again is both.
OTHER_SHEETS = "other_sheets"
CHANGED = "changed_in_place"
# Whose facts these were, and from which day on they are others.
WHOSE = "changed_whose"
TABLES = f"""
    create or replace table {CHANGED} (name varchar, version bigint);
    create or replace table {WHOSE}
        (name varchar, version bigint, customer_id varchar, since date);
"""
# The day of a fact, where what follows of it on earlier days stands.
_DAYS = {"touches": "touched_on", "surveys": "answered_on"}
_FEWER_ROWS = f"""
    create or replace temp macro counted_rows(of_dataset) as table (
        from {CATALOGUE}.main.counted_rows(of_dataset)
        where list_contains(getvariable('touched'), customer_id)
    )
"""


def put(cursor: duckdb.DuckDBPyConnection, datasets: Collection[str]) -> bool:
    """Put in what other sheets of these data sets say; tell whether that could be done in place."""
    if not datasets or not set(datasets) <= _BY_CUSTOMER | _BY_NUMBER:
        return False
    if _are_read_again(cursor) or not _is_by_known_ids(cursor, datasets):
        return False
    _mentions(cursor, datasets)
    if not _are_still_named(cursor):
        return False
    _fold(cursor, [one for one in datasets if one in _BY_CUSTOMER])
    for dataset in datasets:
        if dataset in _BY_NUMBER:
            cursor.execute(_file(dataset).statement)
    _count(cursor, datasets)
    return True


def prepare(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that tell in which version facts were changed where they lie, and whose."""
    cursor.execute(TABLES)


def changed(cursor: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Tell in which version each table of facts was changed where it lies, if it was."""
    return dict(cursor.execute(f"from {CATALOGUE}.{CHANGED}").fetchall())


def whose(
    cursor: duckdb.DuckDBPyConnection, tables: Collection[str] | None, after: int
) -> dict[str, date] | None:
    """Tell whose facts in these tables have changed after a version, and from which day on.

    None where that is not known: where they are, or of a table whose facts go by no day.
    """
    if tables is None or not set(tables) <= {f"stg_{dataset}" for dataset in _DAYS}:
        return None
    found = cursor.execute(
        f"select customer_id, min(since) from {CATALOGUE}.{WHOSE}"
        " where version > $after and list_contains($tables, name) group by customer_id",
        {"after": after, "tables": list(tables)},
    )
    return dict(found.fetchall())


def _are_read_again(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether rows of before are gone: whom they named cannot be looked up any more."""
    found = cursor.execute(
        f"select 1 from imports semi join {OTHER_SHEETS} using (import_id)"
        " where reread_at is not null limit 1"
    )
    return found.fetchone() is not None


def _is_by_known_ids(cursor: duckdb.DuckDBPyConnection, datasets: Collection[str]) -> bool:
    """Tell whether all rows of the other sheets name few customers, by ids that others give."""
    rows = " union all ".join(
        f"select customer_id, customer_name, name_key from rows_{dataset}"
        f" semi join (from {OTHER_SHEETS} where dataset = '{dataset}')"
        " using (import_id, sheet_no)"
        for dataset in datasets
    )
    cursor.execute(
        "create or replace temp table named_again as"
        " select customer_id, bool_or(customer_id is null or name_key is not null"
        f" or customer_name is not null) as is_other from ({rows}) group by customer_id"
    )
    is_other, count = cursor.execute(
        "select coalesce(bool_or(is_other), true), count(*) from named_again"
    ).fetchall()[0]
    return not is_other and count <= FEW and not _unknown(cursor, "stg_identities", "given_id")


def _are_still_named(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether each of them is named by its id in a sheet that counts."""
    return not _unknown(cursor, "stg_mentions", "customer_id")


def _unknown(cursor: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    found = cursor.execute(
        f"select 1 from named_again anti join (from {table} where name_key is null) as told"
        f" on named_again.customer_id = told.{column} limit 1"
    )
    return found.fetchone() is not None


def _mentions(cursor: duckdb.DuckDBPyConnection, datasets: Collection[str]) -> None:
    """Take away the mentions of sheets that count no longer, and put in those of new ones."""
    cursor.execute(
        f"delete from stg_mentions using {OTHER_SHEETS} as other where"
        " stg_mentions.import_id = other.import_id and stg_mentions.sheet_no = other.sheet_no"
        " and stg_mentions.dataset = other.dataset"
    )
    cursor.execute(
        "create or replace temp table stg_sheets as"
        f" select * exclude (is_there) from {OTHER_SHEETS} where is_there"
    )
    told = f"select * from ({_file('mentions').sql}) where list_contains($datasets, dataset)"
    cursor.execute(f"insert into stg_mentions by name {told}", {"datasets": list(datasets)})
    cursor.execute("drop table temp.stg_sheets")
    _note(cursor, "stg_mentions")


def _fold(cursor: duckdb.DuckDBPyConnection, datasets: Collection[str]) -> None:
    """Make the facts of those who are named anew, and leave those of all others."""
    cursor.execute(
        "set variable touched = (select list(distinct told.customer_id) from stg_identities as told"
        " semi join named_again on told.given_id = named_again.customer_id)"
    )
    cursor.execute(_FEWER_ROWS)
    for dataset in datasets:
        table = f"stg_{dataset}"
        theirs = f"{table} where list_contains(getvariable('touched'), customer_id)"
        if dataset in _DAYS:
            cursor.execute(f"create or replace temp table facts_before as from {theirs}")
        cursor.execute(f"delete from {theirs}")
        cursor.execute(f"insert into {table} by name {_file(dataset).sql}")
        _note(cursor, table)
        if dataset in _DAYS:
            _note_whose(cursor, table, _DAYS[dataset], theirs)
    cursor.execute("drop macro table temp.counted_rows")


def _count(cursor: duckdb.DuckDBPyConnection, datasets: Collection[str]) -> None:
    """Count the facts of these data sets again."""
    which = {"datasets": list(datasets)}
    cursor.execute("delete from stg_data_sets where list_contains($datasets, dataset)", which)
    told = f"select * from ({_file('data_sets').sql}) where list_contains($datasets, dataset)"
    cursor.execute(f"insert into stg_data_sets by name {told}", which)
    _note(cursor, "stg_data_sets")


def _note(cursor: duckdb.DuckDBPyConnection, table: str) -> None:
    """Note that the commit to come changes a table where it lies."""
    cursor.execute(f"delete from {CHANGED} where name = ?", [table])
    cursor.execute(f"insert into {CHANGED} select ?, version + 1 from workspace_version", [table])


def _note_whose(cursor: duckdb.DuckDBPyConnection, table: str, day: str, theirs: str) -> None:
    """Note whose facts the commit to come changes; another source of the same fact changes none."""
    now, before = (f"select * exclude (sources) from {one}" for one in (theirs, "facts_before"))
    cursor.execute(
        f"insert into {WHOSE} select ?, any_value(version) + 1, customer_id, min({day})"
        f" from ((({now}) except all ({before})) union all (({before}) except all ({now})))"
        " cross join workspace_version group by customer_id",
        [table],
    )


def _file(name: str) -> sqlfiles.SqlFile:
    return next(file for file in sqlfiles.files("staging") if file.name == f"stg_{name}")

"""Fold accepted rows into typed facts by `queries/staging`, inside the writer's transaction."""

import hashlib

import duckdb

from tend.schema import DATASETS
from tend.store.derived import in_place, meant, sqlfiles

_LAYER = "staging"
_SHEETS = "stg_sheets"
# How rows name their customers, and who is meant by it.
_NAMING = ("stg_mentions", "stg_names", "stg_identities")

# What is a word of everybody: how most rows spell a label, and the last month of all matrices; and
# the data sets whose facts follow from it, each from which of its rows.
_COMMON = {
    "stg_spellings": {
        "customers": "true",  # whose own columns may be called as those of contracts
        "contracts": "dimension in ('contract_type', 'product')",
    },
    "stg_month_ends": {"contracts": "true"},
}


def fingerprint() -> str:
    """Tell which staging SQL made the facts: another Tend may fold them differently."""
    text = sqlfiles.macros(_LAYER) + "".join(file.sql for file in sqlfiles.files(_LAYER))
    text += in_place.TABLES
    return hashlib.sha256(text.encode()).hexdigest()


def rebuild(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make all `stg_` tables anew from the rows that count."""
    cursor.execute(sqlfiles.macros(_LAYER))
    for file in _in_order():
        _make(cursor, file)
    in_place.prepare(cursor)
    cursor.execute(
        "create or replace table staging_fingerprint as select ? as made_by", [fingerprint()]
    )


def update(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make anew what a change of imports or merges can have changed, and leave the rest.

    Facts follow from the sheets that count and from who is meant in them: a data set with the same
    sheets stays as it is, unless a way to name a customer leads to another one than before. Where
    other sheets name few customers, only their facts are folded anew.
    """
    changed = _other_sheets(cursor)
    if in_place.put(cursor, changed, _of_everybody(cursor, changed)):
        return
    cursor.execute("create or replace temp table identities_before as from stg_identities")
    there = _datasets(cursor, _SHEETS)
    for file in _in_order():
        if _may_be_other(file, changed, there):
            _make(cursor, file)
        if file.name == "stg_identities" and _is_somebody_else(cursor):
            changed |= there


def _of_everybody(cursor: duckdb.DuckDBPyConnection, changed: set[str]) -> set[str]:
    """Make anew what is a word of everybody; name the data sets that follow from another one."""
    wholly: set[str] = set()
    for file in sqlfiles.files(_LAYER):
        following = _COMMON.get(file.name, {})
        if changed.isdisjoint(following):
            continue
        cursor.execute(f"create or replace temp table common_now as {file.sql}")
        other = (
            f"((from common_now except from {file.name})"
            f" union all (from {file.name} except from common_now))"
        )
        found = cursor.execute(
            " union all ".join(
                f"(select '{dataset}' from {other} where {which} limit 1)"
                for dataset, which in following.items()
            )
        ).fetchall()
        if found:
            cursor.execute(f"create or replace table {file.name} as from common_now")
            wholly.update(dataset for (dataset,) in found)
    return wholly


def _may_be_other(file: sqlfiles.SqlFile, changed: set[str], there: set[str]) -> bool:
    """Tell whether a change can make a table another one; macros are those of the last rebuild.

    A data set of which no sheet tells any more is among those that changed, or empty since before.
    """
    dataset = file.name.removeprefix("stg_")
    is_empty = dataset in DATASETS and dataset not in there | {"customers"}
    is_asked = is_made_by_every_commit(file.name) and not is_empty
    return not file.is_macro and file.name != _SHEETS and (is_asked or dataset in changed)


def is_made_by_every_commit(table: str) -> bool:
    """Tell whether facts are made anew whatever changed: only these may be as they were."""
    dataset = table.removeprefix("stg_")
    return dataset not in DATASETS or dataset in meant.FOLLOWING


def _in_order() -> tuple[sqlfiles.SqlFile, ...]:
    """Give the files, what the facts follow from before the facts."""
    files = sqlfiles.files(_LAYER)
    first = [file for file in files if file.name in (_SHEETS, *_NAMING)]
    return (*first, *(file for file in files if file not in first))


def _make(cursor: duckdb.DuckDBPyConnection, file: sqlfiles.SqlFile) -> None:
    cursor.execute(file.statement)


def _other_sheets(cursor: duckdb.DuckDBPyConnection) -> set[str]:
    """Tell which data sets have other sheets than before, and which sheets these are."""
    cursor.execute("create or replace temp table sheets_before as from stg_sheets")
    [sheets] = [file for file in sqlfiles.files(_LAYER) if file.name == _SHEETS]
    _make(cursor, sheets)
    cursor.execute(
        f"create or replace temp table {meant.OTHER_SHEETS} as"
        " select *, true as is_there from (from stg_sheets except from sheets_before)"
        " union all select *, false from (from sheets_before except from stg_sheets)"
    )
    return _datasets(cursor, meant.OTHER_SHEETS)


def _datasets(cursor: duckdb.DuckDBPyConnection, sheets: str) -> set[str]:
    found = cursor.execute(f"select distinct dataset from {sheets}").fetchall()
    return {dataset for (dataset,) in found}


def _is_somebody_else(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether a way to name a customer leads to another one than before."""
    found = cursor.execute(
        "select 1 from identities_before as before inner join stg_identities as later"
        " on before.given_id is not distinct from later.given_id"
        " and before.name_key is not distinct from later.name_key"
        " where before.customer_id is distinct from later.customer_id limit 1"
    ).fetchone()
    return found is not None


def is_current(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the facts were made by this Tend's staging SQL."""
    found = cursor.execute(
        "select 1 from duckdb_tables() where table_name = 'staging_fingerprint'"
    ).fetchone()
    if found is None:
        return False
    return cursor.execute("select made_by from staging_fingerprint").fetchone() == (fingerprint(),)

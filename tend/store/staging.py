"""Fold accepted rows into typed facts by `queries/staging`, inside the writer's transaction."""

import hashlib

import duckdb

from tend import sqlfiles

_LAYER = "staging"


def fingerprint() -> str:
    """Tell which staging SQL made the facts: another Tend may fold them differently."""
    text = sqlfiles.macros(_LAYER) + "".join(file.sql for file in sqlfiles.files(_LAYER))
    return hashlib.sha256(text.encode()).hexdigest()


def rebuild(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make all `stg_` tables anew from the rows that count."""
    cursor.execute(sqlfiles.macros(_LAYER))
    for file in sqlfiles.files(_LAYER):
        cursor.execute(f"create or replace table {file.name} as {file.sql}")
    cursor.execute(
        "create or replace table staging_fingerprint as select ? as made_by", [fingerprint()]
    )


def is_current(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the facts were made by this Tend's staging SQL."""
    found = cursor.execute(
        "select 1 from duckdb_tables() where table_name = 'staging_fingerprint'"
    ).fetchone()
    if found is None:
        return False
    return cursor.execute("select made_by from staging_fingerprint").fetchone() == (fingerprint(),)

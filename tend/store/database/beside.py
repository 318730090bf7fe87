"""Tables that stand before those of the same name: a statement sees fewer rows than there are."""

import contextlib
from collections.abc import Iterator

import duckdb


@contextlib.contextmanager
def seen(cursor: duckdb.DuckDBPyConnection, **tables: str) -> Iterator[None]:
    """Let statements see these selections in the place of the tables called so."""
    for name, selection in tables.items():
        cursor.execute(f"create temp table {name} as {selection}")
    yield  # after trouble the cursor is at its end, and they are gone with it
    for name in tables:
        cursor.execute(f"drop table temp.{name}")

"""What stands of the model, held against what is made of all facts from nothing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import duckdb

from tend.store.derived import model, sqlfiles
from tend.store.workspace import Workspace

FILES = sqlfiles.files("model")
TABLES = tuple(file.name for file in FILES if not file.is_macro)


def unlike_made_anew(workspace: Workspace, days: Iterable[date]) -> list[tuple[str, str]]:
    """Name days and tables of the model that are not as made anew of all."""
    found = []
    for day in days:
        with workspace.snapshots.lend(workspace, day, FILES) as (cursor, _):
            kept = _rows(cursor)
        with workspace.whole_cursor() as cursor:
            cursor.execute("attach ':memory:' as anew")
            cursor.execute("use anew")
            model.macros(cursor, "model")
            model.make(cursor, FILES, model.parameters(workspace.settings, day))
            anew = _rows(cursor)
            cursor.execute("use tend")
            cursor.execute("detach anew")
        found += [(f"{day}", name) for name in TABLES if kept[name] != anew[name]]
    return found


def rows(cursor: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Give the rows of a table as they can be compared, whatever their order."""
    return sorted(str(_rounded(row)) for row in cursor.execute(f"from {table}").fetchall())


def _rows(cursor: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    return {name: rows(cursor, name) for name in TABLES}


def _rounded(value: Any) -> Any:
    """Sums may differ in the last digits, as they are added in any order."""
    if isinstance(value, tuple | list):
        return [_rounded(one) for one in value]
    return round(value, 6) + 0.0 if isinstance(value, float) else value

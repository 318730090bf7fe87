"""What can be asked in SQL of one's own, with what each table and column means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import duckdb

from tend.queries import asking, library
from tend.queries.door import names
from tend.store.derived import sqlfiles
from tend.store.workspace import Workspace

MACROS: Mapping[str, str] = names.macros()
FUNCTIONS: Mapping[str, tuple[str, ...]] = names.functions()


@dataclass(frozen=True)
class Table:
    """A table of the model: one row per what, and its columns as name, type and meaning."""

    name: str
    grain: str
    columns: tuple[tuple[str, str, str], ...]


def vocabulary(workspace: Workspace) -> tuple[Table, ...]:
    """Give the tables of the model as they are in a workspace, by their names."""
    files = sqlfiles.files("model")  # macros among them: tables are made by their help
    with asking.reading(workspace, date.today(), files) as (cursor, _):
        return tuple(_table(cursor, name) for name in sorted(names.model()))


def _table(cursor: duckdb.DuckDBPyConnection, name: str) -> Table:
    found = cursor.execute(f"describe from {name}").fetchall()
    return Table(
        name,
        grain(names.model()[name].sql),
        tuple((column, str(kind), meanings().get(column, "")) for column, kind, *_ in found),
    )


def grain(sql: str) -> str:
    """Give the first comment of a file: one row per what."""
    lines = []
    for line in sql.splitlines():
        if not line.startswith("-- "):
            break
        lines.append(line.removeprefix("-- "))
    return " ".join(lines)


@cache
def meanings() -> Mapping[str, str]:
    """Give what columns mean, by name: as data sets say it, else as a header of a query does."""
    found: dict[str, str] = {}
    for query in library.queries().values():
        for name, column in query.columns.items():
            found.setdefault(name, column.meaning)
    return found

"""What of a workspace is shared, table by table: all that does not follow from the rest.

Rows of an import come and go with it (its line in `imports` changes whenever they do); of all other
tables, which are small, rows are held against rows. Nothing here names a table of either kind.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from tend.store.database.connection import CATALOGUE, ROW_GROUP
from tend.store.home.engine import LAKE

# How a server keeps count for itself; what follows from the rest is told by how it is called.
_OWN = ("workspace_version", "migrations", "home", "staging_fingerprint")
_DERIVED = ("stg_", "health_", "changed_")
_IMPORTS, _KEY = "imports", "import_id"

Columns = Mapping[str, str]  # a column and its type


@dataclass(frozen=True)
class Change:
    """What is other in a table: the imports whose rows went and came, else rows by themselves."""

    table: str
    columns: tuple[str, ...]
    gone: tuple[int, ...] = ()
    come: tuple[int, ...] = ()
    touched: pa.Table | None = None  # rows of which there are more or fewer than before


def held(cursor: duckdb.DuckDBPyConnection) -> dict[str, Columns]:
    """Give the tables that are shared, as they are here, each with its columns."""
    found = cursor.execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where database_name = ? and schema_name = 'main' and not internal"
        " order by table_name, column_index",
        [CATALOGUE],
    ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in found:
        if table not in _OWN and not table.startswith(_DERIVED):
            tables.setdefault(table, {})[column] = kind
    return {**tables}


def is_by_import(columns: Collection[str]) -> bool:
    """Tell whether the rows of a table belong to imports."""
    return _KEY in columns


def changes(now: duckdb.DuckDBPyConnection, before: duckdb.DuckDBPyConnection) -> list[Change]:
    """Tell what a writer has changed that is shared, held against what stood before."""
    there = held(now)
    ids = _other_imports(now, before, tuple(there[_IMPORTS]))
    found = []
    for table, kinds in there.items():
        columns = tuple(kinds)
        if is_by_import(columns):
            was, is_now = (prints(one, table, columns, ids) for one in (before, now))
            others = [one for one in ids if was.get(one) != is_now.get(one)]
            gone, come = ([one for one in others if one in those] for those in (was, is_now))
            change = Change(table, columns, tuple(gone), tuple(come))
            if others:
                found.append(change)
        elif prints(now, table, columns) != prints(before, table, columns):
            stood = before.execute(f"select {_listed(columns)} from {table}").to_arrow_table()
            found.append(Change(table, columns, touched=touched(now, table, columns, stood)))
    return found


def is_put(
    change: Change, here: duckdb.DuckDBPyConnection, lake: duckdb.DuckDBPyConnection
) -> bool:
    """Tell whether what was other in a table is at the home as it is here."""
    ids = None if change.touched is not None else sorted({*change.gone, *change.come})
    return prints(here, change.table, change.columns, ids) == prints(
        lake, f"{LAKE}.main.{change.table}", change.columns, ids
    )


def touched(
    cursor: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], other: pa.Table
) -> pa.Table:
    """Give the rows of which a table has more or fewer than another state of it."""
    listed = _listed(columns)
    here, there = f"select {listed} from {table}", f"select {listed} from home_other"
    cursor.register("home_other", other)
    try:
        return cursor.execute(
            f"select distinct {listed} from (({here} except all {there})"
            f" union all ({there} except all {here}))"
        ).to_arrow_table()
    finally:
        cursor.unregister("home_other")


def rows_like(
    cursor: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], wanted: pa.Table
) -> pa.Table:
    """Give the rows of a table that are among those that are wanted."""
    cursor.register("home_wanted", wanted)
    try:
        return cursor.execute(
            f"select {_listed(columns)} from {table} as here where {_is_among(columns)}"
        ).to_arrow_table()
    finally:
        cursor.unregister("home_wanted")


def put_rows(
    cursor: duckdb.DuckDBPyConnection,
    place: str,
    columns: Sequence[str],
    wanted: pa.Table,
    come: pa.Table,
) -> None:
    """Let a table have those rows that were touched as often as they come."""
    cursor.register("home_wanted", wanted)
    cursor.execute(f"delete from {place} as here where {_is_among(columns)}")
    cursor.unregister("home_wanted")
    insert(cursor, place, columns, come)


def become(
    cursor: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], there: pa.Table
) -> None:
    """Let a table be as another state of it; rows that are in both stay."""
    wanted = touched(cursor, table, columns, there)
    cursor.register("home_there", there)
    come = rows_like(cursor, "home_there", columns, wanted)
    cursor.unregister("home_there")
    put_rows(cursor, table, columns, wanted, come)


def rows_of(
    cursor: duckdb.DuckDBPyConnection, place: str, columns: Sequence[str], ids: Iterable[int] | None
) -> pa.RecordBatchReader:
    """Give the rows of some imports, or all rows, piece by piece."""
    which = "" if ids is None else f" where {_of(ids)}"
    found = cursor.execute(f"select {_listed(columns)} from {place}{which}")
    return found.to_arrow_reader(ROW_GROUP)


def delete(cursor: duckdb.DuckDBPyConnection, place: str, ids: Iterable[int] | None) -> None:
    """Take away the rows of some imports, or all rows."""
    cursor.execute(f"delete from {place}" + ("" if ids is None else f" where {_of(ids)}"))


def insert(
    cursor: duckdb.DuckDBPyConnection,
    place: str,
    columns: Sequence[str],
    rows: pa.Table | pa.RecordBatchReader,
) -> None:
    """Put rows into a table, by the names of their columns."""
    cursor.register("home_come", rows)
    listed = _listed(columns)
    cursor.execute(f"insert into {place} ({listed}) select {listed} from home_come")
    cursor.unregister("home_come")


def prints(
    cursor: duckdb.DuckDBPyConnection,
    place: str,
    columns: Sequence[str],
    ids: Sequence[int] | None = None,
) -> dict[object, tuple[int, object]]:
    """Count and fingerprint rows, in any order: of some imports by these, else of the table."""
    if ids is not None and not ids:
        return {}
    key, which = ("0", "") if ids is None else (_KEY, f" where {_of(ids)}")
    said = f"count(*), sum(hash(hash({_listed(columns)})))"
    found = cursor.execute(f"select {key}, {said} from {place}{which} group by all").fetchall()
    return {one: (count, mark) for one, count, mark in found}


def _other_imports(
    now: duckdb.DuckDBPyConnection, before: duckdb.DuckDBPyConnection, columns: Sequence[str]
) -> list[int]:
    """Name the imports whose line is another, or is new, or gone."""
    if prints(now, _IMPORTS, columns) == prints(before, _IMPORTS, columns):
        return []
    stood = before.execute(f"select {_listed(columns)} from {_IMPORTS}").to_arrow_table()
    found = touched(now, _IMPORTS, columns, stood)
    return sorted(set(found[_KEY].to_pylist()))


def _of(ids: Iterable[int]) -> str:
    """Ask for some imports; those of files that hold none of them are not read."""
    listed = sorted(ids)
    if not listed:
        return "false"
    named = ", ".join(map(str, listed))
    return f"{_KEY} between {listed[0]} and {listed[-1]} and {_KEY} in ({named})"


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _is_among(columns: Iterable[str]) -> str:
    same = " and ".join(f'here."{one}" is not distinct from said."{one}"' for one in columns)
    return f"exists (select 1 from home_wanted as said where {same})"

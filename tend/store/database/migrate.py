"""The tables of the workspace, by numbered migrations that only ever go forward."""

import re
from pathlib import Path

import duckdb

from tend.language.errors import TendError

_MIGRATIONS = Path(__file__).parent / "migrations"


def migrations() -> dict[int, Path]:
    """Give the migration files by number."""
    found = {}
    for path in sorted(_MIGRATIONS.glob("*.sql")):
        match = re.match(r"(\d{4})_", path.name)
        assert match is not None, path
        found[int(match.group(1))] = path
    return found


def upgrade(cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Bring the workspace to the newest schema, each migration in its own transaction.

    Raises TendError when a newer Tend made the workspace.
    """
    _refuse_strangers(cursor, path)
    cursor.execute("create table if not exists migrations (number integer primary key)")
    done = {number for (number,) in cursor.execute("select number from migrations").fetchall()}
    known = migrations()
    if done - known.keys():
        raise TendError("workspace_newer", path=path, found=max(done), known=max(known))
    for number in sorted(known.keys() - done):
        # an error ends the transaction with the cursor
        cursor.execute("begin")
        cursor.execute(known[number].read_text(encoding="utf-8"))
        cursor.execute("insert into migrations values (?)", [number])
        cursor.execute("commit")


def is_current(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the tables are those that this Tend makes."""
    done = cursor.execute("select number from migrations").fetchall()
    return {number for (number,) in done} == migrations().keys()


def _refuse_strangers(cursor: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Leave a database alone that has tables, but none that Tend ever made."""
    found = cursor.execute(
        "select count(*), count(*) filter (where table_name = 'migrations') from duckdb_tables()"
        " where database_name = current_database()"
    ).fetchone()
    if found and found[0] and not found[1]:
        raise TendError("workspace_foreign", path=path)

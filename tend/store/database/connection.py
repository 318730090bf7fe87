"""One connection: in memory, with the workspace's file attached and every other door shut."""

import contextlib
import os
from pathlib import Path

import duckdb

from tend.language.errors import TendError
from tend.settings.company import Settings
from tend.store.database import functions

# The catalogue's name inside SQL; both the file and its published copy are called so.
CATALOGUE = "tend"
FILE = f"{CATALOGUE}.duckdb"
WAL = f"{FILE}.wal"  # what is committed and not yet in the file
PUBLISHED = "published"
# Sign-ins that ended before their time.
SIGNED_OUT = "signed-out"
# How files are written. DuckDB's default version takes twice as long to commit; groups of rows
# smaller than its default are written and read by all processors, also in a table of a small team.
ROW_GROUP = 32_768
STORAGE = f"storage_version 'v1.5.0', row_group_size {ROW_GROUP}"
# Shut before the file is opened: for one that is not its own, DuckDB would fetch an extension.
_CLOSED = {
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
# How many processors DuckDB may use, where not all of them: with few data one is quicker.
_THREADS = "TEND_THREADS"
# How much memory it may use; what does not fit goes to files in this folder of the workspace.
_MEMORY = "TEND_MEMORY_MB"
SPILL = "spill"


def connect(file: Path, path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a database file of the workspace at `path`. Raises duckdb.Error, and TendError."""
    # In memory, with the file attached: snapshots live beside it, also where it is read only.
    connection = duckdb.connect(config={**_CLOSED, **_threads()})
    mode = "read_only" if read_only else STORAGE
    functions.register(connection)
    try:
        connection.execute(f"attach '{quoted(file)}' as {CATALOGUE} (type duckdb, {mode})")
        _limit_memory(connection, None if read_only else path / SPILL)
    except BaseException:
        connection.close()
        raise
    # From here on SQL reaches no file but the published copy, and nobody can switch that off.
    connection.execute(f"set allowed_directories = ['{quoted(path / PUBLISHED)}/']")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def begin(path: Path) -> None:
    """Make an empty database in a workspace where there is none: whole, or not at all."""
    file = path / FILE
    if not file.exists() or (file.is_file() and not file.stat().st_size):
        fresh = file.with_name(f"next-{FILE}")
        connect(fresh, path).close()
        fresh.replace(file)


def threads() -> int:
    """Give how many processors a database may use. Raises TendError for a bad choice."""
    return int(_whole_number(_THREADS, "bad_threads") or os.cpu_count() or 1)


def _threads() -> dict[str, str]:
    given = _whole_number(_THREADS, "bad_threads")
    return {"threads": given} if given else {}


def _limit_memory(connection: duckdb.DuckDBPyConnection, spill: Path | None) -> None:
    """Set the limit that environment or setting give: once, as nothing can be set later on.

    Readers of the published copy write no files: they may be many, and another holds the folder.
    """
    limit = _whole_number(_MEMORY, "bad_memory") or _memory_setting(connection)
    connection.execute(f"set memory_limit = '{limit}MB'")
    for left in spill.glob("*.tmp") if spill else ():  # of a process that was killed
        left.unlink(missing_ok=True)
    connection.execute(f"set temp_directory = '{quoted(spill) if spill else ''}'")


def _memory_setting(connection: duckdb.DuckDBPyConnection) -> int:
    with contextlib.suppress(duckdb.CatalogException):  # a new database has no tables yet
        found = connection.execute(
            f"select value from {CATALOGUE}.settings where key = 'database_memory_mb'"
        ).fetchone()
        if found is not None:
            return int(found[0])
    return Settings().database_memory_mb


def _whole_number(name: str, refusal: str) -> str:
    given = os.environ.get(name, "").strip()
    if given and not (given.isdecimal() and int(given) > 0):
        raise TendError(refusal, given=given)
    return given


def quoted(path: Path) -> str:
    """Write a path as it stands between quotes in SQL."""
    return str(path).replace("'", "''")

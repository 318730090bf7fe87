"""DuckDB with what speaks to PostgreSQL and DuckLake: in memory, apart from the workspace.

Whatever breaks in one of them breaks nothing in the workspace. The extensions are packages of
Python and are loaded from where they lie; nothing is fetched.
"""

import importlib.util
import re
from pathlib import Path

import duckdb

from tend.language.errors import TendError

SCHEMA = "tend_home"  # of the catalogue, in the database of the address
LAKE, POSTGRES = "lake", "pg"
# So few rows lie in the catalogue itself, until they are put together in a file.
INLINED = 1000
_EXTENSIONS = ("postgres_scanner", "ducklake")
_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "threads": "2",
    "memory_limit": "1GB",
}
_SCHEMES = ("postgres://", "postgresql://")
# A server that is away is found out soon, and a line that went dead is let go of.
_PATIENCE = (
    "connect_timeout=5&keepalives_idle=10&keepalives_interval=5&keepalives_count=3"
    "&tcp_user_timeout=20000"
)


def checked(address: str) -> str:
    """Give an address as it was given. Raises TendError where it is none of PostgreSQL."""
    if not address.startswith(_SCHEMES):
        raise TendError("home_address")
    return address


def connect(address: str) -> duckdb.DuckDBPyConnection:
    """Open a database in memory that reaches the PostgreSQL of an address. Raises duckdb.Error."""
    files = [_file(name) for name in _EXTENSIONS]
    connection = duckdb.connect(config=_CLOSED)
    try:
        for file in files:
            connection.execute(f"load '{file}'")
        connection.execute(f"attach '{_patient(address)}' as {POSTGRES} (type postgres)")
    except BaseException:
        connection.close()
        raise
    return connection


def attach(connection: duckdb.DuckDBPyConnection, address: str, files: Path | None = None) -> None:
    """Attach the lake; where `files` says where its files are to lie, it is made."""
    said = f"data_path '{_quoted(str(files))}/'" if files else "create_if_not_exists false"
    connection.execute(
        f"attach 'ducklake:postgres:{_patient(address)}' as {LAKE}"
        f" (metadata_schema '{SCHEMA}', {said})"
    )
    inline(connection, INLINED)
    # Writers wait for their turn; who comes between without one is to be seen, not overrun.
    connection.execute("set ducklake_max_retry_count = 0")


def inline(connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    """Let at most so many rows of a commit lie in the catalogue itself."""
    connection.execute(f"set ducklake_default_data_inlining_row_limit = {rows}")


def asked(connection: duckdb.DuckDBPyConnection, statement: str) -> object:
    """Ask PostgreSQL itself for one value."""
    said = f"from postgres_query('{POSTGRES}', '{_quoted(statement)}')"
    row = connection.execute(said).fetchone()
    return row[0] if row else None


def told(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Have PostgreSQL itself do something."""
    connection.execute(f"call postgres_execute('{POSTGRES}', '{_quoted(statement)}')")


def why(error: BaseException) -> str:
    """Give what PostgreSQL said, without the address: it may hold a password."""
    said = re.sub(r'at "[^"]*": ', "", str(error))
    said = re.sub(r"postgres(ql)?://\S*", "", said)
    found = re.search(r"(?:FATAL|ERROR): +(.*)", said) or re.search(r"(connection .*)", said)
    return (found[1] if found else said.strip().partition("\n")[0]).strip().rstrip(".?!")


def place(address: str) -> str:
    """Give server and database of an address, without who asks and how."""
    return address.partition("://")[2].rpartition("@")[2].partition("?")[0]


def _file(name: str) -> str:
    """Give the file of an extension, as its package brings it. Raises TendError where it lacks."""
    package = f"duckdb_extension_{name}"
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise TendError("home_packages")
    folder = Path(found.origin).parent / "extensions" / f"v{duckdb.__version__}"
    return _quoted(str(folder / f"{name}.duckdb_extension"))


def _patient(address: str) -> str:
    return _quoted(f"{address}{'&' if '?' in address else '?'}{_PATIENCE}")


def _quoted(said: str) -> str:
    return said.replace("'", "''")

"""A home, and workspaces of several servers that lie in it, each in a folder of its own."""

import contextlib
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from tend.queries import asking, library
from tend.store import maintenance, moving
from tend.store.database.record import Commit
from tend.store.home import files, home, tables
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.asking import Row
from tests.kit.comparing import is_same

_PATIENCE_SECONDS = 120.0


@contextlib.contextmanager
def sharing(first: Path, address: str, servers: int = 2) -> Iterator[list[Workspace]]:
    """Move a workspace to a home, let others join it, and lend them all."""
    folders = [first, *(first.with_name(f"{first.name}-{n}") for n in range(1, servers))]
    with contextlib.ExitStack() as opened:
        found = []
        for folder in folders:
            with open_workspace(folder) as workspace:
                moving.to(workspace, address, first.with_name(f"{first.name}-files"))
            found.append(opened.enter_context(open_workspace(folder)))
        yield found


def shared(workspace: Workspace) -> dict[str, object]:
    """Give what of a workspace is shared, and the facts of it, as counts and fingerprints."""
    with workspace.whole_cursor() as cursor:
        told: dict[str, object] = {
            table: tables.prints(cursor, table, tuple(kinds))
            for table, kinds in tables.held(cursor).items()
        }
        told |= {table: maintenance.digest(cursor, table) for table in _facts(cursor)}
        told["commit"] = home.at(cursor)
        named = {*files.named(cursor, None)}  # others are of imports that were killed
    told["files"] = sorted(one.name for one in workspace.uploads.iterdir() if one.stem in named)
    return told


def _facts(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    found = cursor.execute(
        "select table_name from duckdb_tables() where database_name = current_database()"
        " and starts_with(table_name, 'stg_')"
    ).fetchall()
    return sorted(table for (table,) in found)


def answers(workspace: Workspace, day: View, **given: object) -> dict[str, list[Row]]:
    """Give what every named query says, of all customers or of those that are given."""
    told = {}
    for name, query in library.queries().items():
        own = {key: value for key, value in given.items() if key in query.parameters}
        if not asking.missing(query, own):
            told[name] = asking.run(workspace, name, day, **own).to_pylist()
    return told


def unlike(here: dict[str, list[Row]], there: dict[str, list[Row]]) -> list[str]:
    """Name the cells in which two tellings differ; sums to nine digits."""
    assert here.keys() == there.keys()
    found = [f"{name}: rows" for name in here if len(here[name]) != len(there[name])]
    return found + [
        f"{name} {column}: {mine[column]}, {theirs[column]}"
        for name in here
        for mine, theirs in zip(here[name], there[name], strict=False)
        for column in mine
        if str(mine[column]) != str(theirs[column])
        and not is_same(column, mine[column], theirs[column])
    ]


def agree(*servers: Workspace) -> bool:
    """Wait until all servers hold what their home does; tell whether they came to it themselves."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        first, *others = [shared(one) for one in servers]
        if all(one == first for one in others) and first["commit"] in (*_newest(servers),):
            return True
        time.sleep(0.2)
    return False


def _newest(servers: Iterable[Workspace]) -> Iterator[Commit]:
    return (home.last(one.home.lake) for one in servers if one.home)

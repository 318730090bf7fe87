"""People of every role for tests, and whether a workspace is as it was."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from tend.people.person import Person
from tend.store.database.connection import CATALOGUE
from tend.store.workspace import Workspace
from tend.ui.state import person as state

Sums = Mapping[str, tuple[int, int]]


def everybody(csm: str) -> dict[str, Person]:
    """Give a person of each role; those who see a part see the customers of this CSM."""
    theirs = Person("Chloe", "csm", "p3", csms=(csm,))
    return {
        "admin": Person("Ada", "admin", "p1"),
        "leader": Person("Lea", "leader", "p2"),
        "csm": theirs,
        "csm of own": replace(theirs, name="Otto", key="p4", sees_all=False),
        "reviewer": Person("Rob", "reviewer", "p5"),
        "reviewer of some": Person("Sue", "reviewer", "p6", csms=(csm,), sees_all=False),
        "nobody": Person("Nobody", "reviewer", "p7", sees_all=False),
    }


@contextmanager
def reading(person: Person) -> Iterator[None]:
    """Let pages be read by a person, as if they had signed in."""
    before = state.current
    state.current = lambda: person
    try:
        yield
    finally:
        state.current = before


def checksums(workspace: Workspace) -> Sums:
    """Give rows and checksum of each table of the workspace, whoever sees it."""
    with workspace.whole_cursor() as cursor:
        tables = cursor.execute(
            "select table_name from duckdb_tables() where database_name = ? order by all",
            [CATALOGUE],
        ).fetchall()
        return {
            table: cursor.execute(
                f"select count(*), coalesce(sum(hash(told)), 0) from {CATALOGUE}.{table} as told"
            ).fetchone()
            or (0, 0)
            for (table,) in tables
        }


def largest_csm(workspace: Workspace) -> str:
    """Name the CSM who has the most customers."""
    with workspace.whole_cursor() as cursor:
        found = cursor.execute(
            "select csm from stg_customers where csm is not null"
            " group by csm order by count(*) desc, csm limit 1"
        ).fetchone()
    assert found is not None
    return str(found[0])


def customers(workspace: Workspace, csm: str) -> tuple[dict[str, str], dict[str, str]]:
    """Give the customers of a CSM, and those of all others, by their ids with their names."""
    with workspace.whole_cursor() as cursor:
        rows = cursor.execute(
            "select customer_id, coalesce(customer_name, customer_id),"
            " coalesce(csm = ?, false) from stg_customers order by customer_id",
            [csm],
        ).fetchall()
    own = {one: name for one, name, is_own in rows if is_own}
    return own, {one: name for one, name, _ in rows if one not in own}

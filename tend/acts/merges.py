"""Customers that are one, merged by people, and those that are two; taken back at any time."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from tend.language.errors import TendError
from tend.store.audit import acting
from tend.store.database.clock import now
from tend.store.derived import staging
from tend.store.people import own
from tend.store.workspace import Workspace


@dataclass(frozen=True)
class Merge:
    """A standing merge."""

    customer_id: str
    into_id: str
    merged_by: str


@dataclass(frozen=True)
class Apart:
    """Two customers of nearly one name that are two."""

    customer_id: str
    customer_name: str
    other_id: str
    other_name: str


def merge(workspace: Workspace, customer_id: str, into_id: str) -> None:
    """Make one customer of two. Raises TendError where that would go round in a circle."""
    with _turn(workspace, "merge") as cursor:
        who = own.of_all(workspace.person)
        if customer_id == into_id or customer_id in _reached(cursor, into_id):
            raise TendError("merge_in_a_circle", customer=customer_id, into=into_id)
        unmerge_rows(cursor, customer_id, who)
        _ask_again(cursor, customer_id, into_id, who)
        cursor.execute(
            "insert into customer_merges values (?, ?, ?, ?, null, null)",
            [customer_id, into_id, now(), who],
        )
        staging.update(cursor)


def unmerge(workspace: Workspace, customer_id: str) -> None:
    """Take a merge back: two customers again. Raises TendError where there is none."""
    with _turn(workspace, "unmerge") as cursor:
        who = own.of_all(workspace.person)
        if not unmerge_rows(cursor, customer_id, who):
            raise TendError("unknown_merge", customer=customer_id)
        staging.update(cursor)


def standing(workspace: Workspace) -> tuple[Merge, ...]:
    """List the merges that count, the newest first."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "select customer_id, into_id, merged_by from customer_merges"
            " where undone_at is null order by merged_at desc, customer_id"
        ).fetchall()
    return tuple(Merge(*row) for row in rows)


def keep_apart(workspace: Workspace, customer_id: str, other_id: str) -> None:
    """Say that two customers are two: they are not offered as one any more."""
    with _turn(workspace, "keep_apart") as cursor:
        who = own.of_all(workspace.person)
        _ask_again(cursor, customer_id, other_id, who)
        cursor.execute(
            "insert into customers_apart values (?, ?, ?, ?, null, null)",
            [customer_id, other_id, now(), who],
        )


def ask_again(workspace: Workspace, customer_id: str, other_id: str) -> None:
    """Take it back: they are offered as one again. Raises TendError where nobody said so."""
    with _turn(workspace, "ask_again") as cursor:
        who = own.of_all(workspace.person)
        if not _ask_again(cursor, customer_id, other_id, who):
            raise TendError("unknown_merge", customer=customer_id)


def apart(workspace: Workspace) -> tuple[Apart, ...]:
    """List the customers that are two, the newest word first."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "select one.customer_id, one.customer_name, other.customer_id, other.customer_name"
            " from customers_apart as apart"
            " inner join stg_customers as one on apart.customer_id = one.customer_id"
            " inner join stg_customers as other on apart.other_id = other.customer_id"
            " where apart.undone_at is null order by apart.said_at desc, apart.customer_id"
        ).fetchall()
    return tuple(Apart(*row) for row in rows)


@contextlib.contextmanager
def _turn(workspace: Workspace, how: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with workspace.writing("edit", what="merge") as cursor:
        acting.note(how=how)
        yield cursor


def unmerge_rows(cursor: duckdb.DuckDBPyConnection, customer_id: str, who: str) -> int:
    """Mark a customer's standing merge as taken back; give how many there were."""
    return len(
        cursor.execute(
            "update customer_merges set undone_at = ?, undone_by = ?"
            " where customer_id = ? and undone_at is null returning customer_id",
            [now(), who, customer_id],
        ).fetchall()
    )


def _ask_again(cursor: duckdb.DuckDBPyConnection, customer_id: str, other_id: str, who: str) -> int:
    """Mark as taken back that two customers are two, whichever was named first; count it."""
    return len(
        cursor.execute(
            "update customers_apart set undone_at = ?, undone_by = ?"
            " where undone_at is null and (customer_id, other_id) in ((?, ?), (?, ?))"
            " returning customer_id",
            [now(), who, customer_id, other_id, other_id, customer_id],
        ).fetchall()
    )


def _reached(cursor: duckdb.DuckDBPyConnection, customer_id: str) -> set[str]:
    rows = cursor.execute(
        "select customer_id, into_id from customer_merges where undone_at is null"
    ).fetchall()
    ways = dict(rows)
    seen: set[str] = set()
    while customer_id in ways and customer_id not in seen:
        seen.add(customer_id)
        customer_id = ways[customer_id]
    return seen | {customer_id}

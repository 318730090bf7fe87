"""Customers that are one: suggested by their names, merged by people, taken back at any time."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
from rapidfuzz import fuzz, process

from tend.language.errors import TendError
from tend.store.database.clock import now
from tend.store.derived import staging
from tend.store.workspace import Workspace

# Names alike to this degree (0-100, rapidfuzz) are worth a look.
_ALIKE = 88
_MOST = 200
# What companies of one name differ by without being another company.
_LEGAL_FORMS = re.compile(
    r"股份有限公司|有限责任公司|有限責任公司|有限公司|集团|集團|公司"
    r"|\b(co|corp|corporation|company|inc|ltd|limited|llc|gmbh|ag|sa|plc|group|holdings?)\b"
)
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Suggestion:
    """Two customers whose names are nearly the same; the listed one comes second."""

    customer_id: str
    customer_name: str
    into_id: str
    into_name: str


@dataclass(frozen=True)
class Merge:
    """A standing merge."""

    customer_id: str
    into_id: str
    merged_by: str


def suggestions(workspace: Workspace) -> tuple[Suggestion, ...]:
    """Find customers not in the customer list whose name is nearly that of another."""
    with workspace.cursor() as cursor:
        customers = cursor.execute(
            "select customer_id, customer_name, is_listed from stg_customers order by all"
        ).fetchall()
    cores = {key: _core(name) for key, name, _ in customers}
    names = {key: name for key, name, _ in customers}
    listed = {key for key, _, is_listed in customers if is_listed}
    found: list[Suggestion] = []
    among = {key: cores[key] for key in listed or cores}
    for key in [key for key in cores if key not in listed]:
        among.pop(key, None)  # without a customer list, each pair is looked at once
        if (into := _nearest(cores[key], among)) is not None:
            found.append(Suggestion(key, names[key], into, names[into]))
        if len(found) == _MOST:
            break
    return tuple(sorted(found, key=lambda one: one.customer_name))


def merge(workspace: Workspace, customer_id: str, into_id: str, *, who: str = "") -> None:
    """Make one customer of two. Raises TendError where that would go round in a circle."""
    with workspace.writing() as cursor:
        if customer_id == into_id or customer_id in _reached(cursor, into_id):
            raise TendError("merge_in_a_circle", customer=customer_id, into=into_id)
        unmerge_rows(cursor, customer_id, who)
        cursor.execute(
            "insert into customer_merges values (?, ?, ?, ?, null, null)",
            [customer_id, into_id, now(), who],
        )
        staging.update(cursor)


def unmerge(workspace: Workspace, customer_id: str, *, who: str = "") -> None:
    """Take a merge back: two customers again. Raises TendError where there is none."""
    with workspace.writing() as cursor:
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


def unmerge_rows(cursor: duckdb.DuckDBPyConnection, customer_id: str, who: str) -> int:
    """Mark a customer's standing merge as taken back; give how many there were."""
    return len(
        cursor.execute(
            "update customer_merges set undone_at = ?, undone_by = ?"
            " where customer_id = ? and undone_at is null returning customer_id",
            [now(), who, customer_id],
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


def _nearest(core: str, among: Mapping[str, str]) -> str | None:
    """Give the customer with the most alike name; legal forms (Ltd, 有限公司) do not count."""
    best = process.extractOne(core, among, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
    return None if best is None else str(best[2])


def _core(name: str) -> str:
    plain = _SIGNS.sub(" ", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(_LEGAL_FORMS.sub(" ", plain).split()) or plain

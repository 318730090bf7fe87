"""Customers that are one: suggested by names and ids, merged by people, taken back at any time."""

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
_DIGITS = re.compile(r"\d+")
_COMPARED = 300  # names that begin or end alike: of more, the later ones are not compared


@dataclass(frozen=True)
class Suggestion:
    """Two customers whose names or ids are nearly the same; the listed one comes second."""

    customer_id: str
    customer_name: str
    into_id: str
    into_name: str
    is_listed: bool = False  # the first; the second is where one of them is


@dataclass(frozen=True)
class Merge:
    """A standing merge."""

    customer_id: str
    into_id: str
    merged_by: str


def suggestions(workspace: Workspace) -> tuple[Suggestion, ...]:
    """Find customers whose name is nearly another's, or whose id is but for case and zeros (M7).

    All are looked at, listed or not (M33); each counts as one that the list knows sooner.
    """
    with workspace.cursor() as cursor:
        customers = cursor.execute(
            "select customer_id, customer_name, is_listed, near_id(customer_id) from stg_customers"
            " order by not is_listed, customer_id = customer_name, customer_id"
        ).fetchall()
    names = {key: name for key, name, *_ in customers}
    twins = _nearest({key: _core(name) for key, name in names.items()})
    listed: dict[str, str] = {}
    for key, _, is_listed, near in customers:
        if is_listed:
            listed.setdefault(near, key)
        elif near in listed:
            twins[key] = listed[near]
    known = {key for key, _, is_listed, _ in customers if is_listed}
    found = [
        Suggestion(key, names[key], into, names[into], is_listed=key in known)
        for key, into in twins.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.is_listed, one.customer_name))[:_MOST])


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


def _nearest(cores: Mapping[str, str]) -> dict[str, str]:
    """Give each customer the one before it with the most alike name; legal forms do not count.

    Compared are names that begin or end alike; numbers in them are the same: shop 12 is not 13.
    """
    before: dict[object, dict[str, str]] = {}
    found: dict[str, str] = {}
    for key, core in cores.items():
        numbers = tuple(_DIGITS.findall(core))
        ends = [before.setdefault(end, {}) for end in ((numbers, core[:4]), (core[-4:], numbers))]
        others = {other: name for like in ends for other, name in like.items()}
        best = process.extractOne(core, others, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if best is not None:
            found[key] = str(best[2])
        for like in ends:
            if len(like) < _COMPARED:
                like[key] = core
    return found


def _core(name: str) -> str:
    plain = _SIGNS.sub(" ", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(sorted(_LEGAL_FORMS.sub(" ", plain).split())) or plain

"""Customers that may be one: names nearly the same, ids the same but for case (M7, M33)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
from rapidfuzz import fuzz, process

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


def found(cursor: duckdb.DuckDBPyConnection) -> tuple[Suggestion, ...]:
    """Find customers whose name is nearly another's, or whose id is but for case and zeros (M7).

    All are looked at, listed or not (M33); each counts as one that the list knows sooner. Who is
    another, as people say, is passed over.
    """
    apart = _apart(cursor)
    customers = cursor.execute(
        "select customer_id, customer_name, is_listed, near_id(customer_id) from stg_customers"
        " order by not is_listed, customer_id = customer_name, customer_id"
    ).fetchall()
    names = {key: name for key, name, *_ in customers}
    twins = _nearest({key: _core(name) for key, name in names.items()}, apart)
    listed: dict[str, str] = {}
    for key, _, is_listed, near in customers:
        if is_listed:
            listed.setdefault(near, key)
        elif near in listed and listed[near] not in apart.get(key, ()):
            twins[key] = listed[near]
    known = {key for key, _, is_listed, _ in customers if is_listed}
    pairs = [
        Suggestion(key, names[key], into, names[into], is_listed=key in known)
        for key, into in twins.items()
    ]
    return tuple(sorted(pairs, key=lambda one: (one.is_listed, one.customer_name))[:_MOST])


def _apart(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, set[str]]:
    """Give for each customer those that it is not, as people say."""
    pairs = cursor.execute(
        "select customer_id, other_id from customers_apart where undone_at is null"
    ).fetchall()
    apart: dict[str, set[str]] = {}
    for one, other in pairs:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    return apart


def _nearest(cores: Mapping[str, str], apart: Mapping[str, set[str]]) -> dict[str, str]:
    """Give each customer the one before it with the most alike name; legal forms do not count.

    Compared are names that begin or end alike; numbers in them are the same: shop 12 is not 13.
    """
    before: dict[object, dict[str, str]] = {}
    found: dict[str, str] = {}
    for key, core in cores.items():
        numbers = tuple(_DIGITS.findall(core))
        ends = [before.setdefault(end, {}) for end in ((numbers, core[:4]), (core[-4:], numbers))]
        others = {other: name for like in ends for other, name in like.items()}
        for other in apart.get(key, ()):
            others.pop(other, None)
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

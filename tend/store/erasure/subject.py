"""Who is to be erased: one customer or one person, by all the ways in which rows name them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import duckdb

from tend.language import text
from tend.language.errors import TendError
from tend.schema import DATASETS
from tend.schema.words import name_key
from tend.store.erased import columns as erased_columns
from tend.store.erased import marks
from tend.store.erased.spelling import Names, fold

Kind = Literal["customer", "person"]
Way = Literal["name", "rows"]
# Columns that name people: in facts, and of whoever entered something.
PEOPLE = erased_columns.listed("people") | erased_columns.listed("by")
_LEAST_ID, _LEAST_NUMBER = 3, 6  # signs of an id, of one of digits alone, that texts are read for
_ROWS = " union all ".join(
    f"select customer_id, customer_name, name_key from rows_{one}" for one in DATASETS
)


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for: whom, how, and whether the ids go as well."""

    kind: Kind
    given: str
    way: Way = "name"
    with_ids: bool = False


@dataclass(frozen=True)
class Subject:
    """One customer or person: their names as data spell them, and what stands in their place."""

    kind: Kind
    way: Way
    name: str
    number: int
    label: str
    spellings: tuple[str, ...]
    others: tuple[str, ...] = ()  # longer names, in which this one stands
    customer_id: str = ""
    ids: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    new_id: str = ""  # in the place of the ids; "" where they stay

    @property
    def names(self) -> Names:
        """Give what texts are read for."""
        ids = (one for one in self.ids if self._goes(one) and _is_telling(one))
        return Names((*self.spellings, *ids), self.others)

    @property
    def marked(self) -> Iterable[tuple[str, str]]:
        """Give what an import would name them by: kind and word."""
        if self.kind == "person":
            return [(marks.PERSON, one) for one in self.spellings]
        named = [(marks.CUSTOMER, one) for one in (*self.spellings, *self.keys)]
        return [*named, *((marks.ID, one) for one in self.ids)]

    def _goes(self, one: str) -> bool:
        return self.way == "rows" or bool(self.new_id) or one in self.spellings


def find(cursor: duckdb.DuckDBPyConnection, wanted: Wanted, language: str) -> Subject:
    """Find who is meant. Raises TendError where nobody is, or not one alone."""
    number = marks.next_number(cursor)
    label = text.say(f"erasure.label_{wanted.kind}", language, number=number)
    found = (_customer if wanted.kind == "customer" else _person)(cursor, wanted)
    known = _names(cursor, wanted.kind)
    needles = [fold(one).strip() for one in found.spellings]
    others = [one for one in known if any(needle in fold(one) for needle in needles)]
    others = [one for one in others if fold(one).strip() not in needles]
    subject = replace(found, number=number, label=label, others=tuple(others))
    is_named_so = wanted.with_ids or subject.customer_id in subject.spellings
    return replace(subject, new_id=f"erased-{number}" if is_named_so and found.ids else "")


def offered(cursor: duckdb.DuckDBPyConnection, kind: Kind) -> list[tuple[str, str]]:
    """List who can be erased: id and name of customers, names of people."""
    if kind == "customer":
        asked = "select customer_id, customer_name from stg_customers order by customer_name"
        return [(one, name) for one, name in cursor.execute(asked).fetchall()]
    return [(one, one) for one in sorted(_people(cursor), key=fold)]


def _customer(cursor: duckdb.DuckDBPyConnection, wanted: Wanted) -> Subject:
    asked = "select customer_id, customer_name from stg_customers where customer_id = ?"
    found = (
        cursor.execute(asked, [wanted.given]).fetchall()
        or cursor.execute(
            "select distinct told.customer_id, told.customer_name from stg_customers as told"
            " inner join stg_identities using (customer_id) where name_key = ?",
            [name_key(wanted.given)],
        ).fetchall()
    )
    if not found:
        raise TendError("erase_unknown_customer", name=wanted.given)
    if len(found) > 1:
        several = ", ".join(sorted(one for one, _ in found))
        raise TendError("erase_several", name=wanted.given, ids=several)
    [(customer_id, name)] = found
    ids, keys = _meant(cursor, customer_id)
    _refuse_same_name(cursor, customer_id, name, keys)
    spelled = cursor.execute(
        f"select distinct customer_name from ({_ROWS}) where customer_name is not null"
        " and (list_contains($ids, customer_id)"
        " or customer_id is null and list_contains($keys, name_key)) order by all",
        {"ids": ids, "keys": keys},
    ).fetchall()
    spellings = tuple(dict.fromkeys([name, *(one for (one,) in spelled)]))
    _refuse_person(cursor, spellings)
    told = {"customer_id": customer_id, "ids": tuple(ids), "keys": tuple(keys)}
    return Subject("customer", wanted.way, name, 0, "", spellings, **told)


def _meant(cursor: duckdb.DuckDBPyConnection, customer_id: str) -> tuple[list[str], list[str]]:
    """Give the ids and the names by which rows mean a customer, also rows that do not count."""
    told = cursor.execute(
        "select list(distinct given_id) filter (where given_id is not null),"
        " list(distinct own_id), list(distinct name_key) filter (where name_key is not null)"
        " from stg_identities where customer_id = ?",
        [customer_id],
    ).fetchone()
    assert told is not None
    given, own, keys = (list(one or ()) for one in told)
    ids = {customer_id, *given, *own}
    # rows of imports that were taken back may know them by another id
    more = cursor.execute(
        f"select distinct customer_id from ({_ROWS}) where customer_id is not null"
        " and list_contains($keys, name_key)"
        " and customer_id not in (select given_id from stg_identities where given_id is not null)",
        {"keys": keys},
    ).fetchall()
    return sorted({*ids, *(one for (one,) in more)}), sorted(keys)


def _refuse_same_name(
    cursor: duckdb.DuckDBPyConnection, customer_id: str, name: str, keys: Sequence[str]
) -> None:
    """Refuse where another customer bears the same name: it would be gone, too."""
    found = cursor.execute(
        "select distinct customer_id from stg_identities where list_contains($keys, name_key)"
        " and customer_id <> $own order by all",
        {"keys": list(keys), "own": customer_id},
    ).fetchall()
    if found:
        raise TendError("erase_same_name", name=name, ids=", ".join(one for (one,) in found))


def _refuse_person(cursor: duckdb.DuckDBPyConnection, spellings: Iterable[str]) -> None:
    people = {fold(one).strip() for one in _people(cursor)}
    for one in spellings:
        if fold(one).strip() in people:
            raise TendError("erase_is_person", name=one)


def _person(cursor: duckdb.DuckDBPyConnection, wanted: Wanted) -> Subject:
    is_it = Names((wanted.given,)).is_it
    spellings = tuple(sorted(filter(is_it, _people(cursor))))
    if not spellings:
        raise TendError("erase_unknown_person", name=wanted.given)
    if any(map(is_it, _customers(cursor))):
        raise TendError("erase_is_customer", name=wanted.given)
    told = (*spellings, *_addresses(cursor, spellings))
    return Subject("person", "name", spellings[0], 0, "", told)


def _addresses(cursor: duckdb.DuckDBPyConnection, names: Sequence[str]) -> list[str]:
    """Give the addresses by which they come in."""
    asked = "select distinct address from people where list_contains(?, name) and address <> ''"
    return [one for (one,) in cursor.execute(asked, [list(names)]).fetchall()]


def _names(cursor: duckdb.DuckDBPyConnection, kind: Kind) -> set[str]:
    """Give all names that may stand around one: what a contact is called is none of a customer's.

    "Head of IT at Acme" names Acme, and nobody else.
    """
    contacts = erased_columns.listed("telling") if kind == "customer" else frozenset[str]()
    return {*_customers(cursor), *_people(cursor, PEOPLE - contacts)}


def _customers(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    asked = f"select distinct customer_name from ({_ROWS}) where customer_name is not null"
    return [one for (one,) in cursor.execute(asked).fetchall()]


def _people(cursor: duckdb.DuckDBPyConnection, called: frozenset[str] = PEOPLE) -> set[str]:
    """Give the names of all people that columns so called, and settings, tell of."""
    found = {
        name
        for table, column in columns(cursor, lambda name: name in called)
        for (name,) in cursor.execute(f'select distinct "{column}" from {table}').fetchall()
    }
    for table, _ in columns(cursor, lambda name: name == "person_key"):
        found |= {name for (name,) in cursor.execute(f"select name from {table}").fetchall()}
    return {name for name in found if name and name.strip()}


def columns(
    cursor: duckdb.DuckDBPyConnection, is_wanted: Callable[[str], bool]
) -> list[tuple[str, str]]:
    """Name columns of the tables that are kept, those apart that follow from others."""
    found = cursor.execute(
        "select table_name, column_name from duckdb_columns()"
        " where database_name = current_database() and schema_name = 'main' and not internal"
        " and not starts_with(table_name, 'stg_') and not starts_with(table_name, 'health_')"
        " order by all"
    ).fetchall()
    return [(table, column) for table, column in found if is_wanted(column)]


def _is_telling(one: str) -> bool:
    """Tell whether texts are read for an id: 17 stands in many that mean something else."""
    return len(one) >= (_LEAST_NUMBER if one.isdecimal() else _LEAST_ID)

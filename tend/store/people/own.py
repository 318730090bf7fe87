"""Whose facts somebody may enter, change and take back: asked in the writer's transaction.

What counts is how things stand before the change: nobody gets a customer by naming themselves its
CSM, nor another's task by its number.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import duckdb

from tend.language.errors import TendError
from tend.people.person import Person, Right, Scope
from tend.schema import DATASETS

ENTRY = "entry"
# Which customers are those of certain CSMs, however their names are written.
_THEIRS = "list_contains(list_transform(?::varchar[], lambda one: folded(one)), folded(csm))"
Facts = Sequence[Mapping[str, object]]


def check(cursor: duckdb.DuckDBPyConnection, person: Person, dataset: str, facts: Facts) -> None:
    """Raise TendError where one of the facts to come is of a customer that is not theirs to change.

    A fact is of the customer it names, of that of its contract, and of that of a fact of its number
    that is there. What names nobody is the team's: who may not change all may add to it, and change
    what they have added.
    """
    if person.edits.csms is None:
        return
    number = _number(dataset)
    named = _meant(cursor, _values(facts, "customer_id"))
    named |= _by_name(cursor, {*_values(facts, "customer_name"), *_values(facts, "name_key")})
    named |= _of_contracts(cursor, _values(facts, "contract_id"), is_named=bool(named))
    if number is not None:
        there = _values(facts, number)
        named |= _customers(cursor, dataset, number, there)
        _refuse_others(cursor, person, dataset, number, there)
    _refuse(cursor, person.edits, named)


def may_enter(
    cursor: duckdb.DuckDBPyConnection, person: Person, dataset: str, facts: Facts
) -> bool:
    """Tell whether somebody may enter these facts, for what is offered to them."""
    try:
        person.require("edit")
        check(cursor, person, dataset, facts)
    except TendError:
        return False
    return True


def customers(cursor: duckdb.DuckDBPyConnection, person: Person) -> frozenset[str] | None:
    """Give the customers whose facts somebody may enter and change; none said where it is all."""
    if not person.may("edit"):
        return frozenset()
    if person.edits.csms is None:
        return None
    found = cursor.execute(
        f"select customer_id from stg_customers where {_THEIRS}", [list(person.edits.csms)]
    ).fetchall()
    return frozenset(customer for (customer,) in found)


def of_all(person: Person) -> str:
    """Give the name of somebody who may change all customers. Raises TendError."""
    if person.edits.csms is not None:
        raise TendError("not_allowed_edit")
    return person.name


def check_entry(cursor: duckdb.DuckDBPyConnection, person: Person, import_id: int) -> None:
    """Raise TendError where an entry is not one that the person may take back."""
    if person.edits.csms is None:
        return
    found = cursor.execute(
        "select who, origin from imports where import_id = ?", [import_id]
    ).fetchone()
    if found is not None and found[1] == ENTRY:
        named = _changed_by(cursor, import_id)
        if not named and found[0] != person.name:
            raise TendError("not_allowed_undo")
        _refuse(cursor, person.edits, named)


def _changed_by(cursor: duckdb.DuckDBPyConnection, import_id: int) -> set[object]:
    """Give the customers of whose facts an import tells, by their names or by a fact's number."""
    named = " union ".join(
        f"select customer_id from stg_{one.name}"
        " where list_contains(list_transform(sources, lambda told: told.import_id), $import_id)"
        for one in DATASETS.values()
        if one.entered
    )
    found = cursor.execute(named, {"import_id": import_id}).fetchall()
    return {customer for (customer,) in found if customer is not None}


def may_undo(cursor: duckdb.DuckDBPyConnection, person: Person, import_id: int) -> bool:
    """Tell whether somebody may take an import back, for what is offered to them."""
    try:
        person.require(right_to_undo(cursor, person, import_id))
        check_entry(cursor, person, import_id)
    except TendError:
        return False
    return True


def right_to_undo(cursor: duckdb.DuckDBPyConnection, person: Person, import_id: int) -> Right:
    """Tell which right it takes to take an import back: an entry, one's own file, another's."""
    found = cursor.execute(
        "select origin, who from imports where import_id = ?", [import_id]
    ).fetchone()
    if found is None or found[0] != ENTRY:
        is_own = found is not None and bool(person.key) and found[1] == person.name
        return "import" if is_own else "undo"
    return "edit"


def _number(dataset: str) -> str | None:
    """Name the column that tells a fact from all others; a notebook's stands in all its cells."""
    one = DATASETS[dataset]
    first = one.fact_key[0]
    return one.id or (first if first in one.named_by and first != "customer_id" else None)


def _values(facts: Facts, column: str) -> Sequence[str]:
    return sorted({str(fact[column]) for fact in facts if fact.get(column) is not None})


def _meant(cursor: duckdb.DuckDBPyConnection, given: Collection[object]) -> set[object]:
    """Give the customers that are meant by ids; an id that is not known stands for itself."""
    found = cursor.execute(
        "select coalesce(meant.customer_id, given.id)"
        " from (select unnest(?::varchar[]) as id) as given left join stg_identities as meant"
        " on given.id = meant.given_id and meant.name_key is null",
        [list(given)],
    ).fetchall()
    return {customer for (customer,) in found}


def _by_name(cursor: duckdb.DuckDBPyConnection, names: Collection[str]) -> set[object]:
    """Give the customers that are meant by names; a name nobody knows stands for itself."""
    found = cursor.execute(
        "select coalesce(meant.customer_id, given.name)"
        " from (select unnest(?::varchar[]) as name) as given"
        " left join stg_names as meant on plain(given.name) = meant.name_key",
        [list(names)],
    ).fetchall()
    return {customer for (customer,) in found}


def _of_contracts(
    cursor: duckdb.DuckDBPyConnection, given: Collection[str], *, is_named: bool
) -> set[object]:
    """Give the customers of contracts, by all their numbers; with no customer named, one nobody
    knows stands for itself."""
    found = _customers(cursor, "contracts", "contract_id", given)
    found |= _customers(cursor, "contracts", "contract_no", given)
    return found if found or is_named else {*given}


def _customers(
    cursor: duckdb.DuckDBPyConnection, dataset: str, column: str, given: Iterable[object]
) -> set[object]:
    found = cursor.execute(
        f"select distinct customer_id from stg_{dataset}"
        f" where customer_id is not null and list_contains(?, {column})",
        [list(given)],
    ).fetchall()
    return {customer for (customer,) in found}


def _refuse_others(
    cursor: duckdb.DuckDBPyConnection,
    person: Person,
    dataset: str,
    number: str,
    given: Iterable[object],
) -> None:
    """Refuse to change what names no customer and was last said by somebody else."""
    said = cursor.execute(
        f"select max_by(imports.who, imports.import_id) from stg_{dataset} as there,"
        " unnest(there.sources) as source(one)"
        " inner join imports on source.one.import_id = imports.import_id"
        f" where there.customer_id is null and list_contains(?, there.{number})"
        f" group by there.{number}",
        [list(given)],
    ).fetchall()
    if any(who != person.name for (who,) in said):
        raise TendError("not_allowed_edit")


def _refuse(cursor: duckdb.DuckDBPyConnection, edits: Scope, named: Collection[object]) -> None:
    found = cursor.execute(
        f"select customer_id from stg_customers where list_contains(?, customer_id) and {_THEIRS}",
        [list(named), list(edits.csms or ())],
    ).fetchall()
    if {*named} - {customer for (customer,) in found}:
        raise TendError("not_own_customer")  # a number of theirs would tell who is meant

"""What people enter in the app: facts like those of files, with who and when.

An entry is an import of its own without a file, so that staging, undo, history and trace know it
like any other (`imports.undo` takes it back); a later import adds to it, and even one that
replaces its data set leaves it.
"""

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from tend.language.errors import TendError
from tend.people.person import Person
from tend.schema.fact_tables import TABLES
from tend.store.derived import staging, whose
from tend.store.facts import rows
from tend.store.people import own
from tend.store.workspace import Workspace


def enter(
    workspace: Workspace,
    dataset: str,
    facts: Sequence[Mapping[str, object]],
) -> int:
    """Keep facts of one data set (values by column name); give the number of the entry."""
    with workspace.writing("edit") as cursor:
        return put(cursor, dataset, facts, workspace.person)


def put(
    cursor: duckdb.DuckDBPyConnection,
    dataset: str,
    facts: Sequence[Mapping[str, object]],
    person: Person,
) -> int:
    """Keep them in a transaction: nobody else writes between a look at what is there and this.

    Columns that a fact does not name keep their values (K3). Raises KeyError for an unknown column,
    and TendError where a fact is of a customer that the person may not change.
    """
    table = _table(dataset, [_known(fact, person) for fact in facts])
    own.check(cursor, person, dataset, facts)
    import_id = rows.insert_import(cursor, "", "", "merge", person.name, origin=own.ENTRY)
    rows.insert_entry(cursor, import_id, dataset, table)
    staging.update(cursor)
    return import_id


def _known(fact: Mapping[str, object], person: Person) -> Mapping[str, object]:
    """Leave out what somebody could not see: a form they sent has a sign in its place."""
    return {name: one for name, one in fact.items() if not whose.is_hidden(one, person.sees)}


def _table(dataset: str, facts: Sequence[Mapping[str, object]]) -> pa.Table:
    schema = TABLES[dataset]
    named = {name for fact in facts for name in fact}
    if surplus := named - set(schema.names):
        raise KeyError(f"{dataset} has no column {sorted(surplus)}")
    if not facts:
        raise TendError("nothing_entered")
    fields = [field for field in schema if field.name in named]
    columns = [pa.array([fact.get(f.name) for fact in facts], f.type) for f in fields]
    numbers = pa.array(range(1, len(facts) + 1), pa.int32())
    return pa.table([numbers, *columns], names=["row_no", *(field.name for field in fields)])

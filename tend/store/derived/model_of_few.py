"""Tables of the model brought up to date where they lie: of whom facts changed, and nobody else.

A file that says `-- follows: customer_id` makes each customer's rows of that customer's rows in
what it reads; by contracts it is the same. The statements are those that make all. Of what changed
they see the rows of these few alone, and what they give takes the place of what was there. What a
file follows `beside` has no row of its own to change: what it says comes with the facts.
"""

import re
from collections.abc import Collection, Iterable, Mapping

import duckdb

from tend.store.database.connection import CATALOGUE
from tend.store.derived import in_place, model
from tend.store.derived.sqlfiles import SqlFile
from tend.store.derived.table_versions import Marks

# By which a table may follow: they say whose its rows are.
KEYS = ("customer_id", "contract_id")
# Whose rows of a table have changed, by each key that it has; by none: anybody's may have.
Few = Mapping[str, frozenset[str]]
_ANYBODY: Few = {}


def update(
    cursor: duckdb.DuckDBPyConnection,
    files: Iterable[SqlFile],
    given: Mapping[str, object],
    before: Marks,
    now: Marks,
) -> set[str]:
    """Bring tables that stood at the marks before up to date; name those that are, then.

    What they read and has changed is among them, each before those that read it. Other settings
    change all of them.
    """
    if now.of(frozenset()) > before.version:
        return set()
    changed = {
        table: _facts(cursor, table, before, now)
        for table, since in now.since.items()
        if since > before.version
    }
    tables, done = set(changed), set[str]()
    for file in files:
        whose = _together([changed[one] for one in file.reads(frozenset(changed))], file.follows)
        changed[file.name] = _ANYBODY if whose is None else {file.follows: whose}
        if file.is_macro:
            done.add(file.name)  # what it gives is another, itself it is not
        elif whose is not None:
            seen = [table for table in tables if file.follows in changed[table]]
            changed[file.name] = _put(cursor, file, whose, seen, given)
            tables.add(file.name)
            done.add(file.name)
    return done


def _facts(cursor: duckdb.DuckDBPyConnection, table: str, before: Marks, now: Marks) -> Few:
    """Tell whose facts of a table have changed since."""
    few = in_place.whose(cursor, now.in_place(frozenset({table}), before), before.version)
    return _ANYBODY if few is None or len(few) > in_place.FEW else {KEYS[0]: frozenset(few)}


def _together(read: Collection[Few], key: str) -> frozenset[str] | None:
    """Tell whose rows follow by a key from those that have changed; none: anybody's."""
    if not all(key in few for few in read):
        return None
    return frozenset[str]().union(*(few[key] for few in read))


def _put(
    cursor: duckdb.DuckDBPyConnection,
    file: SqlFile,
    whose: Collection[str],
    seen: Collection[str],
    given: Mapping[str, object],
) -> Few:
    """Put what a file gives of these few in the place of what was; tell whose rows that are."""
    if not whose:
        return dict.fromkeys(KEYS, frozenset())
    few = {f"few_{place}": one for place, one in enumerate(whose)}
    theirs = f"where {file.follows} in ({', '.join(f'${name}' for name in few)})"
    before = _keys(cursor.execute(f"delete from {file.name} {theirs} returning *", few))
    inputs = ", ".join(f"{name} as (from {_place(name)} {theirs})" for name in seen)
    sql = re.sub(rf"\b{CATALOGUE}\.({'|'.join(seen)})\b", r"\1", file.sql)
    after = _keys(
        cursor.execute(
            f"insert into {file.name} by name"
            f" with {inputs} select * from ({sql}) {theirs} returning *",
            {**few, **{name: given[name] for name in model.asked(file.sql)}},
        )
    )
    return {key: before[key] | after[key] for key in before}


def _place(table: str) -> str:
    return f"{CATALOGUE}.{table}" if table.startswith("stg_") else f"main.{table}"


def _keys(rows: duckdb.DuckDBPyConnection) -> dict[str, frozenset[str]]:
    """Tell whose the rows are, by each key that they have."""
    columns = [name for name, *_ in rows.description or ()]
    found = rows.fetchall()
    return {
        key: frozenset(row[columns.index(key)] for row in found) - {None}
        for key in KEYS
        if key in columns
    }

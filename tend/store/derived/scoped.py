"""The workspace as a scope sees it: a catalogue of views that hold no row of anybody else.

Facts and the model are made of everybody, so that a customer's state, limits and chances are the
same whoever looks. A scope's catalogue has a view of each table, by the same name. Which rows it
lets through follows from the table's columns; a table of which nothing says whose its rows are is
empty in it.
"""

import re
import threading
from collections.abc import Collection, Iterable, Mapping

import duckdb

from tend.people.person import Scope
from tend.schema import personal_columns
from tend.store.database.connection import CATALOGUE
from tend.store.database.transactions import Transactions
from tend.store.derived import health_days, sqlfiles
from tend.store.derived.sqlfiles import SqlFile

# How files name the facts that they read.
_FACTS = re.compile(rf"\b{CATALOGUE}\.(?=[a-z_])")

# What holds no row of any customer: definitions, limits learned from all, days and versions.
COMMON = frozenset(
    {
        *("settings", "settings_history", "workspace_version", "migrations"),
        *("staging_fingerprint", "changed_in_place"),
        *("health_definition", "health_indicators", "health_inputs", "health_levels"),
        *("health_limits", "satisfaction_limits", "reach", "stg_spellings"),
    }
)
_MINE = "customers_in_scope"
# By the first of these columns that a table has: which of its rows are of the scope's customers.
_BY_COLUMN = {
    "customer_id": f"customer_id in (select customer_id from {{facts}}.{_MINE})",
    **{
        column: f"{column} in (select contract_id from {CATALOGUE}.stg_contracts as mine"
        f" where mine.customer_id in (select customer_id from {{facts}}.{_MINE}))"
        for column in ("contract_id", "predecessor_id")
    },
}
# Rows name a customer as their file does: who is meant is told by `stg_identities`.
_BY_NAME = (
    f"exists (from {CATALOGUE}.stg_identities as meant"
    f" where meant.customer_id in (select customer_id from {{facts}}.{_MINE})"
    " and meant.given_id is not distinct from told.customer_id"
    " and meant.name_key is not distinct from told.name_key)"
)
# Imports, and sheets of them, that tell of one of the scope's customers.
_BY_IMPORT = (
    "told.import_id in"
    f" (select told.import_id from {CATALOGUE}.stg_mentions as told where {_BY_NAME})"
)
_IMPORTED = frozenset({"imports", "sheets", "sheet_datasets", "stg_sheets"})


def seen_from(sql: str, facts: str) -> str:
    """Give a statement as it reads the facts of a scope's catalogue."""
    return sql if facts == CATALOGUE else _FACTS.sub(f"{facts}.", sql)


def keep_own(cursor: duckdb.DuckDBPyConnection, scored: str, facts: str) -> None:
    """Leave of health on days, made for one question, what the scope of these facts sees."""
    if facts != CATALOGUE:
        mine = f"select customer_id from {facts}.{_MINE}"
        for table in health_days.TABLES:
            cursor.execute(f"delete from {scored}.{table} where customer_id not in ({mine})")


class Scopes:
    """The catalogues of the scopes that were asked for; they live and die with the connection."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._facts: set[str] = set()
        self._days: dict[str, set[str]] = {}

    def clear(self) -> None:
        """Forget all of them: the connection is another one."""
        self._facts, self._days = set(), {}

    def facts(self, opened: Transactions, scope: Scope) -> str:
        """Give the catalogue of a scope's facts, and of all else that is kept in the workspace."""
        name = f"scope_{scope.key}"
        with self._lock:
            if name not in self._facts:
                with opened.whole_cursor() as cursor:
                    _begin(cursor, name, sqlfiles.macros())
                    cursor.execute(_mine(scope))
                    for table, columns in _tables(cursor, CATALOGUE).items():
                        cursor.execute(_view(table, columns, scope, name, CATALOGUE))
                    cursor.execute(_counted())
                self._facts.add(name)
        return name

    def model(
        self, opened: Transactions, scope: Scope, day: str, files: Iterable[SqlFile]
    ) -> tuple[str, str]:
        """Give the catalogue of a day's model, in which these tables are, and that of the facts."""
        facts, name = self.facts(opened, scope), f"{day}_{scope.key}"
        with self._lock:
            there = self._days.get(name, set())
            fresh = [file for file in files if file.name not in there]
            if fresh or name not in self._days:
                with opened.whole_cursor() as cursor:
                    _begin(cursor, name, seen_from(sqlfiles.macros("model"), facts))
                    known = _tables(cursor, day)
                    for file in fresh:
                        cursor.execute(
                            seen_from(file.statement, facts)
                            if file.is_macro
                            else _view(file.name, known[file.name], scope, facts, day)
                        )
                self._days[name] = there | {file.name for file in fresh}
        return name, facts

    def let_go(self, cursor: duckdb.DuckDBPyConnection, day: str) -> None:
        """Let go of what scopes see of a day whose model goes."""
        with self._lock:
            for name in [one for one in self._days if one.startswith(f"{day}_")]:
                cursor.execute(f"detach {name}")
                del self._days[name]


def _begin(cursor: duckdb.DuckDBPyConnection, name: str, macros: str) -> None:
    cursor.execute(f"attach if not exists ':memory:' as {name}")
    cursor.execute(f"use {name}")
    cursor.execute(macros)


def _mine(scope: Scope) -> str:
    which = "true" if scope.csms is None else f"folded(csm) in ({_texts(scope.csms)})"
    told = f"select customer_id from {CATALOGUE}.stg_customers where {which}"
    return f"create or replace view {_MINE} as {told}"


def _counted() -> str:
    """Give the statement by which the facts of the scope are counted, as those of all are."""
    [file] = [one for one in sqlfiles.files("staging") if one.name == "stg_data_sets"]
    return f"create or replace view {file.name} as {file.sql}"


def _view(table: str, columns: Collection[str], scope: Scope, facts: str, of: str) -> str:
    """Give the statement that makes the view of a table of the catalogue `of`."""
    hidden = [one for one in columns if scope.is_masked and one in personal_columns()]
    masks = ", ".join(f"if({one} is null, null, '***') as {one}" for one in hidden)
    said = f"told.* replace ({masks})" if masks else "told.*"
    whose = _whose(table, columns).format(facts=facts)
    rows = f"select {said} from {of}.{table} as told where {whose}"
    return f"create or replace view {table} as {rows}"


def _whose(table: str, columns: Collection[str]) -> str:
    """Tell which rows of a table are of the scope's customers."""
    if table in COMMON:
        return "true"
    if table in _IMPORTED:
        return _BY_IMPORT
    if {"customer_id", "name_key"} <= {*columns} and table.startswith("rows_"):
        return _BY_NAME
    if table == "stg_mentions":
        return _BY_NAME
    found = (which for column, which in _BY_COLUMN.items() if column in columns)
    return next(found, "false")


def _tables(cursor: duckdb.DuckDBPyConnection, catalogue: str) -> Mapping[str, tuple[str, ...]]:
    found = cursor.execute(
        "select table_name, list(column_name order by column_index) from duckdb_columns()"
        " where database_name = ? and schema_name = 'main' and not internal group by all",
        [catalogue],
    ).fetchall()
    return {table: tuple(columns) for table, columns in found}


def _texts(words: Collection[str]) -> str:
    written = (word.replace("'", "''") for word in words)
    return ", ".join(f"folded('{word}')" for word in written) or "null"

"""The workspace as a scope sees it: a catalogue of views that hold no row of anybody else.

Facts and the model are made of everybody, so that a customer's state, limits and chances are the
same whoever looks. A scope's catalogue has a view of each table, by the same name, and macros that
read these views.
"""

import re
import secrets
import threading
from collections.abc import Iterable, Mapping

import duckdb

from tend.people.person import Scope
from tend.store.database.connection import CATALOGUE
from tend.store.database.transactions import Transactions
from tend.store.derived import sqlfiles, whose
from tend.store.derived.health import daily
from tend.store.derived.sqlfiles import SqlFile

# How files name the facts that they read.
_FACTS = re.compile(rf"\b{CATALOGUE}\.(?=[a-z_])")
_READS = re.compile(r"\b(from|join)\s+([a-z_0-9]+)\b(?!\.)(\()?")
# Whose a customer is follows from these: what is kept for a scope stands as long as they do.
_FOLLOWS = frozenset({"stg_customers", "stg_contracts", "stg_identities"})
# Macros that learn from all: what is likely for a customer is the same whoever looks.
_LEARNING = frozenset({"past_cases"})
_OF_ALL = "_of_all"
# An answer is known by who gave it: by the name, also where it is not shown.
_MARK = f"""create or replace macro answer_mark(answered_on, respondent, time_of_day, place) as
answered_on || '|' || coalesce(
    (select any_value(name) from {{facts}}.{whose.SIGNS} where shown = respondent),
    concat_ws(' ', time_of_day, nullif(place, 1))
)"""


def reads(scope: Scope) -> frozenset[str]:
    """Name the tables from which it follows whose rows a scope sees."""
    return frozenset() if scope.csms is None else _FOLLOWS


def seen_from(sql: str, facts: str) -> str:
    """Give a statement as it reads the facts of a scope's catalogue."""
    return sql if facts == CATALOGUE else _FACTS.sub(f"{facts}.", sql)


def keep_own(cursor: duckdb.DuckDBPyConnection, scored: str, facts: str) -> None:
    """Leave of health on days, made for one question, what the scope of these facts sees."""
    if facts != CATALOGUE:
        mine = f"select customer_id from {facts}.{whose.MINE}"
        for table in daily.TABLES:
            cursor.execute(f"delete from {scored}.{table} where customer_id not in ({mine})")


class Scopes:
    """The catalogues of the scopes that were asked for; they live and die with the connection."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._facts: set[str] = set()
        self._days: dict[str, set[str]] = {}
        self._secret = secrets.token_hex(16)  # nobody finds a person by a sign made elsewhere

    def follow(self, before: "Scopes") -> None:
        """Know persons by the signs of another copy of the same workspace, the one before this."""
        self._secret = before._secret

    def clear(self) -> None:
        """Forget all of them: the connection is another one."""
        with self._lock:
            self._facts, self._days = set(), {}

    def facts(self, opened: Transactions, scope: Scope) -> str:
        """Give the catalogue of a scope's facts, and of all else that is kept in the workspace."""
        name = f"scope_{scope.key}"
        with self._lock:
            if name not in self._facts:
                with opened.whole_cursor() as cursor:
                    _begin(cursor, name, sqlfiles.macros())
                    for view, told in whose.named(scope, name, self._secret).items():
                        cursor.execute(f"create or replace view {view} as {told}")
                    for table in _in_order(tables(cursor, CATALOGUE)):
                        cursor.execute(self._view(*table, scope, name, CATALOGUE))
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
                    if scope.is_masked:
                        cursor.execute(_MARK.format(facts=facts))
                    known = tables(cursor, day)
                    for file in fresh:
                        if file.is_macro:
                            for statement in _macro(file, day, facts):
                                cursor.execute(statement)
                        else:
                            view = self._view(file.name, known[file.name], scope, facts, day)
                            cursor.execute(view)
                self._days[name] = there | {file.name for file in fresh}
        return name, facts

    def let_go(self, cursor: duckdb.DuckDBPyConnection, day: str) -> None:
        """Let go of what scopes see of a day whose model goes."""
        with self._lock:
            for name in [one for one in self._days if one.startswith(f"{day}_")]:
                cursor.execute(f"detach {name}")
                del self._days[name]

    def _view(self, table: str, columns: tuple[str, ...], scope: Scope, facts: str, of: str) -> str:
        """Give the statement that makes the view of a table of the catalogue `of`."""
        told = whose.cells(table, columns, scope, facts, self._secret)
        rows = whose.which(table, columns, scope, facts)
        beside = whose.beside(table, columns, scope, facts)
        sql = f"create or replace view {table} as select {told} from {of}.{table} as told{beside}"
        return sql if rows == "true" else f"{sql} where {rows}"


def _begin(cursor: duckdb.DuckDBPyConnection, name: str, macros: str) -> None:
    cursor.execute(f"attach if not exists ':memory:' as {name}")
    cursor.execute(f"use {name}")
    cursor.execute(macros)


def _counted() -> str:
    """Give the statement by which the facts of the scope are counted, as those of all are."""
    [file] = [one for one in sqlfiles.files("staging") if one.name == "stg_data_sets"]
    return f"create or replace view {file.name} as {file.sql}"


def _macro(file: SqlFile, day: str, facts: str) -> list[str]:
    """Give the statements that make a macro of the model for a scope.

    One that learns reads the tables of all, it and the macros that it is made of.
    """
    if file.name not in _LEARNING:
        return [seen_from(file.statement, facts)]
    behind = {one.name: one for one in sqlfiles.behind("model", [file])}

    def whole(found: re.Match[str]) -> str:
        word, name, call = found[1], found[2], found[3] or ""
        if name not in behind:
            return found[0]
        return f"{word} {name}{_OF_ALL}{call}" if call else f"{word} {day}.{name}"

    macros = [one for one in (*behind.values(), file) if one.is_macro]
    told = {one.name: _READS.sub(whole, one.sql) for one in macros}
    return [
        sql.replace(f"macro {name}(", f"macro {name}{'' if name == file.name else _OF_ALL}(", 1)
        for name, sql in told.items()
    ]


def _in_order(found: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    """Give tables and columns: facts first, whose views others read."""
    return sorted(found.items(), key=lambda one: (not one[0].startswith("stg_"), one[0]))


def tables(cursor: duckdb.DuckDBPyConnection, catalogue: str) -> Mapping[str, tuple[str, ...]]:
    """Give the tables of a catalogue with their columns."""
    found = cursor.execute(
        "select table_name, list(column_name order by column_index) from duckdb_columns()"
        " where database_name = ? and schema_name = 'main' and not internal group by all",
        [catalogue],
    ).fetchall()
    return {table: tuple(columns) for table, columns in found}

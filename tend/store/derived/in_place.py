"""Facts of few customers, folded anew where they lie: a change costs what it changes.

The statements are those that fold all. They see fewer rows meanwhile: of the customers that are
named in other sheets than before (`tend.store.derived.meant`).
"""

from collections.abc import Collection
from datetime import date

import duckdb

from tend.store.database import beside
from tend.store.database.connection import CATALOGUE
from tend.store.derived import meant, sqlfiles
from tend.store.derived.meant import TOUCHED, WAYS

# The day of a fact: what follows from it on earlier days stands. A customer's own have none.
_DAYS = {
    "customers": "null",
    "contracts": "known_from",
    "usage": "period_end",
    "surveys": "answered_on",
    "touches": "touched_on",
    "stages": "entered_on",
    "calls": "called_on",
    "tickets": "opened_on",
    "tasks": "made_on",
    "decisions": "decided_on",
}
# Facts that go by a number of their own, which rows of others may give, too: how it is called.
_NUMBERS = {
    "contracts": "contract_no",
    "tickets": "ticket_id",
    "tasks": "task_id",
    "decisions": "decision_id",
}
# To fold this many is worth it wherever there are more, and a fifth of all.
FEW, _SHARE = 200, 5
CHANGED = "changed_in_place"
# Whose facts these were, and from which day on they are others; and the days of these facts,
# of use with the measure.
WHOSE, ON_DAYS = "changed_whose", "changed_on_days"
TABLES = f"""
    create or replace table {CHANGED} (name varchar, version bigint);
    create or replace table {WHOSE}
        (name varchar, version bigint, customer_id varchar, since date);
    create or replace table {ON_DAYS} (name varchar, version bigint, measure varchar, day date);
"""
# Noted beside the tables of facts: what health reads of a customer's own; whose health was changed.
READ, HEALTH = "read_of_customers", "health"
_NUMBERED = "numbers_again"
# Whose facts were changed is remembered for so many commits.
_REMEMBERED = 1000
_NEVER = "date '0001-01-01'"


def put(
    cursor: duckdb.DuckDBPyConnection, datasets: Collection[str], wholly: Collection[str]
) -> bool:
    """Put in what other sheets of these data sets say; tell whether that could be done in place.

    Of some of them all facts are made anew.
    """
    if not datasets:
        return False
    named = [dataset for dataset in datasets if dataset in _DAYS]
    if named and meant.look(cursor, named) > most(cursor):
        return False
    following = meant.put(cursor, named) if named else frozenset()
    for dataset in sorted({*datasets, *following, *wholly}):
        if dataset in wholly or dataset not in _DAYS:
            for name in ("month_terms", dataset) if dataset == "contracts" else (dataset,):
                cursor.execute(_file(name).statement)
            _count(cursor, dataset)
        else:
            _fold(cursor, dataset)
    for table in (WHOSE, ON_DAYS):
        old = f"(select version - {_REMEMBERED} from workspace_version)"
        cursor.execute(f"delete from {table} where version < {old}")
    naming = ("stg_mentions", "stg_names", "stg_identities")
    for table in naming if following else naming[:1] if named else ():
        _note(cursor, table)
    return True


def prepare(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that tell in which version facts were changed where they lie, and whose."""
    cursor.execute(TABLES)


def changed(cursor: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Tell in which version each table of facts was changed where it lies, if it was."""
    return dict(cursor.execute(f"from {CATALOGUE}.{CHANGED}").fetchall())


def most(cursor: duckdb.DuckDBPyConnection) -> int:
    """Tell how many customers are few: of more, to make all anew costs no more."""
    found = cursor.execute(f"select count(*) from {CATALOGUE}.stg_customers").fetchone()
    assert found is not None
    return max(FEW, int(found[0]) // _SHARE)


def whose(
    cursor: duckdb.DuckDBPyConnection, tables: Collection[str] | None, after: int
) -> dict[str, date] | None:
    """Tell whose facts in these tables have changed after a version, and from which day on.

    None where that is not known: where they are, or a fact that is nobody's by itself.
    """
    known = {READ, HEALTH, *(f"stg_{dataset}" for dataset in _DAYS)}
    if tables is None or not known.issuperset(tables):
        return None
    version = cursor.execute(f"select version from {CATALOGUE}.workspace_version").fetchone()
    if version is None or after < version[0] - _REMEMBERED:
        return None
    found = cursor.execute(
        f"select customer_id, min(since) from {CATALOGUE}.{WHOSE}"
        " where version > $after and list_contains($tables, name) group by customer_id",
        {"after": after, "tables": list(tables)},
    )
    told = dict(found.fetchall())
    return None if None in told else told


def _fold(cursor: duckdb.DuckDBPyConnection, dataset: str) -> None:
    """Make the facts of those who are touched anew, and leave those of all others."""
    theirs = _of_ways(f"{CATALOGUE}.rows_{dataset}", WAYS)
    cursor.execute(f"create temp table rows_{dataset} as {theirs}")
    _make(cursor, dataset)
    if dataset in _NUMBERS:
        _with_others(cursor, dataset, _NUMBERS[dataset])
        _exchange(cursor, dataset, _NUMBERS[dataset], f"select number as one from {_NUMBERED}")
    else:
        _exchange(cursor, dataset, "customer_id", f"select customer_id as one from {TOUCHED}")
    if dataset == "contracts":
        terms = f"select customer_id as one from {TOUCHED}"
        _exchange(cursor, "month_terms", "customer_id", terms, "terms_now")
    cursor.execute(f"drop table temp.rows_{dataset}")


def _make(cursor: duckdb.DuckDBPyConnection, dataset: str) -> None:
    """Make facts of the rows that are seen."""
    seen = {}
    if dataset == "customers":
        seen["stg_mentions"] = _of_ways(f"{CATALOGUE}.stg_mentions", WAYS)
    if dataset == "contracts":
        cursor.execute(f"create or replace temp table terms_now as {_file('month_terms').sql}")
        seen["stg_month_terms"] = "from terms_now"
    with beside.seen(cursor, **seen):
        cursor.execute(f"create or replace temp table facts_now as {_file(dataset).sql}")


def _of_ways(table: str, ways: str) -> str:
    """Give the rows that name a customer in one of these ways."""
    return (
        f"select told.* from {table} as told semi join {ways} as ways"
        " on told.customer_id is not distinct from ways.given_id"
        " and told.name_key is not distinct from ways.name_key"
    )


def _with_others(cursor: duckdb.DuckDBPyConnection, dataset: str, number: str) -> None:
    """Make facts of all who give a number of those who are touched, now or before.

    Of a ticket the newest row tells whose it is; a contract's number is shown with its customer
    where several have it (M2).
    """
    theirs = f"select {number} from stg_{dataset} where customer_id in (from {TOUCHED})"
    of_before = (
        f"select {number} from stg_{dataset} where list_has_any("
        "list_transform(sources, lambda one: one.import_id),"
        f" (select list(import_id) from {meant.OTHER_SHEETS} where not is_there))"
    )
    is_gone = f"select 1 from {meant.OTHER_SHEETS} where not is_there limit 1"
    told = [f"select {number} as number from facts_now", theirs]
    if cursor.execute(is_gone).fetchone() and dataset != "contracts":
        told.append(of_before)
    cursor.execute(f"create or replace temp table {_NUMBERED} as {' union '.join(told)}")
    if dataset == "contracts":
        others = (
            "select given_id, name_key from stg_identities where customer_id in"
            f" (select customer_id from stg_contracts where {number} in (from {_NUMBERED}))"
        )
        rows = _of_ways(f"{CATALOGUE}.rows_{dataset}", f"({others})")
    else:
        rows = f"from {CATALOGUE}.rows_{dataset} where {number} in (from {_NUMBERED})"
    found = cursor.execute(
        f"insert into temp.rows_{dataset} select * from ({rows})"
        f" anti join temp.rows_{dataset} using (import_id, sheet_no, row_no)"
    ).fetchone()
    if found and found[0]:
        _make(cursor, dataset)


def _exchange(
    cursor: duckdb.DuckDBPyConnection,
    dataset: str,
    key: str,
    keys: str,
    now: str = "facts_now",
) -> None:
    """Put facts with these keys in the place of those that were there, where they are others."""
    table = f"stg_{dataset}"
    columns = [name for name, *_ in cursor.execute(f"describe {table}").fetchall()]
    sort = {"sources": "list_sort(sources)"}  # they are listed in no order
    fact = ", ".join(f"{name} := {sort.get(name, name)}" for name in columns)
    theirs = f"semi join ({keys}) as keys on told.{key} is not distinct from keys.one"
    day = _DAYS.get(dataset, "null")
    told = f"struct_pack({fact}) as fact, customer_id, ({day})::date as day"
    for name, source in (("told_before", table), ("told_now", now)):
        cursor.execute(
            f"create or replace temp table {name} as"
            f" select told.rowid as place, {told} from {source} as told {theirs}"
        )
    same = "on before.fact is not distinct from now.fact"
    gone = f"select before.* from told_before as before anti join told_now as now {same}"
    fresh = f"select now.* from told_now as now anti join told_before as before {same}"
    cursor.execute(f"create or replace temp table facts_gone as {gone}")
    cursor.execute(f"create or replace temp table facts_fresh as {fresh}")
    changes = "from (from facts_gone union all from facts_fresh)"
    if cursor.execute(f"select 1 {changes} limit 1").fetchone() is None:
        return
    cursor.execute(f"delete from {table} where rowid in (select place from facts_gone)")
    cursor.execute(
        f"insert into {table} by name from {now} where rowid in (select place from facts_fresh)"
    )
    _note(cursor, table)
    if dataset not in _DAYS:
        return
    _note_whose(cursor, table, changes)
    if dataset in _NUMBERS:
        _count(cursor, dataset)
    else:
        _tally(cursor, dataset)


def _note_whose(cursor: duckdb.DuckDBPyConnection, table: str, changes: str) -> None:
    """Note whose facts the commit to come changes, and of which days they are."""
    noted = f"insert into {WHOSE} select ?, any_value(version) + 1, customer_id"
    which = "cross join workspace_version group by customer_id"
    day = f"greatest(coalesce(day, {_NEVER}), {_NEVER})"
    cursor.execute(f"{noted}, min({day}) {changes} {which}", [table])
    measure = "fact.measure" if table == "stg_usage" else "null"
    cursor.execute(
        f"insert into {ON_DAYS} select distinct ?, version + 1, {measure}, {day} {changes}"
        " cross join workspace_version",
        [table],
    )
    if table == "stg_customers":
        read = "select customer_id, fact.industry, fact.key_contact from"
        gone, fresh = f"{read} facts_gone", f"{read} facts_fresh"
        other = f"from ((({gone}) except ({fresh})) union all (({fresh}) except ({gone})))"
        cursor.execute(f"{noted}, {_NEVER} {other} {which}", [READ])


def note_health(cursor: duckdb.DuckDBPyConnection, customers: str) -> None:
    """Note whose health the commit to come changes, or null for everybody's, and since when."""
    cursor.execute(
        f"insert into {WHOSE} select ?, version + 1, customer_id, since"
        f" from ({customers}) cross join workspace_version",
        [HEALTH],
    )


def _count(cursor: duckdb.DuckDBPyConnection, dataset: str) -> None:
    """Count the facts of a data set again."""
    cursor.execute("delete from stg_data_sets where dataset = ?", [dataset])
    # named in the text, so that nothing is counted of others
    told = f"select * from ({_file('data_sets').sql}) where dataset = '{dataset}'"
    cursor.execute(f"insert into stg_data_sets by name {told}")
    _note(cursor, "stg_data_sets")


def _tally(cursor: duckdb.DuckDBPyConnection, dataset: str) -> None:
    """Count the facts again of those who are touched: those of all others are as many as before."""
    counts = []
    for told in ("told_before", "told_now"):
        with beside.seen(cursor, **{f"stg_{dataset}": f"select unnest(fact) from {told}"}):
            asked = f"select count_rows, customers from ({_file('data_sets').sql})"
            counts += cursor.execute(f"{asked} where dataset = '{dataset}'").fetchall()
    (rows_before, before), (rows_now, now) = counts
    cursor.execute(
        "update stg_data_sets set count_rows = count_rows + ?, customers = customers + ?,"
        f" latest = (select max({_DAYS[dataset]})::date from stg_{dataset}) where dataset = ?",
        [rows_now - rows_before, now - before, dataset],
    )
    _note(cursor, "stg_data_sets")


def _note(cursor: duckdb.DuckDBPyConnection, table: str) -> None:
    """Note that the commit to come changes a table where it lies."""
    cursor.execute(f"delete from {CHANGED} where name = ?", [table])
    cursor.execute(f"insert into {CHANGED} select ?, version + 1 from workspace_version", [table])


def _file(name: str) -> sqlfiles.SqlFile:
    return next(file for file in sqlfiles.files("staging") if file.name == f"stg_{name}")

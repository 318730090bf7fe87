"""The rows of a customer who is erased: gone, or kept as facts of a number."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import duckdb

from tend.schema import DATASETS
from tend.schema.words import name_key
from tend.store.erased import columns
from tend.store.erasure.subject import Subject

_OURS = (
    "(list_contains($ids, customer_id) or customer_id is null and list_contains($keys, name_key))"
)
# Rows that name a contract of theirs and nobody.
_OF_CONTRACT = (
    " or (customer_id is null and name_key is null and contract_id in"
    " (select contract_id from contracts_erased))"
)
_IN_PAIRS = {"customer_merges": ("customer_id", "into_id")}
_IN_PAIRS |= {"customers_apart": ("customer_id", "other_id")}
ERASED_ROWS = "rows_erased"
Place = tuple[int, int, int]  # import, sheet, row


def erase(cursor: duckdb.DuckDBPyConnection, subject: Subject) -> dict[str, int]:
    """Take a customer's rows away, or their name from them; count them by data set.

    Which rows these were stands in a table for the while, for what is kept beside them.
    """
    given = {"ids": list(subject.ids), "keys": list(subject.keys)}
    cursor.execute(
        f"create or replace temp table {ERASED_ROWS}"
        " (import_id integer, sheet_no integer, row_no integer)"
    )
    if subject.way == "name":
        _number_contracts(cursor, given)
    cursor.execute(
        "create or replace temp table contracts_erased as select distinct contract_id"
        f" from rows_contracts where contract_id is not null and {_OURS}"
        " and contract_id not in (select contract_id from rows_contracts"
        f" where contract_id is not null and not coalesce({_OURS}, false))",
        given,
    )
    counts = {one: _of_dataset(cursor, one, subject, given) for one in DATASETS}
    _pairs(cursor, subject)
    _unseen(cursor, subject)
    return {one: count for one, count in counts.items() if count}


def let_out(cursor: duckdb.DuckDBPyConnection, subject: Subject, at: datetime) -> None:
    """Let a person who is erased come in no more."""
    cursor.execute(
        "update people set removed_at = ? where removed_at is null and list_contains(?, name)",
        [at, list(subject.spellings)],
    )


def places(cursor: duckdb.DuckDBPyConnection) -> Iterator[Place]:
    """Give where their rows lay."""
    yield from cursor.execute(f"select distinct * from {ERASED_ROWS} order by all").fetchall()


def _number_contracts(cursor: duckdb.DuckDBPyConnection, given: Mapping[str, object]) -> None:
    """Give contracts the number that they go by: it is made of the customer's id, which goes."""
    cursor.execute(
        "create or replace temp table numbered as"
        " select import_id, sheet_no, row_no, contract_no from contract_rows()"
    )
    cursor.execute(
        "update rows_contracts set contract_id = numbered.contract_no from numbered"
        " where rows_contracts.import_id = numbered.import_id"
        " and rows_contracts.sheet_no = numbered.sheet_no"
        " and rows_contracts.row_no = numbered.row_no and rows_contracts.contract_id is null"
        f" and amount_basis is distinct from 'month' and {_OURS}",
        given,
    )


def _of_dataset(
    cursor: duckdb.DuckDBPyConnection,
    dataset: str,
    subject: Subject,
    given: Mapping[str, Sequence[str]],
) -> int:
    table = f"rows_{dataset}"
    names = [row[0] for row in cursor.execute(f"describe {table}").fetchall()]
    has_contracts = "contract_id" in names and dataset != "contracts"
    whose = _OURS + (_OF_CONTRACT if has_contracts else "")
    found = cursor.execute(f"select count(*) from {table} where {whose}", given).fetchone()
    assert found is not None
    if not found[0]:
        return 0
    cursor.execute(
        f"insert into {ERASED_ROWS} select distinct import_id, sheet_no, row_no from {table}"
        f" where {whose}",
        given,
    )
    if subject.way == "rows":
        cursor.execute(f"delete from {table} where {whose}", given)
    else:
        _rename(cursor, table, names, subject, given)
    return int(found[0])


def _rename(
    cursor: duckdb.DuckDBPyConnection,
    table: str,
    names: Sequence[str],
    subject: Subject,
    given: Mapping[str, Sequence[str]],
) -> None:
    """Let a number stand for the name, and blank what tells who it is."""
    label, key = subject.label, DATASETS[table.removeprefix("rows_")].key
    cursor.execute(
        f"create or replace temp table named_again as select rowid as at,"
        f" $label as label{_said(names, key)} from {table} where {_OURS}",
        {**given, "label": label},
    )
    said = {
        name: f"named_again.{name}" for name in sorted(columns.listed("telling")) if name in names
    }
    said |= {"extra": "map {}"} if "extra" in names else {}
    said |= {"customer_name": f"if({table}.customer_name is null, null, $label)"}
    said |= {"name_key": f"if({table}.name_key is null, null, $key)"}
    bound = {"label": label, "key": name_key(label)}
    if subject.new_id:
        said["customer_id"] = "$id"
        bound["id"] = subject.new_id
    sets = ", ".join(f"{name} = {value}" for name, value in said.items())
    cursor.execute(
        f"update {table} set {sets} from named_again where {table}.rowid = named_again.at", bound
    )


def _said(names: Sequence[str], key: Sequence[str]) -> str:
    """Tell what stands for what tells who it is: nothing; of what makes facts one, a number."""
    rank = "dense_rank() over (order by plain({0}))"
    return "".join(
        f", if({name} is null, null, $label || ' · ' || {rank.format(name)}) as {name}"
        if name in key
        else f", null::varchar as {name}"
        for name in sorted(columns.listed("telling"))
        if name in names
    )


def _pairs(cursor: duckdb.DuckDBPyConnection, subject: Subject) -> None:
    """Forget merges with ids that go."""
    if subject.way == "name" and not subject.new_id:
        return
    for table, pair in _IN_PAIRS.items():
        which = " or ".join(f"list_contains($ids, {column})" for column in pair)
        cursor.execute(f"delete from {table} where {which}", {"ids": list(subject.ids)})


def _unseen(cursor: duckdb.DuckDBPyConnection, subject: Subject) -> None:
    """Forget what was told of rows that are gone."""
    if subject.way == "rows":
        cursor.execute(
            f"delete from problems using {ERASED_ROWS} as gone"
            " where problems.import_id = gone.import_id and problems.sheet_no = gone.sheet_no"
            " and problems.row_no = gone.row_no"
        )

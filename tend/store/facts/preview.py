"""What imports would change, found by rehearsing them: the very commits, taken back at the end.

The files of one drop are rehearsed together, as one may list the customers that another names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb

from tend.ingest.problems import Problems
from tend.ingest.results import FileResult, Remembered
from tend.schema import DATASETS
from tend.store.facts import imports, to_come, twins, warnings
from tend.store.facts.imports import Mode, Progress
from tend.store.facts.to_come import ToCome
from tend.store.facts.twins import Suggestion
from tend.store.workspace import Workspace

_CHANGES_SHOWN = 200


@dataclass(frozen=True)
class Change:
    """One cell: which fact, which column, what it says now and what it would say."""

    key: str
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Difference:
    """One data set: facts that would be new, changed, the same, or gone."""

    dataset: str
    new: int
    changed: int
    unchanged: int
    gone: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Draft:
    """A file as it is to be taken in."""

    result: FileResult
    mode: Mode = "merge"
    mappings: Mapping[str, Remembered] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """What one file would change, and the warnings that only the whole workspace can give."""

    differences: tuple[Difference, ...]
    warnings: Mapping[int, Problems] = field(default_factory=dict)  # by the sheet's number, from 1


@dataclass(frozen=True)
class Rehearsal:
    """What the files of a drop would change, each after those before it, and all of them lead to:
    what would run then, what runs now (None without contracts), and customers that may be one."""

    files: tuple[Preview, ...]
    to_come: ToCome | None = None
    now: ToCome | None = None
    twins: tuple[Suggestion, ...] = ()


def rehearse(
    workspace: Workspace,
    drafts: Sequence[Draft],
    progress: Progress | None = None,
    today: date | None = None,
) -> Rehearsal:
    """Tell what committing these files would change and lead to; nothing is written.

    While an import is under way it waits for its turn, and says so by `progress`. Who does not see
    all is told counts alone of what the workspace holds beside the files. Raises TendError for who
    may not bring files in.
    """
    workspace.require("import")
    with workspace.rehearsing(progress) as cursor:
        cursor.execute("create temp table known_before as select customer_id from stg_customers")
        settings, put, day = workspace.settings, [], today or date.today()
        is_about_contracts = any("contracts" in _fed(draft.result) for draft in drafts)
        now = to_come.found(cursor, settings, day) if is_about_contracts else None
        for draft in drafts:
            datasets = _fed(draft.result)
            _remember(cursor, datasets)
            number, settings = imports.put(cursor, draft.result, draft.mode, draft.mappings, "")
            put.append((number, tuple(_difference(cursor, dataset) for dataset in datasets)))
        found = []
        for number, differences in put:  # when all are in
            found.append(Preview(differences, warnings.foreseen(cursor, number, settings)))
        then = to_come.found(cursor, settings, day) if is_about_contracts else None
        told = Rehearsal(tuple(found), then, now, _new_twins(cursor))
    return told if workspace.person.sees.is_whole else _counts_alone(told)


def _counts_alone(told: Rehearsal) -> Rehearsal:
    """Leave out what is of any customer: cells that were there, warnings, sums."""
    return Rehearsal(
        tuple(
            Preview(tuple(replace(one, changes=()) for one in file.differences))
            for file in told.files
        )
    )


def _fed(result: FileResult) -> list[str]:
    """Name the data sets that a file feeds."""
    fed = {sheet.dataset for sheet in result.sheets if sheet.accepted}
    fed |= {also.dataset for sheet in result.sheets for also in sheet.also}
    return [dataset for dataset in DATASETS if dataset in fed]


def _remember(cursor: duckdb.DuckDBPyConnection, datasets: Sequence[str]) -> None:
    """Keep the facts as they are now, to hold those that come against them."""
    for dataset in datasets:
        cursor.execute(
            f"create or replace temp table before_{dataset} as"
            f" select *, true as is_there from stg_{dataset}"
        )


def _new_twins(cursor: duckdb.DuckDBPyConnection) -> tuple[Suggestion, ...]:
    """Give customers that may be one, of whom one was not there before."""
    fresh = cursor.execute(
        "select customer_id from stg_customers anti join temp.known_before using (customer_id)"
    ).fetchall()
    new = {customer for (customer,) in fresh}
    if not new:
        return ()
    return tuple(one for one in twins.found(cursor) if {one.customer_id, one.into_id} & new)


def _difference(cursor: duckdb.DuckDBPyConnection, dataset: str) -> Difference:
    keys = DATASETS[dataset].fact_key
    found = cursor.execute(f"describe stg_{dataset}").fetchall()
    own = {*DATASETS[dataset].columns, "extra"} - {DATASETS[dataset].id}
    columns = [name for name, *_ in found if name in own and name not in keys]
    same = " and ".join(f"before.{key} is not distinct from later.{key}" for key in keys)
    # Whether a fact is there is said apart: a customer that only contracts name has no sources.
    after = f"(select *, true as is_there from stg_{dataset}) as later"
    both = f"from temp.before_{dataset} as before full join {after} on {same}"
    differs = " or ".join(f"before.{name} is distinct from later.{name}" for name in columns)
    counts = cursor.execute(
        "select count(*) filter (where before.is_there is null),"
        f" count(*) filter (where before.is_there and later.is_there and ({differs})),"
        f" count(*) filter (where before.is_there and later.is_there and not ({differs})),"
        f" count(*) filter (where later.is_there is null) {both}"
    ).fetchone()
    assert counts is not None
    new, changed, unchanged, gone = map(int, counts)
    shown = (number,) if (number := DATASETS[dataset].id) else keys
    changes = _changes(cursor, both, shown, columns)
    return Difference(dataset, new, changed, unchanged, gone, changes)


def _changes(
    cursor: duckdb.DuckDBPyConnection, both: str, keys: tuple[str, ...], columns: list[str]
) -> tuple[Change, ...]:
    named = ", ".join(f"later.{key}::varchar" for key in keys)
    parts = [
        f"select concat_ws(' · ', {named}) as fact, '{name}' as header,"
        f" before.{name}::varchar as old, later.{name}::varchar as new {both}"
        " where before.is_there and later.is_there"
        f" and before.{name} is distinct from later.{name}"
        for name in columns
    ]
    rows = cursor.execute(
        f"{' union all '.join(parts)} order by fact, header limit {_CHANGES_SHOWN}"
    ).fetchall()
    return tuple(Change(*row) for row in rows)

"""What an import would change, found by rehearsing it: the very commit, taken back at the end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import duckdb

from tend.ingest.results import FileResult, Problem
from tend.schema import DATASETS
from tend.store.derived import staging
from tend.store.facts import currency, imports, to_come, warnings
from tend.store.facts.imports import Mode, Progress
from tend.store.facts.to_come import ToCome
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
class Preview:
    """What an import would change, what would run then (None without contracts), and warnings."""

    differences: tuple[Difference, ...]
    to_come: ToCome | None = None
    warnings: Sequence[Problem] = ()  # that only the whole workspace can give
    warned: Mapping[int, int] = field(default_factory=dict)  # how many of them by sheet, from 1 on


def preview(
    workspace: Workspace,
    result: FileResult,
    mode: Mode = "merge",
    progress: Progress | None = None,
    today: date | None = None,
) -> Preview:
    """Tell what committing the file would change and lead to; nothing is written.

    While an import is under way it waits for its turn, and says so by `progress`.
    """
    fed = {sheet.dataset for sheet in result.sheets if sheet.accepted}
    fed |= {also.dataset for sheet in result.sheets for also in sheet.also}
    datasets = [dataset for dataset in DATASETS if dataset in fed]
    with workspace.rehearsing(progress) as cursor:
        for dataset in datasets:
            cursor.execute(
                f"create temp table before_{dataset} as"
                f" select *, true as is_there from stg_{dataset}"
            )
        settings = currency.taken(cursor, workspace.settings, result)
        import_id = imports.insert(cursor, result, mode, "")
        staging.update(cursor)
        differences = tuple(_difference(cursor, dataset) for dataset in datasets)
        if "contracts" not in datasets:
            return Preview(differences)
        lines = warnings.found(cursor, import_id, settings)
        warned = Counter(sheet_no for sheet_no, *_ in lines)
        running = to_come.found(cursor, settings, today or date.today())
        return Preview(differences, running, warnings.problems(lines), warned)


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

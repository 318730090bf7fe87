"""Imports: read -> map -> check -> commit in one transaction, and the history of them."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import duckdb
import pyarrow as pa

from tend import ingest
from tend.errors import TendError
from tend.ingest.model import FileResult, Known, Limits, Options, SheetResult
from tend.store import reports, staging
from tend.store.reports import ImportReport
from tend.store.workspace import Workspace, now

Mode = Literal["merge", "replace"]
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class ImportOptions:
    """How a file is to be imported."""

    mode: Mode = "merge"
    strict: bool = False
    date_order: str | None = None
    datasets: Mapping[str, str] = field(default_factory=dict)


def import_file(
    workspace: Workspace,
    path: Path,
    *,
    name: str | None = None,
    who: str = "",
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import one file; what is wrong with it is in the report. Raises TendError when locked."""
    chosen = options or ImportOptions()
    result = ingest.prepare(
        path, known(workspace), _read_options(workspace, chosen), name=name, progress=progress
    )
    if result.error is not None:
        return reports.of_file(result, result.error)
    if chosen.strict and (count := sum(sheet.rejected for sheet in result.sheets)):
        error = TendError("rejected_strict", file=result.name, count=count)
        return reports.of_file(result, error)
    if not any(sheet.dataset for sheet in result.sheets):
        return reports.of_file(result, TendError("nothing_to_import", file=result.name))
    return commit(workspace, result, mode=chosen.mode, who=who)


def commit(
    workspace: Workspace, result: FileResult, *, mode: Mode = "merge", who: str = ""
) -> ImportReport:
    """Put a checked file into the workspace: all of it, or nothing.

    The same content in the same mode, while its import counts, changes nothing (K6).
    """
    with workspace.cursor() as cursor:
        if (same := _same_import(cursor, result.content_hash, mode)) is not None:
            return reports.of_import(cursor, same, unchanged=True)
    _keep_upload(workspace, result)
    with workspace.writing() as cursor:
        import_id = insert(cursor, result, mode, who)
        staging.rebuild(cursor)
    with workspace.cursor() as cursor:
        return reports.of_import(cursor, import_id)


def insert(cursor: duckdb.DuckDBPyConnection, result: FileResult, mode: Mode, who: str) -> int:
    """Put a file's rows behind those that are there; give the number of its import."""
    last = cursor.execute("select coalesce(max(import_id), 0) from imports").fetchone()
    assert last is not None
    import_id = int(last[0]) + 1
    cursor.execute(
        "insert into imports values (?, ?, ?, ?, ?, ?, null, null)",
        [import_id, now(), who, result.name, result.content_hash, mode],
    )
    for number, sheet in enumerate(result.sheets, start=1):
        _insert_sheet(cursor, import_id, number, sheet)
    return import_id


def undo(workspace: Workspace, import_id: int, *, who: str = "") -> None:
    """Take an import back as if it had never been. Raises TendError for an unknown one."""
    with workspace.writing() as cursor:
        changed = cursor.execute(
            "update imports set undone_at = ?, undone_by = ?"
            " where import_id = ? and undone_at is null returning import_id",
            [now(), who, import_id],
        ).fetchall()
        if not changed:
            raise TendError("unknown_import", import_id=import_id)
        staging.rebuild(cursor)


def known(workspace: Workspace) -> Known:
    """Give what the checks hold a file against: the customer list as it is."""
    with workspace.cursor() as cursor:
        listed = cursor.execute("select customer_id from stg_customers where is_listed").fetchall()
        named = cursor.execute(
            "select name_key, list(distinct coalesce(customer_id, customer_name))"
            " from rows_customers semi join stg_sheets using (import_id, sheet_no)"
            " where name_key is not null group by all"
        ).fetchall()
    return Known(
        frozenset(customer for (customer,) in listed),
        {name: frozenset(customers) for name, customers in named},
        {},
    )


def history(workspace: Workspace) -> list[dict[str, object]]:
    """List all imports, the newest first: who, when, which file, how many rows."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "select imports.import_id, imported_at, who, file, mode, undone_at,"
            " list(distinct dataset order by dataset) filter (where dataset is not null)"
            " as datasets,"
            " sum(accepted)::bigint as accepted, sum(rejected)::bigint as rejected,"
            " sum(skipped)::bigint as skipped, sum(warnings)::bigint as warnings"
            " from imports left join sheets using (import_id) group by all order by import_id desc"
        )
        names = [column[0] for column in rows.description or ()]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def status(workspace: Workspace) -> dict[str, list[dict[str, object]]]:
    """Give the documented object of `status --json`: imports; data sets, rows, newest day."""
    with workspace.cursor() as cursor:
        rows = cursor.execute("select dataset, count_rows, latest from stg_data_sets").fetchall()
    return {
        "imports": history(workspace),
        "datasets": [
            {"dataset": dataset, "rows": count, "latest": latest} for dataset, count, latest in rows
        ],
    }


def _read_options(workspace: Workspace, options: ImportOptions) -> Options:
    settings = workspace.settings
    mega = 1024 * 1024
    limits = Limits(
        seconds=settings.read_seconds,
        memory_bytes=settings.read_memory_mb * mega,
        file_bytes=int(settings.file_mb * mega),
        unpacked_bytes=int(settings.unpacked_mb * mega),
        rows=settings.csv_rows,
        columns=settings.sheet_columns,
        sheets=settings.sheets,
    )
    return Options(options.date_order, options.datasets, limits)


def _same_import(cursor: duckdb.DuckDBPyConnection, content_hash: str, mode: Mode) -> int | None:
    row = cursor.execute(
        "select min(import_id) from imports"
        " where content_hash = ? and mode = ? and undone_at is null",
        [content_hash, mode],
    ).fetchone()
    assert row is not None
    return None if row[0] is None else int(row[0])


def _keep_upload(workspace: Workspace, result: FileResult) -> None:
    """Keep the file by its hash. Renamed into place, so that a crash leaves no half file."""
    kept = workspace.uploads / f"{result.content_hash}{Path(result.name).suffix.lower()}"
    if kept.exists():
        return
    part = kept.with_suffix(".part")
    shutil.copyfile(result.path, part)
    part.replace(kept)


def _insert_sheet(
    cursor: duckdb.DuckDBPyConnection, import_id: int, sheet_no: int, sheet: SheetResult
) -> None:
    cursor.execute(
        "insert into sheets values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            import_id,
            sheet_no,
            sheet.name,
            sheet.dataset,
            sheet.reason,
            sheet.rows,
            sheet.accepted,
            sheet.rejected,
            sheet.skipped,
            sheet.warnings,
            list(sheet.headers),
            list(sheet.unused),
            _map(sheet.mapping),
        ],
    )
    for dataset, columns, facts in _facts(sheet):
        cursor.execute(
            "insert into sheet_datasets values (?, ?, ?, ?)",
            [import_id, sheet_no, dataset, list(columns)],
        )
        _insert_rows(cursor, f"rows_{dataset}", import_id, sheet_no, facts)
    if sheet.rejected_rows is not None:
        _insert_rows(cursor, "rejected_rows", import_id, sheet_no, sheet.rejected_rows)
    if sheet.problems:
        _insert_rows(cursor, "problems", import_id, sheet_no, _problem_table(sheet))


def _facts(sheet: SheetResult) -> Iterator[tuple[str, tuple[str, ...], pa.Table]]:
    """Give what the sheet feeds: a data set without an accepted row is left as it is (K20)."""
    if sheet.dataset is not None and sheet.facts is not None and sheet.accepted:
        yield sheet.dataset, sheet.columns, sheet.facts
    for other in sheet.also:
        if other.facts.num_rows:
            yield other.dataset, other.columns, other.facts


def _insert_rows(
    cursor: duckdb.DuckDBPyConnection, table: str, import_id: int, sheet_no: int, rows: pa.Table
) -> None:
    cursor.register("incoming", rows)
    try:
        cursor.execute(
            f"insert into {table} by name"
            " select ?::integer as import_id, ?::integer as sheet_no, * from incoming",
            [import_id, sheet_no],
        )
    finally:
        cursor.unregister("incoming")


def _problem_table(sheet: SheetResult) -> pa.Table:
    found = sheet.problems
    return pa.table(
        {
            "row_no": pa.array([problem.row for problem in found], pa.int32()),
            "header": pa.array([problem.column for problem in found], pa.string()),
            "code": [problem.code for problem in found],
            "severity": [problem.severity for problem in found],
            "params": pa.array(
                [[(k, str(v)) for k, v in problem.params.items()] for problem in found],
                pa.map_(pa.string(), pa.string()),
            ),
        }
    )


def _map(values: Mapping[str, str]) -> duckdb.Value:
    kind = duckdb.map_type(duckdb.type("varchar"), duckdb.type("varchar"))
    return duckdb.Value({"key": list(values), "value": list(values.values())}, kind)

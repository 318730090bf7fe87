"""How a read file is written down: its sheets, accepted rows, problems and confirmed mappings."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import duckdb
import pyarrow as pa

from tend.ingest import problems
from tend.ingest.results import FileResult, Remembered, SheetResult
from tend.language.errors import TendError
from tend.schema import DATASETS
from tend.store.audit import acting
from tend.store.database.clock import now
from tend.store.database.connection import ROW_GROUP

_TOLD = ("sheets", "sheet_datasets", "problems", "rejected_rows")


def insert_import(
    cursor: duckdb.DuckDBPyConnection,
    file: str,
    content_hash: str,
    mode: str,
    who: str,
    *,
    origin: str = "file",
) -> int:
    """Write down that an import takes place; give its number."""
    last = cursor.execute("select coalesce(max(import_id), 0) from imports").fetchone()
    assert last is not None
    import_id = int(last[0]) + 1
    cursor.execute(
        "insert into imports (import_id, imported_at, who, file, content_hash, mode, origin)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        [import_id, now(), who, file, content_hash, mode, origin],
    )
    acting.note(number=import_id)
    return import_id


def mark_undone(cursor: duckdb.DuckDBPyConnection, import_id: int, who: str) -> None:
    """Let an import count no longer. Raises TendError for one that does not count."""
    acting.note(number=import_id)
    changed = cursor.execute(
        "update imports set undone_at = ?, undone_by = ?"
        " where import_id = ? and undone_at is null returning import_id",
        [now(), who, import_id],
    ).fetchall()
    if not changed:
        raise TendError("unknown_import", import_id=import_id)


def delete(cursor: duckdb.DuckDBPyConnection, import_id: int) -> None:
    """Take away all that was written down of an import."""
    for table in (*_TOLD, *(f"rows_{dataset}" for dataset in DATASETS)):
        cursor.execute(f"delete from {table} where import_id = ?", [import_id])


def remember(
    cursor: duckdb.DuckDBPyConnection,
    result: FileResult,
    mappings: Mapping[str, Remembered],
    who: str,
) -> None:
    """Keep confirmed mappings by the fingerprint of the header."""
    for sheet in result.sheets:
        if sheet.name in mappings and sheet.fingerprint:
            said = mappings[sheet.name]
            asked = {question.key: question.answers for question in sheet.questions}
            # what fits no question was told, and changes nothing
            fits = {key: to for key, to in said.answers.items() if to in asked.get(key, ())}
            chosen = replace(said, answers=fits).over(_before(cursor, sheet.fingerprint))
            cursor.execute("delete from mappings where fingerprint = ?", [sheet.fingerprint])
            cursor.execute(
                "insert into mappings by name select ? as fingerprint, ? as dataset,"
                " ? as columns, ? as answers, ? as confirmed_at, ? as confirmed_by",
                [
                    sheet.fingerprint,
                    chosen.dataset,
                    as_map(chosen.columns),
                    as_map(chosen.answers),
                    now(),
                    who,
                ],
            )


def _before(cursor: duckdb.DuckDBPyConnection, fingerprint: str) -> Remembered | None:
    """Give what was confirmed for these headers before."""
    found = cursor.execute(
        "select dataset, columns, coalesce(answers, map {}) from mappings where fingerprint = ?",
        [fingerprint],
    ).fetchone()
    return Remembered(*found) if found else None


def insert_sheets(cursor: duckdb.DuckDBPyConnection, import_id: int, result: FileResult) -> None:
    """Write down all sheets of a file, each with what was accepted and what was not."""
    accepted, rejected = (
        sum(getattr(sheet, name) for sheet in result.sheets) for name in ("accepted", "rejected")
    )
    acting.note(number=import_id, rows=accepted, rejected=rejected)
    for number, sheet in enumerate(result.sheets, start=1):
        _insert_sheet(cursor, import_id, number, sheet)


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
            as_map(sheet.mapping),
        ],
    )
    for dataset, columns, facts in _facts(sheet):
        cursor.execute(
            "insert into sheet_datasets values (?, ?, ?, ?)",
            [import_id, sheet_no, dataset, list(columns)],
        )
        insert_rows(cursor, f"rows_{dataset}", import_id, sheet_no, facts)
    if sheet.rejected_rows is not None:
        insert_rows(cursor, "rejected_rows", import_id, sheet_no, sheet.rejected_rows)
    if sheet.problems:
        insert_rows(cursor, "problems", import_id, sheet_no, problems.table(sheet.problems))


def insert_entry(
    cursor: duckdb.DuckDBPyConnection, import_id: int, dataset: str, facts: pa.Table
) -> None:
    """Write down what was entered in the app, as a sheet of its own."""
    columns = [name for name in facts.column_names if name != "row_no"]
    count = facts.num_rows
    cursor.execute(
        "insert into sheets values (?, 1, ?, ?, null, ?, ?, 0, 0, 0, ?, [], ?)",
        [import_id, dataset, dataset, count, count, columns, as_map({c: c for c in columns})],
    )
    cursor.execute("insert into sheet_datasets values (?, 1, ?, ?)", [import_id, dataset, columns])
    insert_rows(cursor, f"rows_{dataset}", import_id, 1, facts)
    acting.note(dataset=dataset, rows=count)


def _facts(sheet: SheetResult) -> Iterator[tuple[str, tuple[str, ...], pa.Table]]:
    """Give what the sheet feeds: a data set without an accepted row is left as it is (K20)."""
    if sheet.dataset is not None and sheet.facts is not None and sheet.accepted:
        yield sheet.dataset, sheet.columns, sheet.facts
    for other in sheet.also:
        if other.facts.num_rows:
            yield other.dataset, other.columns, other.facts


def insert_rows(
    cursor: duckdb.DuckDBPyConnection, table: str, import_id: int, sheet_no: int, rows: pa.Table
) -> None:
    """Append rows of a sheet to a table, by the names of their columns."""
    # in pieces of a row group each, so that every processor takes some
    pieces = rows.to_batches(max_chunksize=ROW_GROUP)
    cursor.register("incoming", pa.Table.from_batches(pieces, rows.schema))
    cursor.execute(
        f"insert into {table} by name"
        " select ?::integer as import_id, ?::integer as sheet_no, * from incoming",
        [import_id, sheet_no],
    )
    cursor.unregister("incoming")


def as_map(values: Mapping[str, str]) -> duckdb.Value:
    """Bind a dict as a MAP of texts."""
    kind = duckdb.map_type(duckdb.type("varchar"), duckdb.type("varchar"))
    return duckdb.Value({"key": list(values), "value": list(values.values())}, kind)

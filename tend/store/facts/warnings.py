"""Warnings that only the whole workspace can give: of contracts (B3, M8, M33), customers (M25)."""

from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.problems import Problems
from tend.settings import words
from tend.settings.company import Settings
from tend.store.derived import model, sqlfiles
from tend.store.facts import rows
from tend.view import folded

Line = tuple[int, int | None, str, str | None]  # sheet, row (None: the whole sheet), code, value


def found(cursor: duckdb.DuckDBPyConnection, import_id: int, settings: Settings) -> list[Line]:
    """Give the warnings of an import's contracts, once its facts are made."""
    lists = ("one_off_types", "add_on_types")
    given = {
        "import_id": import_id,
        "today": date.today(),
        "early_days": settings.early_days,
        "grace_days": settings.grace_days,
        "status_words": model.as_map(words.statuses(settings.model_dump()), "varchar"),
        **{name: [folded(word) for word in getattr(settings, name)] for name in lists},
    }
    return [
        line
        for file in sqlfiles.files("checks")
        if file.name.endswith("_warnings")
        for line in model.run(cursor, file.sql, given).fetchall()
    ]


def foreseen(
    cursor: duckdb.DuckDBPyConnection, import_id: int, settings: Settings
) -> dict[int, Problems]:
    """Give all warnings of an import by its sheets, customers in no list among them."""
    lines = found(cursor, import_id, settings)
    numbers = pa.array([number for number, *_ in lines], pa.int32())
    own = _table(lines).append_column("sheet_no", numbers)
    late = unlisted(cursor, import_id)
    every = pa.concat_tables([own, late.select(own.column_names).cast(own.schema)])
    return {
        number: Problems(every.filter(pc.field("sheet_no") == number).drop_columns("sheet_no"))
        for number in pc.unique(every["sheet_no"]).to_pylist()
    }


def add(cursor: duckdb.DuckDBPyConnection, import_id: int, settings: Settings) -> None:
    """Write down the warnings of an import's contracts, after its facts are made."""
    lines = found(cursor, import_id, settings)
    for sheet_no in sorted({number for number, *_ in lines}):
        own = [line for line in lines if line[0] == sheet_no]
        fresh = cursor.execute(
            "select count(*) from unnest(?::integer[]) as one(row_no) where row_no not in"
            " (select row_no from problems where import_id = ? and sheet_no = ?"
            " and row_no is not null)",
            [sorted({row for _, row, *_ in own if row is not None}), import_id, sheet_no],
        ).fetchone()
        assert fresh is not None
        cursor.execute(
            "update sheets set warnings = warnings + ? where import_id = ? and sheet_no = ?",
            [fresh[0], import_id, sheet_no],
        )
        rows.insert_rows(cursor, "problems", import_id, sheet_no, _table(own))


def unlisted(cursor: duckdb.DuckDBPyConnection, import_id: int) -> pa.Table:
    """Give the warnings of customers that are in no list now: another file may list them yet."""
    return cursor.execute(
        _check("unlisted_customers") + " order by all", {"import_id": import_id}
    ).to_arrow_table()


def _check(name: str) -> str:
    return next(file.sql for file in sqlfiles.files("checks") if file.name == name)


def _table(lines: list[Line]) -> pa.Table:
    params = [[("row", str(row)), ("value", word or "")] for _, row, _, word in lines]
    return pa.table(
        {
            "row_no": pa.array([row for _, row, *_ in lines], pa.int32()),
            "header": pa.nulls(len(lines), pa.string()),
            "code": pa.array([code for _, _, code, _ in lines], pa.string()),
            "severity": pa.array(["warning"] * len(lines), pa.string()),
            "params": pa.array(params, pa.map_(pa.string(), pa.string())),
        }
    )

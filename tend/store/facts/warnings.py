"""Warnings that only the whole workspace can give: of contracts (B3, M8, M33), customers (M25)."""

from datetime import date
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.problems import Problems
from tend.settings.company import Settings
from tend.store.derived import model, sqlfiles
from tend.store.facts import rows

# What all warnings of contracts read.
_TOLD = "told_contracts"


class Line(NamedTuple):
    """One warning, as a check gives it."""

    sheet_no: int
    row_no: int | None  # None: the whole sheet
    code: str
    value: str | None
    amount: float | None = None  # in the workspace's currency


def found(cursor: duckdb.DuckDBPyConnection, import_id: int, settings: Settings) -> list[Line]:
    """Give the warnings of an import's contracts, once its facts are made."""
    today = date.today()
    given = {**model.parameters(settings, today), "import_id": import_id, "today": today}
    making = f"create or replace temp table {_TOLD} as {_check(_TOLD)}"
    model.run(cursor, making, given)
    lines = [
        Line(*row)
        for file in sqlfiles.files("checks")
        if file.name.endswith("_warnings")
        for row in model.run(cursor, file.sql, given).fetchall()
    ]
    cursor.execute(f"drop table {_TOLD}")
    return lines


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
    for sheet_no in sorted({line.sheet_no for line in lines}):
        own = [line for line in lines if line.sheet_no == sheet_no]
        fresh = cursor.execute(
            "select count(*) from unnest(?::integer[]) as one(row_no) where row_no not in"
            " (select row_no from problems where import_id = ? and sheet_no = ?"
            " and row_no is not null)",
            [sorted({one.row_no for one in own if one.row_no is not None}), import_id, sheet_no],
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
    params = [
        [
            ("row", str(line.row_no)),
            ("value", line.value or ""),
            *([] if line.amount is None else [("amount", f"{line.amount:,.0f}")]),
        ]
        for line in lines
    ]
    return pa.table(
        {
            "row_no": pa.array([line.row_no for line in lines], pa.int32()),
            "header": pa.nulls(len(lines), pa.string()),
            "code": pa.array([line.code for line in lines], pa.string()),
            "severity": pa.array(["warning"] * len(lines), pa.string()),
            "params": pa.array(params, pa.map_(pa.string(), pa.string())),
        }
    )

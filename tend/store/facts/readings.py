"""How a file was read: the same content read in another way is another word on it (M23)."""

import hashlib
from typing import Any

import duckdb
import pyarrow as pa

from tend.ingest.results import FileResult, Known, Remembered, SheetResult
from tend.settings import words
from tend.settings.company import Settings
from tend.store.erased import stand_in
from tend.store.facts import currency


class _Hashed:
    """What takes bytes as a file does, and keeps their fingerprint only."""

    def __init__(self) -> None:
        self.hash = hashlib.sha256()
        self.closed = False

    def write(self, data: Any) -> int:
        """Take bytes."""
        self.hash.update(data)
        return len(data)

    def flush(self) -> None:
        """Have nothing to flush."""


def fingerprint(result: FileResult) -> str:
    """Tell what came of a file: equal where data sets, counts and facts are."""
    if result.reading:
        return result.reading
    taken = _Hashed()
    for sheet in result.sheets:
        counts = (sheet.name, sheet.dataset, sheet.accepted, sheet.rejected)
        taken.write(repr(counts).encode())
        for _, facts in _fed(sheet):
            with pa.ipc.new_stream(taken, facts.schema) as stream:
                stream.write_table(facts.combine_chunks())
    return taken.hash.hexdigest()


def _fed(sheet: SheetResult) -> list[tuple[str, pa.Table]]:
    """Give the data sets that a sheet feeds, each with its facts."""
    own = [] if sheet.dataset is None or sheet.facts is None else [(sheet.dataset, sheet.facts)]
    return own + [(also.dataset, also.facts) for also in sheet.also]


def before(
    cursor: duckdb.DuckDBPyConnection, result: FileResult, mode: str
) -> tuple[int | None, bool]:
    """Give the import that counts and has the same content in the same mode, and whether it read
    the same (K6)."""
    row = cursor.execute(
        "select import_id, reading from imports"
        " where content_hash = ? and mode = ? and undone_at is null order by import_id limit 1",
        [result.content_hash, mode],
    ).fetchone()
    if row is None:
        return None, False
    number, reading = row
    if not reading and stand_in.erased_at(cursor, result.content_hash):
        return int(number), True  # what was read of it is gone
    is_same = reading == fingerprint(result) if reading else _is_kept(cursor, number, result)
    return int(number), is_same


def _is_kept(cursor: duckdb.DuckDBPyConnection, import_id: int, result: FileResult) -> bool:
    """Tell whether what an older Tend kept of a file, with no fingerprint, is what is read now."""
    kept = cursor.execute(
        "select sheet_no, dataset from sheet_datasets where import_id = ?", [import_id]
    ).fetchall()
    found = [
        (number, dataset, facts)
        for number, sheet in enumerate(result.sheets, start=1)
        for dataset, facts in _fed(sheet)
    ]
    if sorted(kept) != sorted((number, dataset) for number, dataset, _ in found):
        return False
    return not any(_differ(cursor, import_id, *one) for one in found)


def _differ(
    cursor: duckdb.DuckDBPyConnection, import_id: int, sheet_no: int, dataset: str, facts: pa.Table
) -> bool:
    """Tell whether the rows kept of a sheet are others than these."""
    named = ", ".join(f'"{name}"' for name in facts.column_names)
    kept = f"select {named} from rows_{dataset} where import_id = $import and sheet_no = $sheet"
    read = f"select {named} from facts"
    cursor.register("facts", facts)
    try:
        row = cursor.execute(
            f"select exists (from (({kept} except all {read}) union all"
            f" ({read} except all {kept})))",
            {"import": import_id, "sheet": sheet_no},
        ).fetchone()
    finally:
        cursor.unregister("facts")
    return row is None or bool(row[0])


def known(cursor: duckdb.DuckDBPyConnection, settings: Settings) -> Known:
    """Give what the checks hold a file against: the customer list and all words as they are."""
    listed = cursor.execute("select customer_id from stg_customers where is_listed").fetchall()
    named = cursor.execute(
        "select name_key, list(distinct coalesce(customer_id, customer_name))"
        " from rows_customers semi join stg_sheets using (import_id, sheet_no)"
        " where name_key is not null group by all"
    ).fetchall()
    mapped = cursor.execute(
        "select fingerprint, dataset, columns, coalesce(answers, map {}) from mappings"
    ).fetchall()
    currencies = currency.known(cursor, settings)
    return Known(
        frozenset(customer for (customer,) in listed),
        {name: frozenset(customers) for name, customers in named},
        {header: Remembered(*confirmed) for header, *confirmed in mapped},
        words.statuses(settings.model_dump()),
        words.reasons(settings.loss_reason_words),
        currencies,
        words.sizes(settings.size_words),
    )

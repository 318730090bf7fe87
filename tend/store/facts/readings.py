"""How a file was read: the same content read in another way is another word on it (M23)."""

import hashlib
from typing import Any

import duckdb
import pyarrow as pa

from tend.ingest.results import FileResult, SheetResult


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
    taken = _Hashed()
    for sheet in result.sheets:
        counts = (sheet.name, sheet.dataset, sheet.accepted, sheet.rejected)
        taken.write(repr(counts).encode())
        for facts in _facts(sheet):
            with pa.ipc.new_stream(taken, facts.schema) as stream:
                stream.write_table(facts.combine_chunks())
    return taken.hash.hexdigest()


def _facts(sheet: SheetResult) -> list[pa.Table]:
    found = [sheet.facts, *(also.facts for also in sheet.also)]
    return [facts for facts in found if facts is not None]


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
    return int(row[0]), row[1] is None or row[1] == fingerprint(result)

"""What is left of a kept file that named somebody: the cells of its other rows, packed."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.results import Cells, Rows

SUFFIX = ".erased"
_FIELDS = pa.schema(
    [("sheet_no", pa.int32()), ("row_no", pa.int32()), ("cells", pa.list_(pa.string()))]
)
Row = tuple[int, int, tuple[str, ...]]
_PACKED = pa.ipc.IpcWriteOptions(compression="zstd")


def place(uploads: Path, content_hash: str) -> Path:
    """Give where a stand-in lies among the uploads."""
    return uploads / f"{content_hash}{SUFFIX}"


def write(target: Path, rows: Iterable[Row], kept: Callable[[Row], Row | None]) -> None:
    """Write the rows that are kept of a file, each as it is kept."""
    found = [one for row in rows if (one := kept(row)) is not None]
    columns = list(zip(*found, strict=True)) or [(), (), ()]
    arrays = [
        pa.array(map(list, column) if field.name == "cells" else column, field.type)
        for column, field in zip(columns, _FIELDS, strict=True)
    ]
    with (
        pa.OSFile(str(target), "wb") as out,
        pa.ipc.new_file(out, _FIELDS, options=_PACKED) as writer,
    ):
        writer.write_table(pa.table(arrays, schema=_FIELDS))


def rows(file: Path) -> Iterable[Row]:
    """Give all rows of a stand-in."""
    for batch in _read(file).to_batches():
        for row in batch.to_pylist():
            yield row["sheet_no"], row["row_no"], tuple(row["cells"])


def cells(file: Path, wanted: Rows) -> Cells:
    """Give rows of a stand-in by the number of their sheet; of a row that went none."""
    table, found = _read(file), Cells()
    for sheet_no, numbers in wanted.items():
        is_wanted = pc.and_(
            pc.equal(table["sheet_no"], sheet_no),
            pc.is_in(table["row_no"], value_set=pa.array(numbers, pa.int32())),
        )
        for row in table.filter(is_wanted).to_pylist():
            found[sheet_no, row["row_no"]] = tuple(row["cells"])
    return found


def erased_at(cursor: duckdb.DuckDBPyConnection, content_hash: str) -> datetime | None:
    """Tell when a kept file went, if it did."""
    found = cursor.execute(
        "select erased_at from erased_uploads where content_hash = ?", [content_hash]
    ).fetchone()
    return found[0] if found else None


def note(
    cursor: duckdb.DuckDBPyConnection, content_hash: str, digest: str | None, at: datetime
) -> None:
    """Write down that a kept file went, and the hash of what is left of it."""
    cursor.execute("delete from erased_uploads where content_hash = ?", [content_hash])
    cursor.execute("insert into erased_uploads values (?, ?, ?)", [content_hash, digest, at])


def _read(file: Path) -> pa.Table:
    with pa.memory_map(str(file)) as source:
        return pa.ipc.open_file(source).read_all()

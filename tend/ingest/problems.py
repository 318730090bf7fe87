"""The problems of a sheet as a table: a million of them are no objects until somebody looks."""

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import pyarrow as pa

from tend.ingest.model import Problem

_SCHEMA = pa.schema(
    [
        ("row_no", pa.int32()),
        ("header", pa.string()),
        ("code", pa.string()),
        ("severity", pa.string()),
        ("params", pa.map_(pa.string(), pa.string())),
    ]
)
_AT_ONCE = 1_000


class Problems(Sequence[Problem]):
    """A sequence of problems that makes each when it is asked for."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __len__(self) -> int:
        """Count them."""
        return int(self.table.num_rows)

    @overload
    def __getitem__(self, at: int) -> Problem: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Problem]: ...
    def __getitem__(self, at: int | slice) -> Problem | Sequence[Problem]:
        """Give one, or some of them."""
        places = range(len(self))[at]
        if isinstance(places, int):
            return _made(self.table.slice(places, 1))[0]
        return tuple(_made(self.table.take(pa.array(places, pa.int64()))))

    def __iter__(self) -> Iterator[Problem]:
        """Give all, in the order of the rows."""
        for first in range(0, len(self), _AT_ONCE):
            yield from _made(self.table.slice(first, _AT_ONCE))


def table(found: Iterable[Problem]) -> pa.Table:
    """Lay problems out as a table, as the workspace keeps them."""
    if isinstance(found, Problems):
        return found.table
    rows = [
        (p.row, p.column, p.code, p.severity, [(k, str(v)) for k, v in p.params.items()])
        for p in found
    ]
    columns = zip(*rows, strict=True) if rows else [[] for _ in _SCHEMA]
    arrays = [pa.array(c, f.type) for c, f in zip(columns, _SCHEMA, strict=True)]
    return pa.table(arrays, schema=_SCHEMA)


def _made(rows: pa.Table) -> list[Problem]:
    columns = (column.to_pylist() for column in rows.columns)
    return [Problem(r, h, c, s, dict(params)) for r, h, c, s, params in zip(*columns, strict=True)]

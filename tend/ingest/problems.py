"""The problems of a sheet as a table: a million of them are no objects until somebody looks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.results import Problem

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
_FIRST = 8  # of a kind


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


@dataclass(frozen=True)
class Kind:
    """What is wrong in the same way in the same column: how often, and where first."""

    severity: str
    code: str
    count: int
    first: Sequence[Problem]


def kinds(found: Iterable[Problem], most: int) -> tuple[list[Kind], int]:
    """Give the kinds there are, the frequent first, each with its first problems; and how many."""
    rows = table(found)
    named = [pc.fill_null(rows[name], "") for name in ("severity", "code", "header")]
    codes = np.zeros(rows.num_rows, np.int64)
    for column in named:
        encoded = column.combine_chunks().dictionary_encode()
        codes = codes * len(encoded.dictionary) + encoded.indices.to_numpy()
    _, at, own, count = np.unique(codes, return_index=True, return_inverse=True, return_counts=True)
    texts = [(named[0][i].as_py(), named[1][i].as_py()) for i in at.tolist()]
    order = sorted(range(len(at)), key=lambda k: (texts[k][0], -count[k], at[k]))
    some = []
    for kind in order[:most]:
        first = np.flatnonzero(own == kind)[:_FIRST]
        examples = _made(rows.take(pa.array(first)))
        some.append(Kind(*texts[kind], int(count[kind]), examples))
    return some, len(order)


def severities(found: Iterable[Problem]) -> dict[str, int]:
    """Count the problems of each severity."""
    counted = table(found)["severity"].value_counts()
    return {one["values"]: one["counts"] for one in counted.to_pylist()}


def of_severity(found: Iterable[Problem], severity: str) -> Problems:
    """Give those of one severity."""
    return Problems(table(found).filter(pc.field("severity") == severity))


def together(found: Sequence[Problems]) -> Problems:
    """Give the problems of several, in the order of the rows."""
    return joined((), [one.table for one in found])


def of_rows(
    rows: pa.Array,
    header: str | None,
    code: str,
    severity: str,
    params: Mapping[str, pa.Array | str],
) -> pa.Table:
    """Give one problem per row; a param is the same for all, or a column."""
    count, width = len(rows), len(params)
    columns = [_column(value, count) for value in params.values()]
    by_row = np.arange(width * count).reshape(width, count).T.ravel()
    keys = pa.array(list(params), pa.string()).take(pa.array(np.tile(np.arange(width), count)))
    offsets = pa.array(np.arange(0, width * (count + 1), width), pa.int32())
    values = pa.concat_arrays(columns).take(pa.array(by_row))
    same = [_column(value, count) for value in (header, code, severity)]
    return pa.table([rows, *same, pa.MapArray.from_arrays(offsets, keys, values)], schema=_SCHEMA)


def _column(value: pa.Array | str | None, count: int) -> pa.Array:
    is_one = value is None or isinstance(value, str)
    return pa.repeat(pa.scalar(value, pa.string()), count) if is_one else value


def joined(of_sheet: Iterable[Problem], tables: Sequence[pa.Table]) -> Problems:
    """Put the problems of the whole sheet first, then those of rows in the order of the rows."""
    first = table(of_sheet)
    if not tables:
        return Problems(first)
    rest = pa.concat_tables(tables)
    order = np.argsort(rest["row_no"].to_numpy(), kind="stable")
    return Problems(pa.concat_tables([first, rest.take(pa.array(order))]))


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

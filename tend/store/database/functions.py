"""Functions of SQL that are written in Python: what a library fits better than a query could.

They belong to the connection, so every cursor, snapshot and published copy has them.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import duckdb
import pyarrow as pa
from duckdb.func import FunctionNullHandling, PythonUDFType

from tend.store.database import curves

_SERIES = "DOUBLE[]"
_FIT = "STRUCT(alpha DOUBLE, beta DOUBLE, log_likelihood DOUBLE)"
_POINTS = "STRUCT(age DOUBLE, share DOUBLE, low DOUBLE, high DOUBLE, at_risk BIGINT, lost BIGINT)[]"
_FIT_TYPE = pa.struct([(name, pa.float64()) for name in ("alpha", "beta", "log_likelihood")])
_POINTS_TYPE = pa.list_(
    pa.struct(
        [(name, pa.float64()) for name in ("age", "share", "low", "high")]
        + [(name, pa.int64()) for name in ("at_risk", "lost")]
    )
)


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the functions known to a connection and all its cursors."""
    for name, function, takes, gives in (
        ("sbg_fit", _fit, [_SERIES], _FIT),
        ("sbg_projected", _projected, [_SERIES, "INTEGER"], _POINTS),
        ("kaplan_meier", _kaplan_meier, [_SERIES, "BOOLEAN[]"], _POINTS),
    ):
        connection.create_function(
            name,
            function,
            [duckdb.type(one) for one in takes],
            duckdb.type(gives),
            type=PythonUDFType.ARROW,
            null_handling=FunctionNullHandling.SPECIAL,
        )


def _fit(kept: pa.ChunkedArray) -> pa.Array:
    return _each(curves.fit, _FIT_TYPE, kept)


def _projected(kept: pa.ChunkedArray, ages: pa.ChunkedArray) -> pa.Array:
    return _each(curves.projected, _POINTS_TYPE, kept, ages)


def _kaplan_meier(durations: pa.ChunkedArray, is_lost: pa.ChunkedArray) -> pa.Array:
    return _each(curves.kaplan_meier, _POINTS_TYPE, durations, is_lost)


def _each(work: Callable[..., Any], kind: pa.DataType, *columns: pa.ChunkedArray) -> pa.Array:
    """Work row by row; a row with a missing value gives none."""
    told = [
        None if None in given else _plain(work(*given))
        for given in zip(*(column.to_pylist() for column in columns), strict=True)
    ]
    return pa.array(told, kind)


def _plain(result: Any) -> Any:
    if isinstance(result, list):
        return [asdict(one) for one in result]
    return None if result is None else asdict(result)

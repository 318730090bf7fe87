"""Quotes nobody closed: part of a name, but not of the number or date they stand before (M1)."""

from collections.abc import Iterable
from dataclasses import replace

import pyarrow as pa

from tend.ingest.cells import dates, numbers
from tend.ingest.laying_out.body import Body


def without(body: Body, strays: Iterable[tuple[int, int]]) -> Body:
    """Let numbers and dates begin behind such a quote; the cells as they stand keep it."""
    cells = list(body.cells)
    for row, column in inside(body, strays):
        text = str(cells[column][row]).removeprefix('"').strip()
        if numbers.parse(text) is not None or dates.parse(text) is not None:
            rest = cells[column].slice(row + 1)
            cells[column] = pa.concat_arrays(
                [cells[column].slice(0, row), pa.array([text], pa.string()), rest]
            )
    return replace(body, cells=tuple(cells))


def inside(body: Body, strays: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give rows of the body and columns."""
    return [(r - body.first, c) for r, c in strays if 0 <= r - body.first < body.rows]

"""What lies below the header of a sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.cells import arrays
from tend.ingest.laying_out.header_lines import Header


@dataclass(frozen=True)
class Body:
    """The lines below the header, up to the last that is not blank (K9)."""

    headers: tuple[str, ...]
    raw: tuple[pa.Array, ...]  # the file's own cells
    cells: tuple[pa.Array, ...]  # trimmed, blanks null
    first: int  # position of the first line below the header, in the sheet's table
    rows: int
    lines: tuple[tuple[str, ...], ...] = ()  # the header's own lines


def below(table: pa.Table, header: Header, errors: Iterable[tuple[int, int, str]] = ()) -> Body:
    """Cut out what lies below the header, to the last line with a cell or an error in one."""
    lines = table.slice(header.at + 1)
    raw = tuple(_flat(c) for c in lines.columns)
    cells = tuple(arrays.clean(c) for c in raw)
    filled = filled_cells(cells, lines.num_rows)
    wrong = (row - header.at for row, *_ in errors if row < table.num_rows)
    rows = max([0, *(np.flatnonzero(filled)[-1:] + 1).tolist(), *wrong])
    return Body(
        header.names,
        tuple(c.slice(0, rows) for c in raw),
        tuple(c.slice(0, rows) for c in cells),
        header.at + 1,
        rows,
        header.lines,
    )


def _flat(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def filled_cells(
    cells: Sequence[pa.Array], rows: int
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Count the cells of each line that are not blank."""
    count = np.zeros(rows, np.int64)
    for column in cells:
        if column.null_count < len(column):
            count += arrays.mask(pc.is_valid(column))
    return count

"""Where everything of a sheet comes to stand: rows from the top, columns as wide as they need."""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import pyarrow as pa

from tend.handouts.workbook.blocks import Block, Graph, Line, Numbers, Sheet, Table
from tend.handouts.workbook.looks import LOOKS
from tend.queries.kinds import Kind

# Rows of a chart, and the height of a row in points.
GRAPH_ROWS, ROW = 14, 15.0
_NARROWEST, _WIDEST, _FIRST, _NAMED = 8.0, 19.0, 24.0, 40.0
# What a format that says words needs.
_WORDS = 14.0
# Letters a sheet has room for at least, so that its sentence is not cut into a column.
_LEAST = 110.0
_BUTTON = 3.0  # of the filter, in a head
_NUMBERS = (26.0, 22.0, 14.0)
_SIZE = 10.0
# A printed page is about so wide and so high, in points: landscape A4 without its margins.
_PAGE_WIDTH, _PAGE_HEIGHT, _LETTER = 770.0, 470.0, 5.6
# So many rows of a table are looked at for how wide it is.
_LOOKED_AT = 500


def width(text: str) -> float:
    """Give how wide a text is, in letters: those of East Asia are two."""
    return sum(1.8 if unicodedata.east_asian_width(sign) in "WF" else 1.0 for sign in text)


def widths(blocks: Sequence[Block]) -> tuple[float, ...]:
    """Give the width of each column: of all tables that stand in it, within reason."""
    found = [[_FIRST]]  # also where there is no table
    found += [list(_of_table(one)) for one in blocks if isinstance(one, Table)]
    found += [list(_NUMBERS) for one in blocks if isinstance(one, Numbers)]
    columns = max(map(len, found))
    wide = [max(one[place] for one in found if place < len(one)) for place in range(columns)]
    lacking = _LEAST - sum(wide)
    return (*wide, *([_NARROWEST] * math.ceil(max(lacking, 0) / _NARROWEST)))


def rows(block: Block) -> int:
    """Give how many rows of the sheet a block takes."""
    if isinstance(block, Table):
        return int(block.rows.num_rows) + 1
    if isinstance(block, Numbers):
        return len(block.numbers) + 1
    return GRAPH_ROWS if isinstance(block, Graph) else 1


def tops(sheet: Sheet) -> tuple[int, ...]:
    """Give the first row of each block, and the one after the last."""
    return tuple(accumulate(map(rows, sheet.blocks), initial=0))


def height(line: Line, wide: Sequence[float]) -> float:
    """Give the height of a line of text, as it breaks over the width of the sheet."""
    size = float(str(LOOKS[line.look].get("font_size", _SIZE)))
    room = sum(wide) * _SIZE / size * 1.1
    return max(1, math.ceil(width(line.text) / room)) * size * 1.45


def breaks(sheet: Sheet, wide: Sequence[float]) -> Iterator[int]:
    """Give the rows before which a page ends, so that no chart is cut from its title."""
    scale = min(1.0, _PAGE_WIDTH / (sum(wide) * _LETTER))
    room, used = _PAGE_HEIGHT / scale, 0.0
    parts = [n for n, one in enumerate(sheet.blocks) if isinstance(one, Line) and one.begins]
    top = tops(sheet)
    used = sum(_points(one, wide) for one in sheet.blocks[: parts[0]]) if parts else 0.0
    for first, last in pairwise((*parts, len(sheet.blocks))):
        part = sum(_points(one, wide) for one in sheet.blocks[first:last])
        # what is longer than a page anyhow begins where it may
        if used + min(part, room / 2) > room:
            yield top[first]
            used = 0.0
        used = (used + part) % room


def _points(block: Block, wide: Sequence[float]) -> float:
    if isinstance(block, Line):
        return height(block, wide)
    more = sum(n - 1 for _, n in lines(block, wide)) if isinstance(block, Table) else 0
    return (rows(block) + more) * ROW


def lines(table: Table, wide: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Give the rows in which a text breaks, and into how many lines."""
    columns = [
        (wide[place], table.rows.column(place).to_pylist())
        for place, field in enumerate(table.rows.schema)
        if pa.types.is_string(field.type)
    ]
    for row in range(table.rows.num_rows):
        most = max((_broken(values[row], room) for room, values in columns), default=1)
        if most > 1:
            yield row, most


def _broken(text: str | None, room: float) -> int:
    return math.ceil(width(text) / (room * 1.1)) if text else 1


def _of_table(table: Table) -> Iterator[float]:
    """Give how wide the columns of a table are: a head breaks in two, so does a long text."""
    for place, name in enumerate(table.rows.column_names):
        head = width(table.heads[name]) / 2 + _BUTTON
        looked = table.rows.column(name).slice(0, _LOOKED_AT).to_pylist()
        values = (width(_written(value, table.kinds.get(name))) + 3 for value in looked)
        most = table.room.get(name, _WIDEST if place else _NAMED)
        least = _WORDS if name in table.formats else _NARROWEST
        yield min(most, max(least, head, *values, 0.0))
    if table.path:
        yield 16.0


def _written(value: object, kind: Kind | None) -> str:
    """Give about what a cell shows."""
    if value is None:
        return ""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:,.0f}" + " CNY" * (kind is not None and kind.is_money)
    return str(value)

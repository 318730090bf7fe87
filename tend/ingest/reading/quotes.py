"""Quotes of a text file that open a cell nobody closed: ordinary characters, told by row (M1)."""

import csv
import re
from collections import Counter
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MARK = "\ufdd0"  # stands for such a quote while cells are cut; no character of any text
_SAMPLE = (60_000, 200)  # characters and lines that tell how wide a line is
_CELL = re.compile(r'"(?:[^"]++|"")*+"?')
Found = tuple[tuple[int, int], ...]  # row and column of the table


def marked(text: str, delimiter: str) -> str:
    """Mark the quotes that are ordinary: open at the end, or closed where other lines follow."""
    if '"' not in text:
        return text
    plain, width = _plain(delimiter), cache(lambda: _width(text, delimiter))
    parts, done, at = [], 0, 0
    while (at := plain.match(text, at).end()) < len(text):  # type: ignore[union-attr]
        cell = _CELL.match(text, at)
        assert cell is not None
        if not _is_closed(cell[0]) or ("\n" in cell[0] and _holds_lines(cell, delimiter, width())):
            parts += [text[done:at], MARK]
            done = at = at + 1
        else:
            at = cell.end()
    return "".join((*parts, text[done:])) if parts else text


def _plain(delimiter: str) -> re.Pattern[str]:
    """Give what runs over text up to a quoted cell that needs a look; linear, in one go."""
    sign = re.escape(delimiter)
    within = rf'(?<=[^{sign}\n])"'  # inside a cell that has begun without one
    whole = rf'"(?:[^"\n]++|"")*+"(?=[{sign}\r\n]|\Z)'
    return re.compile(rf'(?:[^"]++|{within}|{whole})*+')


def _is_closed(cell: str) -> bool:
    return len(cell) > 1 and cell.endswith('"')


def _holds_lines(cell: re.Match[str], delimiter: str, width: int) -> bool:
    """Tell whether lines of their own stand inside a quoted cell: each as wide as all others.

    Where the closing quote ends a cell properly all of them must be; else the first, or most.
    """
    text, after = cell.string, cell.string[cell.end() : cell.end() + 1]
    first = text.rfind("\n", 0, cell.start()) + 1
    last = text.find("\n", cell.end())
    *above, begun = (text[first : cell.start()] + cell[0][1:-1]).split("\n")
    rest = text[cell.end() : last if last >= 0 else len(text)]
    fit = [_cells(line, delimiter) == width for line in above if line.strip()]
    # the closing quote opens a cell of its line, or is a stray one itself
    fit.append(any(_cells(begun + sign + rest, delimiter) == width for sign in ('"', "")))
    if after in ("", delimiter, "\r", "\n"):
        return len(fit) > 1 and all(fit)
    return fit[0] or 2 * sum(fit) >= len(fit)


def _width(text: str, delimiter: str) -> int:
    """Tell how many cells most lines have, of those whole by themselves if there are any."""
    characters, most = _SAMPLE
    lines = text[:characters].split("\n")[:most]
    read = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    whole = [len(row) for row in read if not any("\n" in cell for cell in row)]
    for counts in (whole, [line.count(delimiter) + 1 for line in lines]):
        widths = Counter(count for count in counts if count > 1)
        if widths:
            return max(widths, key=lambda width: (widths[width], width))
    return 0


def _cells(line: str, delimiter: str) -> int:
    if '"' not in line:
        return line.count(delimiter) + 1
    return len(next(csv.reader([line.rstrip("\r")], delimiter=delimiter), []))


def restored(table: pa.Table) -> tuple[pa.Table, Found]:
    """Give the marked quotes back, and tell in which cells they stand."""
    found = []
    for place, column in enumerate(table.columns):
        holds = pc.match_substring(column, MARK)
        if pc.any(holds).as_py():
            rows = np.flatnonzero(pc.fill_null(holds, False))
            found += [(row, place) for row in rows.tolist()]
            given = pc.replace_substring(column, MARK, '"')
            table = table.set_column(place, table.column_names[place], given)
    return table, tuple(sorted(found))

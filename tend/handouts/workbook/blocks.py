"""What a sheet is made of, from the top: lines of text, headline numbers, tables and charts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from tend.figures.reading import Number
from tend.handouts.workbook.native import Native
from tend.queries.kinds import Kind

# What every sheet begins with: its page, and what it says.
_HEAD = 2


@dataclass(frozen=True)
class Line:
    """A text across the sheet, in one of the looks; a new part keeps together in print."""

    text: str
    look: str = "line"
    begins: bool = False


@dataclass(frozen=True)
class Table:
    """A table under its name in the workbook."""

    name: str
    rows: pa.Table
    heads: Mapping[str, str]
    kinds: Mapping[str, Kind]
    # By column the state of each row, where its words are states.
    states: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    # Columns whose size is drawn as a bar in the cell, and those that a line at the end follows.
    bars: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    path_head: str = ""
    # Columns whose cells are the darker, the lower their rate.
    heat: tuple[str, ...] = ()
    # Formats that say more than a kind does, and columns that need more room than most.
    formats: Mapping[str, str] = field(default_factory=dict)
    room: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Graph:
    """A native chart of a table of the same sheet."""

    of: str
    drawn: Native
    # So many of its rows, from the first; some of them are not finished.
    rows: int
    hollow: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Numbers:
    """The headline numbers: each in a cell of its own that the whole workbook knows by its name."""

    numbers: tuple[Number, ...]
    # By number the table and column whose rows lead to it, drawn as a line beside it.
    paths: Mapping[str, tuple[str, str]]
    heads: tuple[str, str, str, str]


Block = Line | Table | Graph | Numbers


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name and what stands on it, from the top."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def frozen(self) -> int:
        """Give how many blocks stay in sight: its page and finding; a list's whole head."""
        first = next((n for n, one in enumerate(self.blocks) if not isinstance(one, Line)), 0)
        return first if self.keeps_heads else _HEAD

    @property
    def keeps_heads(self) -> bool:
        """Tell whether a table comes first, whose heads stay in sight with it."""
        first = next((one for one in self.blocks if not isinstance(one, Line)), None)
        tables = [one for one in self.blocks if isinstance(one, Table)]
        return first is not None and [first] == tables

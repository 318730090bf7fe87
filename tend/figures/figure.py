"""One figure of a page as one value; the texts are found by its name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tend.view import View

GROUP, SPLIT, WINDOW = "group", "split", "window"
Chart = Callable[[str, bool], dict[str, object]]
Finding = Callable[[pa.Table, str], str | None]


@dataclass(frozen=True)
class Figure:
    """One figure: a named query, how it is asked, and how it is shown."""

    name: str
    query: str
    chart: Chart | None = None
    # How the page's view becomes this cell's view, e.g. a trend that looks further back.
    ask: Callable[[View], View] = lambda view: view
    # What the data say, for the title; without it the title is the question.
    finding: Finding | None = None
    # All segments together as one more row: what to compare with.
    with_total: bool = False
    # Columns of the table, those one decides by first; none: all of the query.
    columns: tuple[str, ...] = ()
    # Parameters that only this cell sets.
    given: tuple[tuple[str, object], ...] = ()
    # What a selected mark tells, column by column: GROUP or SPLIT (a value of the figure's first
    # or second grouping), WINDOW (a period that becomes the window of the list), a dimension, or a
    # parameter of the list. Nothing: marks cannot be selected.
    behind: tuple[tuple[str, str], ...] = ()
    # The figure that lists what stands behind a mark, the column that counts its rows, and the
    # parameters that every such list is asked with.
    listed: str = "contracts_behind"
    counts: str = "contracts"
    narrowed: tuple[tuple[str, object], ...] = ()
    # A row with a bar for each of several codes: what the mark tells last, each with its count.
    bars: tuple[tuple[str, str], ...] = ()
    # The column that is empty where a mark is computed: its list is what it was computed from.
    seen: str | None = None
    # A figure whose data end the title, and what they say there: a forecast with its record.
    record: tuple[str, Finding] | None = None
    # Data sets without whose newest rows it would mislead: it says where each of them ends.
    stands_on: tuple[str, ...] = ()
    # The column that names what a selected mark opens, where a mark is one customer.
    opens: str | None = None

    @property
    def tells(self) -> tuple[str, ...]:
        """Name the columns whose codes a selected mark tells."""
        return (self.opens,) if self.opens else tuple(column for column, _ in self.behind)

    def key(self, part: str) -> str:
        """Give the key of one of the figure's texts; they stand in the folder of its subject."""
        return f"figures.{self.name}.{part}"


def code_of(column: str) -> str:
    """Name the column of a chart's data that holds the codes of a column in words."""
    return f"{column}_code"


def told(code: object) -> str:
    """Write a code as marks and addresses tell it; a missing value is "unknown" (D4)."""
    return "unknown" if code is None else str(code)


def tile(name: str, query: str, **how: Any) -> Figure:
    """Give the figure of a tile: it has no marks, and is picked as a whole."""
    return Figure(f"tile_{name}", query, **how)

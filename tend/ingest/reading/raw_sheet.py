"""A sheet as it lies in the file: its cells as text, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tend.ingest.results import Decision

if TYPE_CHECKING:
    import pyarrow as pa


class Merge(NamedTuple):
    """A block of merged cells, by positions in `cells`."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class RawSheet:
    """A sheet's cells as text, columns c0, c1, ..."""

    name: str
    hidden: bool
    first_row: int  # the spreadsheet's number of the table's first row
    errors: tuple[tuple[int, int, str], ...]  # row and column in `cells`, the error's text or ""
    typed: bool  # numbers and dates come typed (Excel), not as people wrote them (text files)
    cells: pa.Table
    decisions: tuple[Decision, ...] = ()
    merges: tuple[Merge, ...] = ()
    first_column: int = 1
    strays: tuple[tuple[int, int], ...] = ()  # row and column in `cells` of quotes nobody closed
    file: str = ""  # what the file is called

    @property
    def called(self) -> tuple[str, ...]:
        """Give what sheet and file are called, the sheet first."""
        return (self.name, self.file)

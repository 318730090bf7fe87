"""Untidy and broken files, made by code, each with what has to come of it.

Most say the same two facts in another form, so that what has to come is the same for all of them.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from tend.ingest.results import Limits, Options

Rows = Sequence[Sequence[object]]
Fact = tuple[object, ...]

HEAD = ["客户名称", "到期日", "合同金额", "是否续费"]
ONE, TWO = ["甲公司", "2024-03-31", 12000, "是"], ["乙公司", "2024-06-30", 8000, "否"]
LEDGER: list[list[object]] = [list(HEAD), list(ONE), list(TWO)]
# customer, last day, amount, outcome
FACTS: tuple[Fact, ...] = (
    ("甲公司", dt.date(2024, 3, 31), 12000.0, "renewed"),
    ("乙公司", dt.date(2024, 6, 30), 8000.0, "lost"),
)


@dataclass(frozen=True)
class Want:
    """What a sheet has to give."""

    dataset: str | None = "contracts"
    accepted: int = 2
    rejected: int = 0
    skipped: int = 0
    facts: tuple[Fact, ...] | None = FACTS
    codes: frozenset[str] = frozenset()  # of problems, but unknown customers
    decided: frozenset[str] = frozenset()  # among the decisions
    reason: str | None = None


@dataclass(frozen=True)
class Case:
    """A file: how it is made, and what its sheets give or why it is refused."""

    name: str  # with its ending
    make: Callable[[Path], None]
    sheets: tuple[Want, ...] = (Want(),)
    error: str | None = None
    options: Options = field(default_factory=Options)


def want(*, codes: str = "", decided: str = "", **changes: Any) -> Want:
    """Give a Want with codes and decisions as words."""
    return Want(codes=frozenset(codes.split()), decided=frozenset(decided.split()), **changes)


def nothing(reason: str, skipped: int) -> Want:
    """Give what a sheet gives that is listed, not read."""
    return Want(None, 0, 0, skipped, None, reason=reason)


def book(
    sheets: Mapping[str, Rows] | Rows, change: Callable[[Any], None] = lambda _book: None
) -> Callable[[Path], None]:
    """Make a workbook of sheets, or of one; `change` gets the open book."""

    def make(path: Path) -> None:
        made = openpyxl.Workbook()
        made.remove(made.worksheets[0])
        for name, rows in (sheets if isinstance(sheets, Mapping) else {"合同": sheets}).items():
            page = made.create_sheet(name)
            for r, row in enumerate(rows, start=1):
                for c, value in enumerate(row, start=1):
                    page.cell(r, c, value)
        change(made)
        # Saved under a name openpyxl takes; the test may want another ending.
        made.save(path)

    return make


def raw(data: bytes) -> Callable[[Path], None]:
    """Make a file of these bytes."""

    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


def refused(
    name: str, code: str, make: Callable[[Path], None], limits: Limits | None = None
) -> Case:
    """Give a case that has to be refused."""
    return Case(name, make, (), code, Options(limits=limits or Limits()))

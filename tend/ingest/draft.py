"""A sheet on its way: its typed columns and what was found in its rows."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.layout import Body
from tend.ingest.mapping import Choice
from tend.ingest.model import Decision, Problem
from tend.ingest.sheet import Sheet
from tend.ingest.values import Mask

REJECTED, WARNING = "rejected", "warning"


@dataclass(frozen=True)
class Finding:
    """One kind of problem, in all the rows that have it."""

    rows: Mask
    code: str
    severity: str
    position: int | None  # the file's column
    params: Mapping[str, str] = field(default_factory=dict)
    about: Callable[[int], Mapping[str, str]] | None = None  # params that differ by row


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Hold back the collector of cycles: among 100,000 new problems it takes half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(eq=False)
class Draft:
    """What is known of a sheet so far; `typed` holds only columns the sheet has."""

    sheet: Sheet
    name: str
    body: Body
    choice: Choice
    skip: Mask
    row_no: np.ndarray[tuple[int], np.dtype[np.int64]]
    typed: dict[str, pa.Array] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    of_sheet: list[Problem] = field(default_factory=list)
    errors: Mapping[int, Mapping[int, str]] = field(default_factory=dict)  # column -> row -> text
    dropped: Mask = field(
        default_factory=lambda: np.zeros(0, bool)
    )  # accepted, merged into another row

    def __post_init__(self) -> None:
        self.dropped = np.zeros(self.body.rows, bool)

    def find(
        self,
        rows: Mask,
        code: str,
        severity: str,
        column: str | int | None = None,
        about: Callable[[int], Mapping[str, str]] | None = None,
        **params: str,
    ) -> None:
        """Note a problem of some rows; lines that are no data have none."""
        rows = rows & ~self.skip
        if rows.any():
            position = self.choice.columns.get(column) if isinstance(column, str) else column
            self.findings.append(Finding(rows, code, severity, position, params, about))

    def find_in_sheet(self, code: str, **params: str) -> None:
        """Note a problem of the whole sheet."""
        self.of_sheet.append(Problem(None, params.get("column"), code, WARNING, params))

    def decide(self, code: str, position: int | None = None, **params: str) -> None:
        """Note what was decided for a column, or for the whole sheet."""
        header = "" if position is None else self.body.headers[position]
        decision = Decision(header, code, {"column": header, **params})
        if decision not in self.decisions:
            self.decisions.append(decision)

    def rejected(self) -> Mask:
        """Tell which rows are rejected so far."""
        found = np.zeros(self.body.rows, bool)
        for finding in self.findings:
            if finding.severity == REJECTED:
                found |= finding.rows
        return found

    def accepted(self) -> Mask:
        """Tell which rows stand so far."""
        return ~self.skip & ~self.rejected()

    def warned(self) -> Mask:
        """Tell which accepted rows have a warning."""
        found = np.zeros(self.body.rows, bool)
        for finding in self.findings:
            if finding.severity == WARNING:
                found |= finding.rows
        return found & self.accepted()

    def column(self, name: str, type_: pa.DataType) -> pa.Array:
        """Give a typed column, all null where the sheet has none."""
        return self.typed[name] if name in self.typed else pa.nulls(self.body.rows, type_)

    def has(self, name: str) -> Mask:
        """Tell in which rows a typed column has a value."""
        if name not in self.typed:
            return np.zeros(self.body.rows, bool)
        return pc.is_valid(self.typed[name]).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]

    def problems(self) -> tuple[Problem, ...]:
        """Give every finding as one problem per row, in the order of the rows."""
        rejected = self.rejected()
        found: list[Problem] = []
        with _no_collecting():
            for finding in self.findings:
                stands = finding.severity == REJECTED
                rows = np.flatnonzero(finding.rows if stands else finding.rows & ~rejected)
                found += self._of_rows(finding, rows)
        found.sort(key=lambda problem: problem.row or 0)
        return (*self.of_sheet, *found)

    def _of_rows(self, finding: Finding, rows: np.ndarray[tuple[int], Any]) -> Iterator[Problem]:
        """Give the problems of one finding; the cells of all its rows are fetched at once."""
        header, cells = None, [""] * len(rows)
        if finding.position is not None:
            header = self.body.headers[finding.position]
            cells = self.body.raw[finding.position].take(pa.array(rows)).to_pylist()
        numbers = self.row_no[rows].tolist()
        for row, number, cell in zip(rows.tolist(), numbers, cells, strict=True):
            value = (cell or "").removesuffix(" 00:00:00")[:80]
            params = {"row": str(number), "column": header or "", "value": value, **finding.params}
            if finding.about:
                params.update(finding.about(row))
            yield Problem(number, header, finding.code, finding.severity, params)

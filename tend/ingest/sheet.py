"""A sheet on its way: its typed columns and what was found in its rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest import problems
from tend.ingest.cells.arrays import Mask
from tend.ingest.cells.numbers import NO_MARK, Mark
from tend.ingest.laying_out.body import Body
from tend.ingest.mapping.choice import Choice
from tend.ingest.problems import Problems
from tend.ingest.reading.raw_sheet import RawSheet
from tend.ingest.results import Decision, Problem, Question
from tend.schema import DATASETS, DataSet

REJECTED, WARNING = "rejected", "warning"
_SHOWN, _NAMED = 120, 12  # characters of a key, and how many are named


@dataclass(frozen=True)
class Finding:
    """One kind of problem, in all the rows that have it."""

    rows: Mask
    code: str
    severity: str
    position: int | None  # the file's column
    params: Mapping[str, str] = field(default_factory=dict)
    about: Callable[[int], Mapping[str, str]] | None = None  # params that differ by row


@dataclass(eq=False)
class Sheet:
    """What is known of a sheet so far; `typed` holds only columns the sheet has."""

    raw: RawSheet
    body: Body
    choice: Choice
    skip: Mask
    row_no: np.ndarray[tuple[int], np.dtype[np.int64]]
    typed: dict[str, pa.Array] = field(default_factory=dict)
    unreadable: dict[str, Mask] = field(default_factory=dict)  # typed column -> rows
    findings: list[Finding] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    asked_of: dict[str, Mask] = field(default_factory=dict)  # rows, by the key of a question
    statuses: Mapping[str, str] = field(default_factory=dict)  # status word -> meaning
    reasons: Mapping[str, str] = field(default_factory=dict)  # word of a loss reason -> group
    sizes: Mapping[str, str] = field(default_factory=dict)  # word of a size -> band
    answers: Mapping[str, str] = field(default_factory=dict)  # given by somebody, now or before
    said: Mapping[str, str] = field(default_factory=dict)  # of these, those given now
    of_sheet: list[Problem] = field(default_factory=list)
    parts: tuple[int, ...] = ()  # the columns that tell parts of a number apart
    users: tuple[Mask, Mask] | None = None  # usage: rows that count as an active user, as none
    titles: tuple[str, ...] = ()  # its name and the lines above its header
    currency: str = ""  # which the workspace takes from it
    mark: Mark = NO_MARK  # the decimal mark where a column cannot say it
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

    def ask(
        self,
        code: str,
        answers: Sequence[str],
        position: int | None = None,
        about: str = "",
        rows: Mask | None = None,
        **params: str,
    ) -> str:
        """Ask for one of some answers; give what was answered, or the first until then.

        Of several questions of one column, `about` tells which; `rows` are those it is about.
        """
        header = "" if position is None else self.body.headers[position]
        key = self.key(code, position, about)
        given = self.answers.get(key, "")
        is_answered = given in answers
        taken = given if is_answered else answers[0]
        said = {"column": header, **params}
        self.questions.append(Question(key, code, taken, tuple(answers), header, said, is_answered))
        if rows is not None:
            self.asked_of[key] = rows
        return taken

    def key(self, code: str, position: int | None = None, about: str = "") -> str:
        """Give the key of a question, under which its answer is kept."""
        header = "" if position is None else self.body.headers[position]
        return ":".join(part for part in (code, header, about) if part)

    def tell_unasked(self) -> None:
        """Warn of answers given now that fit no question, so that none is lost in silence."""
        asked = {question.key: question.answers for question in self.questions}
        for key, answer in self.said.items():
            known = asked.get(key, tuple(asked))
            if answer not in asked.get(key, ()):
                named = ", ".join(one[:_SHOWN] for one in known[:_NAMED]) or "–"
                told = {"key": key[:_SHOWN], "answer": answer[:_SHOWN], "known": named}
                self.find_in_sheet("answer_unknown", **told)

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

    @property
    def dataset(self) -> DataSet:
        """Give the data set the sheet is one of."""
        return DATASETS[self.choice.dataset]

    def first_of(self, names: Iterable[str]) -> str | None:
        """Give the first of these columns that the sheet has."""
        return next((name for name in names if name in self.choice.columns), None)

    def has_any(self, names: Iterable[str]) -> Mask:
        """Tell in which rows one of these columns has a value."""
        found: Mask = np.logical_or.reduce([self.has(name) for name in names])
        return found

    def column(self, name: str, type_: pa.DataType) -> pa.Array:
        """Give a typed column, all null where the sheet has none."""
        return self.typed[name] if name in self.typed else pa.nulls(self.body.rows, type_)

    def has(self, name: str) -> Mask:
        """Tell in which rows a typed column has a value."""
        if name not in self.typed:
            return np.zeros(self.body.rows, bool)
        return pc.is_valid(self.typed[name]).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]

    def problems(self) -> Problems:
        """Give every finding as one problem per row, in the order of the rows."""
        rejected = self.rejected()
        tables = []
        for finding in self.findings:
            stands = finding.severity == REJECTED
            rows = np.flatnonzero(finding.rows if stands else finding.rows & ~rejected)
            if len(rows):
                tables.append(self._of_rows(finding, rows))
        return problems.joined(self.of_sheet, tables)

    def _of_rows(self, finding: Finding, rows: np.ndarray[tuple[int], Any]) -> pa.Table:
        """Give the problems of one finding; a million of them are no million objects."""
        header, cells = None, pa.nulls(len(rows), pa.string())
        if finding.position is not None:
            header = self.body.headers[finding.position]
            cells = self.body.raw[finding.position].take(pa.array(rows))
        numbers = pa.array(self.row_no[rows], pa.int32())
        params: dict[str, pa.Array | str] = {
            "row": pc.cast(numbers, pa.string()),
            "column": header or "",
            "value": _shown(cells),
            **finding.params,
        }
        if finding.about:
            by_row = [finding.about(row) for row in rows.tolist()]
            params |= {
                key: pa.array([own[key] for own in by_row], pa.string()) for key in by_row[0]
            }
        return problems.of_rows(numbers, header, finding.code, finding.severity, params)


def _shown(cells: pa.Array) -> pa.Array:
    """Give the beginning of each cell; the midnight of a day without a time is no part of it."""
    days = pc.replace_substring_regex(cells, " 00:00:00$", "")
    return pc.fill_null(pc.utf8_slice_codeunits(days, 0, 80), "")

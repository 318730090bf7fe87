"""What an import did, as pages and `import --json` tell it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tend.ingest.mapping import missing
from tend.ingest.problems import Problems
from tend.ingest.results import Decision, FileResult, Problem, Question, SheetResult
from tend.language.errors import TendError
from tend.store.facts import warnings
from tend.store.workspace import Workspace

_NAMED = 20  # sheets that are named


@dataclass(frozen=True)
class SheetReport:
    """One sheet: rows = accepted + rejected + skipped, always."""

    sheet: str
    dataset: str | None
    reason: str | None
    rows: int
    accepted: int
    rejected: int
    skipped: int
    warnings: int
    mapping: Mapping[str, str]
    unused: tuple[str, ...]
    problems: Sequence[Problem]
    decisions: tuple[Decision, ...] = ()
    questions: tuple[Question, ...] = ()
    columns: tuple[str, ...] = ()

    def missing(self, language: str) -> tuple[str, ...]:
        """Name what the data set needs and no header gives."""
        if self.dataset is None:
            return ()
        return missing.labels(self.dataset, [*self.columns, *self.mapping.values()], language)

    def as_json(self, language: str) -> dict[str, object]:
        """Give the documented object of `import --json`."""
        return {
            "sheet": self.sheet,
            "dataset": self.dataset,
            "rows": self.rows,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "skipped": self.skipped,
            "warnings": self.warnings,
            "reason": self.reason,
            "mapping": dict(self.mapping),
            "unused": list(self.unused),
            "missing": list(self.missing(language)),
            "decisions": [
                {"column": one.header or None, "code": one.code, "message": one.message(language)}
                for one in self.decisions
            ],
            "questions": [_question(one, language) for one in self.questions],
            "problems": [
                {
                    "row": problem.row,
                    "column": problem.column,
                    "code": problem.code,
                    "severity": problem.severity,
                    "message": problem.message(language),
                }
                for problem in self.problems
            ],
        }


def _question(one: Question, language: str) -> dict[str, object]:
    return {
        "key": one.key,
        "column": one.header or None,
        "message": one.message(language),
        "taken": one.taken,
        "answers": {answer: one.answer(answer, language) for answer in one.answers},
    }


@dataclass(frozen=True)
class ImportReport:
    """One file: its import, or the error for which it was not imported."""

    file: str
    import_id: int | None = None
    unchanged: bool = False
    sheets: tuple[SheetReport, ...] = field(default=())
    error: TendError | None = None

    @property
    def rejected(self) -> int:
        """Count the rejected rows of all sheets."""
        return sum(sheet.rejected for sheet in self.sheets)

    @property
    def accepted(self) -> int:
        """Count the accepted rows of all sheets."""
        return sum(sheet.accepted for sheet in self.sheets)

    def as_json(self, language: str = "en") -> dict[str, object]:
        """Give the documented object of `import --json`."""
        told: dict[str, object] = {
            "file": self.file,
            "import_id": self.import_id,
            "sheets": [sheet.as_json(language) for sheet in self.sheets],
            "error": None,
        }
        if self.unchanged:
            told["unchanged"] = True
        if self.error is not None:
            told["error"] = {"code": self.error.code, "message": self.error.message(language)}
        return told


def of_sheet(sheet: SheetResult) -> SheetReport:
    """Report a sheet as it was read."""
    return SheetReport(
        sheet.name,
        sheet.dataset,
        sheet.reason,
        sheet.rows,
        sheet.accepted,
        sheet.rejected,
        sheet.skipped,
        sheet.warnings,
        sheet.mapping,
        sheet.unused,
        sheet.problems,
        sheet.decisions,
        sheet.questions,
        sheet.columns,
    )


def lacking(result: FileResult) -> TendError | None:
    """Say which column a file lacks, or that none of its rows could be accepted (M24, M23)."""
    if any(sheet.accepted for sheet in result.sheets):
        return None
    found = [p for s in result.sheets for p in s.problems if p.code == "missing_columns"]
    if found:
        return TendError("missing_columns", **found[0].params)
    return TendError("nothing_accepted", file=result.name)


def without_sheet(named: Iterable[str], sheets: Iterable[str]) -> TendError | None:
    """Say for which sheet something was chosen that is not there, so that no choice is lost."""
    there = list(dict.fromkeys(sheets))
    known = {*there, *(Path(sheet).stem for sheet in there)}
    lost = next((sheet for sheet in named if sheet not in known), None)
    return TendError("no_such_sheet", sheet=lost, known=", ".join(there[:_NAMED])) if lost else None


def of_file(result: FileResult, error: TendError | None) -> ImportReport:
    """Report a file that was not imported."""
    return ImportReport(result.name, sheets=tuple(map(of_sheet, result.sheets)), error=error)


def with_reading(report: ImportReport, reading: ImportReport) -> ImportReport:
    """Give what an import did together with what was decided and asked when its file was read."""
    sheets = zip(report.sheets, reading.sheets, strict=True)
    told = [
        replace(kept, decisions=read.decisions, questions=read.questions, columns=read.columns)
        for kept, read in sheets
    ]
    return replace(report, sheets=tuple(told))


def again(workspace: Workspace, report: ImportReport) -> ImportReport:
    """Report an import once more, when all files of one step are in (M25)."""
    if report.import_id is None:
        return report
    number, same = report.import_id, report.unchanged
    kept = workspace.read(lambda cursor: of_import(cursor, number, unchanged=same))
    return with_reading(kept, report)


def of_import(
    cursor: duckdb.DuckDBPyConnection, import_id: int, *, unchanged: bool = False
) -> ImportReport:
    """Report an import as the workspace keeps it."""
    named = cursor.execute("select file from imports where import_id = ?", [import_id]).fetchone()
    if named is None:
        raise TendError("unknown_import", import_id=import_id)
    found = cursor.execute(
        "select sheet_no, row_no, header, code, severity, params from problems"
        " where import_id = ? order by all",
        [import_id],
    ).to_arrow_table()
    unlisted = warnings.unlisted(cursor, import_id)
    fresh = _rows(unlisted) - _rows(found)
    found = pa.concat_tables([found, unlisted.select(found.column_names).cast(found.schema)])
    sheets = cursor.execute(
        "select name as sheet, dataset, reason, count_rows as rows, accepted, rejected, skipped,"
        " warnings, mapping, unused from sheets where import_id = ? order by sheet_no",
        [import_id],
    ).to_arrow_table()
    numbers = range(1, sheets.num_rows + 1)  # as they were counted at the import
    reports = tuple(
        SheetReport(
            **{
                **row,
                "mapping": dict(row["mapping"]),
                "unused": tuple(row["unused"]),
                "warnings": row["warnings"] + sum(sheet == number for sheet, _ in fresh),
                "problems": _of_sheet(found, number),
            }
        )
        for number, row in zip(numbers, sheets.to_pylist(), strict=True)
    )
    return ImportReport(named[0], import_id, unchanged, reports)


def _rows(found: pa.Table) -> set[tuple[int, int]]:
    """Give the rows that problems name, each by its sheet."""
    return set(zip(found["sheet_no"].to_pylist(), found["row_no"].to_pylist(), strict=True))


def _of_sheet(found: pa.Table, number: int) -> Problems:
    return Problems(found.filter(pc.field("sheet_no") == number).drop_columns("sheet_no"))

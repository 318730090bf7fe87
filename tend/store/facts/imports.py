"""Imports: read -> map -> check -> commit in one transaction, and the history of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import duckdb

from tend import ingest
from tend.ingest.results import FileResult, Known, Limits, Options, Remembered
from tend.language.errors import TendError
from tend.settings.company import Settings
from tend.store.database.clock import now
from tend.store.derived import staging
from tend.store.erased import leaving_out, marks, stand_in, uploads
from tend.store.facts import answered, currency, readings, reports, rows, warnings
from tend.store.facts.reports import ImportReport
from tend.store.people import own
from tend.store.workspace import Workspace

Mode = Literal["merge", "replace"]
Progress = Callable[[str, float], None]


class _SameImportError(Exception):
    """The same content is already imported in the same mode, by the import of this number."""


@dataclass(frozen=True)
class ImportOptions:
    """How a file is to be imported."""

    mode: Mode = "merge"
    strict: bool = False
    date_order: str | None = None
    encoding: str | None = None
    datasets: Mapping[str, str] = field(default_factory=dict)
    # What the user says the headers of a sheet mean; remembered by the header for the next time.
    mappings: Mapping[str, Remembered] = field(default_factory=dict)
    is_alone: bool = False  # what is chosen for sheets is chosen for those of this file

    @property
    def named(self) -> tuple[str, ...]:
        """Name the sheets for which something is chosen."""
        return tuple(dict.fromkeys((*self.datasets, *self.mappings)))


def import_file(
    workspace: Workspace,
    path: Path,
    *,
    name: str | None = None,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import one file; what is wrong with it is in the report. Raises TendError when locked."""
    chosen = options or ImportOptions()
    result = read(workspace, path, name=name, options=chosen, progress=progress)
    if result.error is not None:
        return reports.of_file(result, result.error)
    sheets = [sheet.name for sheet in result.sheets]
    if chosen.is_alone and (lost := reports.without_sheet(chosen.named, sheets)):
        return reports.of_file(result, lost)
    if chosen.strict and (count := sum(sheet.rejected for sheet in result.sheets)):
        error = TendError("rejected_strict", file=result.name, count=count)
        return reports.of_file(result, error)
    if not any(sheet.dataset for sheet in result.sheets):
        return reports.of_file(result, TendError("nothing_to_import", file=result.name))
    if lacking := reports.lacking(result):
        return reports.of_file(result, lacking)
    return commit(
        workspace,
        result,
        mode=chosen.mode,
        mappings=chosen.mappings,
        progress=progress,
    )


def read(
    workspace: Workspace,
    path: Path,
    *,
    name: str | None = None,
    options: ImportOptions | None = None,
    given: Known | None = None,
    progress: Progress | None = None,
) -> FileResult:
    """Read and check a file, held against the workspace or what is `given`; nothing is written.

    Raises TendError for who may not bring files in: reading takes the machine, and tells of others.
    """
    workspace.require("import")
    chosen = read_options(workspace, options)
    result = ingest.prepare(
        path, lambda: given or known(workspace), chosen, name=name, progress=progress
    )
    kept = leaving_out.left_out(workspace.read(marks.book), result)
    return result if kept is result else replace(kept, reading=readings.fingerprint(result))


def same_import(workspace: Workspace, result: FileResult, mode: Mode) -> int | None:
    """Give the import that counts and read the same content in the same way and mode (K6)."""
    number, is_same = workspace.read_for(
        "import", lambda cursor: readings.before(cursor, result, mode)
    )
    return number if is_same else None


def is_other_reading(workspace: Workspace, result: FileResult, mode: Mode) -> bool:
    """Tell whether the same content is in already, read in another way (M23)."""
    number, is_same = workspace.read_for(
        "import", lambda cursor: readings.before(cursor, result, mode)
    )
    return number is not None and not is_same


def commit(
    workspace: Workspace,
    result: FileResult,
    *,
    mode: Mode = "merge",
    mappings: Mapping[str, Remembered] | None = None,
    also: Callable[[duckdb.DuckDBPyConnection], object] = lambda _cursor: None,
    progress: Progress | None = None,
) -> ImportReport:
    """Put a checked file into the workspace: all of it, or nothing; what is done `also` with it.

    The same content read alike in the same mode, while its import counts, changes nothing (K6);
    read in another way it takes the place of the first reading (M23).
    `mappings` are the sheets' mappings that the user confirmed. While somebody else's import is
    under way, this one waits for its turn and says so by `progress`.
    """
    try:
        is_answered = any(one.answers for one in (mappings or {}).values())
        _refuse_same(workspace, result, mode, is_answered=is_answered)
        with workspace.together(progress), workspace.turn(progress):
            # nobody else can be first from here on
            _refuse_same(workspace, result, mode, is_answered=is_answered)
            kept = uploads.keeping(workspace, result, read_options(workspace))
            with kept, workspace.writing("import") as cursor:
                who = workspace.person.name
                import_id, settings = put(cursor, result, mode, mappings or {}, who)
                uploads.note(cursor, workspace.uploads, result)
                warnings.add(cursor, import_id, settings)
                also(cursor)
    except _SameImportError as error:
        [same] = error.args
        return _reported(workspace, result, same, unchanged=True)
    return _reported(workspace, result, import_id, unchanged=False)


def _reported(
    workspace: Workspace, result: FileResult, number: int, *, unchanged: bool
) -> ImportReport:
    """Report an import; where others brought it in and it is of others, as it was read just now."""
    reading = reports.of_file(result, None)
    try:
        told = workspace.read(lambda cursor: reports.of_import(cursor, number, unchanged=unchanged))
    except TendError:
        return replace(reading, import_id=number, unchanged=unchanged)
    return reports.with_reading(told, reading)


def put(
    cursor: duckdb.DuckDBPyConnection,
    result: FileResult,
    mode: Mode,
    mappings: Mapping[str, Remembered],
    who: str,
) -> tuple[int, Settings]:
    """Put a file in with all that comes of it; give the number of its import, and the settings."""
    is_open = currency.is_open(cursor)
    import_id = _insert(cursor, result, mode, who)
    if is_open:
        currency.take(cursor, result, import_id, who)
    settings = answered.keep(cursor, result, mappings, who)
    staging.update(cursor)
    return import_id, settings


def _insert(cursor: duckdb.DuckDBPyConnection, result: FileResult, mode: Mode, who: str) -> int:
    """Put a file's rows behind those that are there; give the number of its import.

    Another reading of a content that is there takes the place of the first, and its number (M23).
    """
    number, is_same = readings.before(cursor, result, mode)
    at = stand_in.erased_at(cursor, result.content_hash)
    if number is not None and not is_same and at is not None:
        raise TendError("file_erased", file=result.name, day=at.date())
    if number is None:
        number = rows.insert_import(cursor, result.name, result.content_hash, mode, who)
    else:
        rows.delete(cursor, number)
        cursor.execute("update imports set reread_at = ? where import_id = ?", [now(), number])
    asked = "update imports set reading = ? where import_id = ?"
    cursor.execute(asked, [readings.fingerprint(result), number])
    rows.insert_sheets(cursor, number, result)
    return number


def undo(workspace: Workspace, import_id: int) -> None:
    """Take an import back as if it had never been.

    Raises TendError for an unknown one, and for one that the person may not take back.
    """
    right = workspace.read(lambda cursor: own.right_to_undo(cursor, workspace.person, import_id))
    with workspace.writing(right, what="undo") as cursor:
        own.check_entry(cursor, workspace.person, import_id)
        who = workspace.person.name
        rows.mark_undone(cursor, import_id, who)
        staging.update(cursor)
        currency.let_go(cursor, import_id, who)


def known(workspace: Workspace) -> Known:
    """Give what the checks hold a file against: the customer list as it is."""
    return workspace.read_for("import", lambda cursor: readings.known(cursor, workspace.settings))


def history(workspace: Workspace) -> list[dict[str, object]]:
    """List all imports, the newest first: who, when, which file, how many rows."""
    return workspace.read(_history)


def _history(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    found = cursor.execute(
        "select imports.import_id, imported_at, who, file, mode, origin, undone_at, undone_by,"
        " list(distinct dataset order by dataset) filter (where dataset is not null) as datasets,"
        " sum(accepted)::bigint as accepted, sum(rejected)::bigint as rejected,"
        " sum(skipped)::bigint as skipped, sum(warnings)::bigint as warnings"
        " from imports left join sheets using (import_id) group by all order by import_id desc"
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def status(workspace: Workspace) -> dict[str, list[dict[str, object]]]:
    """Give the documented object of `status --json`: imports; data sets, rows, newest day."""
    asked = "select dataset, count_rows, latest from stg_data_sets"
    found = workspace.read(lambda cursor: cursor.execute(asked).fetchall())
    return {
        "imports": history(workspace),
        "datasets": [
            {"dataset": dataset, "rows": count, "latest": latest}
            for dataset, count, latest in found
        ],
    }


def read_options(workspace: Workspace, chosen: ImportOptions | None = None) -> Options:
    """Give how a file is read: as is chosen for it, within the limits of the settings."""
    options, settings = chosen or ImportOptions(), workspace.settings
    mega = 1024 * 1024
    limits = Limits(
        seconds=settings.read_seconds,
        memory_bytes=settings.read_memory_mb * mega,
        file_bytes=int(settings.file_mb * mega),
        unpacked_bytes=int(settings.unpacked_mb * mega),
        rows=settings.csv_rows,
        columns=settings.sheet_columns,
        sheets=settings.sheets,
    )
    return Options(
        date_order=options.date_order,
        datasets=options.datasets,
        limits=limits,
        mappings=options.mappings,
        encoding=options.encoding,
        time_zone=settings.time_zone,
    )


def _refuse_same(
    workspace: Workspace, result: FileResult, mode: Mode, *, is_answered: bool
) -> None:
    """Raise where nothing would change; an answer may, though its facts are the same."""
    if not is_answered and (same := same_import(workspace, result, mode)) is not None:
        raise _SameImportError(same)

"""Kept files by the hash of their content: as they came, or what is left of them."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from tend import ingest
from tend.ingest.results import Cells, FileResult, Options, Rows
from tend.language.errors import TendError
from tend.store.copies import folder
from tend.store.database import trouble
from tend.store.database.clock import now
from tend.store.erased import leaving_out, stand_in
from tend.store.erased.stand_in import Row
from tend.store.workspace import Workspace


def place(workspace: Workspace, name: str, content_hash: str) -> Path:
    """Give where a file of that name and content is kept."""
    return workspace.uploads / f"{content_hash}{Path(name).suffix.lower()}"


def own_file(workspace: Workspace, name: str, content_hash: str) -> Path | None:
    """Give a kept file to be taken along; nothing where it is gone, or rows of it are not seen."""
    is_theirs = workspace.person.may("export") and workspace.person.sees.is_whole
    kept = place(workspace, name, content_hash)
    return kept if is_theirs and kept.exists() else None


@contextlib.contextmanager
def keeping(workspace: Workspace, result: FileResult, options: Options) -> Iterator[None]:
    """Keep the file by its hash, renamed into place; it goes again where the import fails.

    Of one that names who was erased, only what else it says is kept.
    """
    left = stand_in.place(workspace.uploads, result.content_hash)
    kept = left if result.erased else place(workspace, result.name, result.content_hash)
    is_known = workspace.read(lambda cursor: stand_in.erased_at(cursor, result.content_hash))
    if kept.exists() or is_known:
        yield
        return
    part = kept.with_suffix(".part")
    try:
        with trouble.told(workspace.path):
            if result.erased:
                _write_left(part, result, options)
            else:
                shutil.copyfile(result.path, part)
            part.replace(kept)
        yield
    except BaseException:
        for half in (part, kept):
            half.unlink(missing_ok=True)
        raise


def note(cursor: duckdb.DuckDBPyConnection, uploads: Path, result: FileResult) -> None:
    """Write down that only a part of a file is kept, in the transaction of its import."""
    left = stand_in.place(uploads, result.content_hash)
    if result.erased and stand_in.erased_at(cursor, result.content_hash) is None:
        stand_in.note(cursor, result.content_hash, folder.content_hash(left), now())


def cells(
    workspace: Workspace, name: str, content_hash: str, wanted: Rows, options: Options
) -> Cells:
    """Read rows of a kept file, or of what is left of it. Raises TendError where nothing is."""
    left = stand_in.place(workspace.uploads, content_hash)
    if left.exists():
        return stand_in.cells(left, wanted)
    return ingest.reread(place(workspace, name, content_hash), wanted, options, name=name)


def _write_left(target: Path, result: FileResult, options: Options) -> None:
    known = {name for name, _ in result.erased}
    wanted = [(leaving_out.names_of(name, known), label) for name, label in result.erased]
    gone = {
        (number, problem.row)
        for number, sheet in enumerate(result.sheets, start=1)
        for problem in sheet.problems
        if problem.code == leaving_out.CODE
    }

    def kept(row: Row) -> Row | None:
        sheet_no, row_no, said = row
        if (sheet_no, row_no) in gone:
            return None
        for names, label in wanted:
            said = tuple(names.without(cell, label) for cell in said)
        return sheet_no, row_no, said

    try:
        stand_in.write(target, ingest.all_rows(result.path, options, name=result.name), kept)
    except TendError:  # it was read a moment ago: nothing of it is kept but its facts
        stand_in.write(target, (), kept)

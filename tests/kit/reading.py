"""Files read in this process: the same steps as in the reader's own, without starting one."""

import hashlib
from pathlib import Path

from tend.ingest import pipeline
from tend.ingest.reading import files
from tend.ingest.results import FileResult, Known, Limits, Options, Remembered, SheetResult
from tend.store.facts import imports
from tend.store.facts.reports import ImportReport
from tend.store.workspace import Workspace


def read(path: Path, known: Known | None = None, options: Options | None = None) -> FileResult:
    """Read and check a file."""
    raw = pipeline.named(files.read(path, Limits()), path.name)
    sheets = pipeline.check_sheets(raw, known or Known(), options or Options(), _silent)
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    return FileResult(path, path.name, content, tuple(sheets))


def read_text(
    folder: Path, name: str, text: str, known: Known | None = None, options: Options | None = None
) -> SheetResult:
    """Read a text file of this content."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (sheet,) = read(path, known, options).sheets
    return sheet


def take_in(
    workspace: Workspace, path: Path, mappings: dict[str, Remembered] | None = None
) -> ImportReport:
    """Read a file and commit it, as an import does."""
    options = Options(mappings=mappings or {})
    result = read(path, imports.known(workspace), options)
    return imports.commit(workspace, result, mappings=mappings)


def told(sheet: SheetResult) -> dict[str, str]:
    """Give what was decided: code -> what was said."""
    return {one.code: one.message() for one in sheet.decisions}


def asked(sheet: SheetResult) -> dict[str, str]:
    """Give what is asked: key -> what was taken until somebody answers."""
    return {one.key: one.taken for one in sheet.questions}


def _silent(_step: str, _share: float) -> None:
    pass

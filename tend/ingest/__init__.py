"""From a spreadsheet to typed, checked facts: read -> lay out -> map -> check."""

from collections.abc import Callable, Iterator
from pathlib import Path

from tend.ingest.results import Cells, FileResult, Known, Options, Rows


def prepare(
    path: Path,
    known: Callable[[], Known] = Known,
    options: Options | None = None,
    *,
    name: str | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> FileResult:
    """Read a file and say what is in it; a bad file is a result with an error, not an exception.

    All of it happens in a process of its own; what is `known` is asked for meanwhile.
    """
    # Imported here: the reader's process starts with this package and must be light.
    from tend.ingest.reading_process import parent

    return parent.prepare(path, known, options or Options(), name=name, progress=progress)


def reread(path: Path, rows: Rows, options: Options | None = None, *, name: str) -> Cells:
    """Give rows of a file as they stand, read like any file in a process of its own.

    Raises TendError where the file cannot be read.
    """
    from tend.ingest.reading_process import parent

    return parent.reread(path, rows, options or Options(), name=name)


def all_rows(
    path: Path, options: Options | None = None, *, name: str
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Give all rows of a file as they stand: the number of their sheet, their own, their cells.

    Raises TendError where the file cannot be read.
    """
    from tend.ingest.reading_process import parent

    return parent.all_rows(path, options or Options(), name=name)


def forget() -> None:
    """Let go of the cells of files that were read again lately."""
    from tend.ingest.reading_process import parent

    parent.forget()

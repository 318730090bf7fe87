"""Ask a reading process and wait for its answer, with limits on memory, processor and clock."""

import contextlib
import errno
import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tend.child import processes
from tend.child.processes import Child
from tend.child.turns import Turns
from tend.ingest import temporary
from tend.ingest.reading_process import child, exchange
from tend.ingest.reading_process.at_hand import AtHand
from tend.ingest.reading_process.exchange import Asked
from tend.ingest.results import Cells, FileResult, Known, Limits, Options, Rows, SheetResult
from tend.language.errors import TendError

Progress = Callable[[str, float], None]
_turns, _at_hand = Turns(), AtHand()


def prepare(
    path: Path,
    known: Callable[[], Known],
    options: Options,
    *,
    name: str | None,
    progress: Progress | None,
) -> FileResult:
    """Read a file; a file that cannot be read gives a result with its error."""
    report = progress or _silent
    name = name or path.name
    digest = ""
    try:
        _check_size(path, options.limits)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        with _turns.taken(lambda: report("reader_waiting", 0.0)):
            sheets = _read(Asked(path.resolve(), name, options), known, report)
    except TendError as error:
        return FileResult(path, name, digest, (), error)
    except OSError as error:
        if error.errno in processes.FULL:
            return FileResult(path, name, digest, (), _full())
        detail = error.strerror or ""
        return FileResult(path, name, digest, (), TendError("unreadable_file", detail=detail))
    return FileResult(path, name, digest, sheets, _no_sheet_read(sheets))


def reread(path: Path, rows: Rows, options: Options, *, name: str) -> Cells:
    """Give rows of a file as they stand. Raises TendError where it cannot be read any more.

    The file is read once: its other rows are at hand for whoever asks next.
    """
    try:
        key = (path.resolve(), path.stat().st_mtime_ns, options.encoding)
        place = _at_hand.get(key)
        if place is None:
            with _turns.taken(lambda: None):
                asked = Asked(path.resolve(), name, options, is_of_cells=True)
                place = _at_hand.get(key) or _at_hand.keep(key, _cells(asked))
        return exchange.cells(Path(place.name), rows)
    except OSError as error:
        detail = error.strerror or ""
        raise TendError("unreadable_file", detail=detail) from error


def all_rows(
    path: Path, options: Options, *, name: str
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Give all rows of a file as they stand. Raises TendError where it cannot be read any more."""
    try:
        with _turns.taken(lambda: None):
            place = _cells(Asked(path.resolve(), name, options, is_of_cells=True))
        with place:
            yield from exchange.all_cells(Path(place.name))
    except OSError as error:
        raise TendError("unreadable_file", detail=error.strerror or "") from error


def forget() -> None:
    """Let go of the cells of files that were read again."""
    _at_hand.clear()


def _cells(asked: Asked) -> AtHand.Place:
    """Have all cells of a file written down where they last."""
    place = temporary.lasting("cells")
    with _answered(asked, Known, _silent) as folder:
        exchange.has_cells(folder, asked.options.limits)
        for file in folder.iterdir():
            shutil.move(file, place.name)
    return place


def _silent(_step: str, _share: float) -> None:
    pass


def _check_size(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if size > limits.file_bytes:
        mega = 1024**2
        raise TendError("file_too_big", size=size // mega, limit=limits.file_bytes // mega)


def _no_sheet_read(results: Sequence[SheetResult]) -> TendError | None:
    """A file none of whose sheets could be read has an error; one is enough (K10)."""
    if any(r.dataset for r in results):
        return None
    reasons = [r.reason for r in results if r.reason not in (None, "hidden_sheet", "empty_sheet")]
    return TendError(reasons[0] if reasons and reasons[0] else "nothing_to_read")


def _read(asked: Asked, known: Callable[[], Known], report: Progress) -> tuple[SheetResult, ...]:
    with _answered(asked, known, report) as folder:
        return exchange.sheets(folder, asked.options.limits)


@contextlib.contextmanager
def _answered(asked: Asked, known: Callable[[], Known], report: Progress) -> Iterator[Path]:
    """Have a reading process do what is asked; give the folder that its answer lies in."""
    limits = asked.options.limits
    with temporary.folder("read") as folder:
        exchange.write_asked(folder, asked)
        with processes.started(child.__name__, folder) as reader:
            ends_at = time.monotonic() + limits.seconds
            exchange.write_known(folder, known())  # asked while the cells are being read
            reader.told.close()
            _follow(reader, ends_at, limits, report)
            code = reader.ended()
        if code != 0:
            raise _died(code, folder / "errors", limits)
        yield folder


def _follow(reader: Child, ends_at: float, limits: Limits, report: Progress) -> None:
    """Pass on how far the reading is, until the process ends or its time is up.

    The last word is said again and again: whoever does not wait any more may leave by an exception.
    """
    step, share = "reading", 0.0
    try:
        for line in processes.words(reader, lambda: ends_at - time.monotonic()):
            if line:
                step, share = _said(line)
            report(step, share)
    except TimeoutError:
        raise TendError("reader_timeout", seconds=f"{limits.seconds:g}") from None


def _said(line: bytes) -> tuple[str, float]:
    step, _, share = line.decode("ascii", "replace").partition(" ")
    return step, float(share or 0)


def _died(code: int, errors: Path, limits: Limits) -> TendError:
    if code == errno.EFBIG:  # more than an answer may have
        return TendError("reader_memory")
    match processes.death(code, errors):
        case "full":
            return _full()
        case "memory":
            return TendError("reader_memory")
        case "time":
            return TendError("reader_timeout", seconds=f"{limits.seconds:g}")
    return TendError("reader_died")


def _full() -> TendError:
    return TendError("disk_full", path=tempfile.gettempdir())

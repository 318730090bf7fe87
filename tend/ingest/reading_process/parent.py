"""Ask a reading process and wait for its answer, with limits on memory, processor and clock."""

import contextlib
import errno
import hashlib
import logging
import os
import queue
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tend.ingest import temporary
from tend.ingest.reading_process import exchange, readers
from tend.ingest.reading_process.at_hand import AtHand
from tend.ingest.reading_process.exchange import Asked
from tend.ingest.reading_process.readers import Reader
from tend.ingest.reading_process.turns import Turns
from tend.ingest.results import Cells, FileResult, Known, Limits, Options, Rows, SheetResult
from tend.language.errors import TendError

Progress = Callable[[str, float], None]
# What the system says where there is no room for what was read.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_OUT_OF_MEMORY = (
    "memory allocation", "memoryerror", "cannot allocate", "capacity overflow", "bad_alloc",
    "alloc of size", "start new thread", "spawn thread", "failed to map segment",
)  # fmt: skip
_EVERY = 0.5  # seconds between two words to somebody who waits
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
        if error.errno in _FULL:
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
        with readers.started(folder) as reader:
            ends_at = time.monotonic() + limits.seconds
            exchange.write_known(folder, known())  # asked while the cells are being read
            reader.told.close()
            _follow(reader, ends_at, limits, report)
            code = reader.ended()
        if code != 0:
            raise _died(code, folder / "errors", limits)
        yield folder


def _follow(reader: Reader, ends_at: float, limits: Limits, report: Progress) -> None:
    """Pass on how far the reading is, until the process ends or its time is up.

    The last word is said again and again: whoever does not wait any more may leave by an exception.
    """
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(reader, lines), daemon=True).start()
    step, share = "reading", 0.0
    while True:
        left = ends_at - time.monotonic()
        if left <= 0:
            raise TendError("reader_timeout", seconds=f"{limits.seconds:g}")
        try:
            line = lines.get(timeout=min(left, _EVERY))
        except queue.Empty:
            line = b" "
        if not line:
            return
        if line.strip():
            step, share = _said(line)
        report(step, share)


def _listen(reader: Reader, lines: "queue.SimpleQueue[bytes]") -> None:
    with reader.says as out:
        while line := out.readline(200):
            lines.put(line)
    lines.put(b"")


def _said(line: bytes) -> tuple[str, float]:
    step, _, share = line.decode("ascii", "replace").strip().partition(" ")
    return step, float(share or 0)


def _died(code: int, errors: Path, limits: Limits) -> TendError:
    """Tell apart out of memory, out of processor time, and any other death."""
    if code == errno.EFBIG:  # more than an answer may have
        return TendError("reader_memory")
    if code in _FULL:
        return _full()
    with errors.open("rb") as file:
        file.seek(max(0, errors.stat().st_size - 4000))
        said = file.read().decode(errors="replace")
    if any(sign in said.lower() for sign in _OUT_OF_MEMORY):
        return TendError("reader_memory")
    if os.name == "posix" and -code == signal.SIGKILL:  # by the machine: it ran out of memory
        return TendError("reader_memory")
    if os.name == "posix" and -code == signal.SIGXCPU:
        return TendError("reader_timeout", seconds=f"{limits.seconds:g}")
    logging.getLogger(__name__).error("the reading process died (%d): %s", code, said[-2000:])
    return TendError("reader_died")


def _full() -> TendError:
    return TendError("disk_full", path=tempfile.gettempdir())

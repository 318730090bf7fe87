"""Start the reader in a process of its own, with limits on memory, processor and clock."""

import contextlib
import errno
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

import tend
from tend.errors import TendError
from tend.ingest.model import Decision, Limits

# Arrow loads numpy and pandas if it finds them, for nothing here: half of the reader's start.
_START = (
    "import os, sys; sys.modules.update(numpy=None, pandas=None);"
    # gone at once: what was read is written, and libraries' threads can only crash at a slow end
    "from tend.ingest.reader import main; os._exit(main(sys.argv[1:]))"
)
# What the system says where there is no room for what was read.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Merge(NamedTuple):
    """A block of merged cells, by positions in `cells`."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells as text, columns c0, c1, ..."""

    name: str
    hidden: bool
    first_row: int
    errors: tuple[tuple[int, int, str], ...]  # row and column in `cells`, the error's text or ""
    typed: bool
    cells: pa.Table
    decisions: tuple[Decision, ...] = ()
    merges: tuple[Merge, ...] = ()
    first_column: int = 1


@contextlib.contextmanager
def open_book(
    source: Path, limits: Limits, encoding: str | None = None
) -> Iterator[tuple[Sheet, ...]]:
    """Read a file in another process; raises TendError when it is refused or the reader fails."""
    with tempfile.TemporaryDirectory(prefix="tend-read-") as folder:
        result = _run(source, Path(folder), limits, encoding)
        if "error" in result:
            raise TendError(result["error"]["code"], **result["error"]["params"])
        yield tuple(_sheet(Path(folder), raw) for raw in result["sheets"])


def _sheet(folder: Path, raw: dict[str, Any]) -> Sheet:
    # Read whole, not mapped: the folder goes away while facts made from it live on.
    table = pa.ipc.open_file((folder / str(raw["file"])).read_bytes()).read_all()
    errors = tuple((r, c, t) for r, c, t in raw["errors"])
    return Sheet(
        str(raw["name"]),
        bool(raw["hidden"]),
        int(str(raw["first_row"])),
        errors,
        bool(raw["typed"]),
        table,
        tuple(Decision("", code, params) for code, params in raw["decisions"]),
        tuple(Merge(*block) for block in raw["merges"]),
        int(raw["first_column"]),
    )


def _run(source: Path, folder: Path, limits: Limits, encoding: str | None) -> dict[str, Any]:
    # Paths are made absolute and the package's home is named: the caller may run from anywhere.
    home = str(Path(tend.__file__).resolve().parent.parent)
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            _START,
            str(source.resolve()),
            str(folder),
            json.dumps(asdict(limits)),
            encoding or "",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    try:
        _, errors = process.communicate(timeout=limits.seconds)
    except subprocess.TimeoutExpired as late:
        raise TendError("reader_timeout", seconds=f"{limits.seconds:g}") from late
    finally:
        _kill(process)
    answer = folder / "result.json"
    if process.returncode == 0 and answer.exists():
        return json.loads(answer.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
    raise _died(process.returncode, errors.decode(errors="replace"), limits)


def _died(code: int, errors: str, limits: Limits) -> TendError:
    """Tell apart out of memory, out of processor time, and any other death."""
    if (
        "memory allocation" in errors
        or "MemoryError" in errors
        or "Cannot allocate" in errors
        or "capacity overflow" in errors
    ):
        return TendError("reader_memory")
    if any(os.strerror(number) in errors for number in _FULL):
        return TendError("disk_full", path=tempfile.gettempdir())
    if os.name == "posix" and -code in (signal.SIGXCPU, signal.SIGKILL):
        return TendError("reader_timeout", seconds=f"{limits.seconds:g}")
    logging.getLogger(__name__).error("the reading process died (%d): %s", code, errors[-2000:])
    return TendError("reader_died")


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the reader and whatever it started."""
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()

"""The reading process: sets its own limits, reads, lays out, maps and checks one file, and goes.

`main` gets a folder that says what is asked (exchange.py), and leaves the answer there. What the
workspace knows lies there when its standard input ends. What it works with is loaded before
(`load`): by the warm process it comes from, or by itself where no process can be copied.
"""

import errno
import importlib
import mmap
import os
import sys
import traceback
from pathlib import Path
from typing import NoReturn

from tend.ingest.reading.refused import RefusedError
from tend.ingest.reading_process import exchange, machine
from tend.ingest.reading_process.exchange import Asked
from tend.ingest.results import Known, Limits
from tend.language.errors import TendError

_NICE = 5  # people's pages go first
_ROOM = 32 * 1024**2
_NEEDED = (
    "fastexcel", "python_calamine", "tend.ingest.pipeline",
    "tend.ingest.reading.csv_text", "tend.ingest.reading.files", "tend.ingest.reading.workbook",
)  # fmt: skip


class _WithoutPandas:
    """Arrow loads pandas if it finds it, for nothing here: half of the start."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Find no pandas."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def load() -> None:
    """Load what reads and checks."""
    sys.meta_path.insert(0, _WithoutPandas)
    for name in _NEEDED:
        importlib.import_module(name)


def run(folder: Path) -> NoReturn:
    """Do what `main` does, and be gone at once: libraries' threads can only crash at a slow end."""
    code = 1
    try:
        code = main(folder)
    except BaseException:  # noqa: BLE001 - whatever it was, the server reads it among the errors
        traceback.print_exc()
    finally:
        os._exit(code)


def main(folder: Path) -> int:
    """Read; leave an answer in the folder whatever happens, as long as the process lives."""
    asked = exchange.asked(folder)
    _limit_self(asked.options.limits)
    try:
        mmap.mmap(-1, _ROOM).close()  # with less, starting a thread may hang instead of failing
        _read(asked, folder)
    except (RefusedError, TendError) as refused:
        exchange.write_refusal(folder, refused.code, refused.params)
    except (MemoryError, RecursionError):
        exchange.write_refusal(folder, "reader_memory", {})
    except OSError as error:  # the answer is too large, or there is no room for it
        if error.errno == errno.ENOMEM:
            exchange.write_refusal(folder, "reader_memory", {})
            return 0
        if error.errno not in (errno.EFBIG, errno.ENOSPC):
            raise
        return error.errno
    return 0


def _read(asked: Asked, folder: Path) -> None:
    from tend.ingest import pipeline
    from tend.ingest.reading import files

    _tell("reading", 0.0)
    limits = asked.options.limits
    found = files.read(asked.source, limits, asked.options.encoding)
    sheets = pipeline.named(found, asked.name)
    if asked.is_of_cells:
        exchange.write_cells(folder, pipeline.tables(sheets))
        return
    known = _known(folder)
    _tell("checking", 0.5)
    results = pipeline.check_sheets(sheets, known, asked.options, _tell)
    exchange.write_sheets(folder, tuple(results))


def _known(folder: Path) -> Known:
    """Wait until the server has asked the workspace."""
    sys.stdin.read()
    return exchange.known(folder)


def _tell(step: str, share: float) -> None:
    print(step, f"{share:.3f}", flush=True)


def _limit_self(limits: Limits) -> None:
    """Set the limits from inside: code between fork and exec is not safe beside threads."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(_NICE)
    # The clock is the server's; should it die, the processor's time ends this process.
    seconds = max(1, round(2 * limits.seconds))
    for what, wanted in (
        (resource.RLIMIT_AS, machine.memory(limits.memory_bytes)),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, limits.answer_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        most = resource.getrlimit(what)[1]
        bound = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(what, (bound, bound))

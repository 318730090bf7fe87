"""The reading process: sets its own limits, reads, lays out, maps and checks one file, and goes.

`main` gets a folder that says what is asked (exchange.py), and leaves the answer there. What the
workspace knows lies there when its standard input ends.
"""

import errno
import importlib
import sys
import threading
from pathlib import Path

from tend.ingest.reading.refused import RefusedError
from tend.ingest.reading_process import exchange, machine
from tend.ingest.reading_process.exchange import Asked
from tend.ingest.results import Known, Limits
from tend.language.errors import TendError

_NICE = 5  # people's pages go first


class _WithoutPandas:
    """Arrow loads pandas if it finds it, for nothing here: half of the start."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Find no pandas."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main(folder: Path) -> int:
    """Read; leave an answer in the folder whatever happens, as long as the process lives."""
    asked = exchange.asked(folder)
    _limit_self(asked.options.limits)
    sys.meta_path.insert(0, _WithoutPandas)
    # Arrow and numpy load beside the fast reader, which works outside of Python's lock.
    threading.Thread(target=importlib.import_module, args=("tend.ingest.pipeline",)).start()
    try:
        _read(asked, folder)
    except (RefusedError, TendError) as refused:
        exchange.write_refusal(folder, refused.code, refused.params)
    except (MemoryError, RecursionError):
        exchange.write_refusal(folder, "reader_memory", {})
    except OSError as error:  # the answer is too large, or there is no room for it
        if error.errno not in (errno.EFBIG, errno.ENOSPC):
            raise
        return error.errno
    return 0


def _read(asked: Asked, folder: Path) -> None:
    from tend.ingest.reading import files

    _tell("reading", 0.0)
    limits = asked.options.limits
    found = files.read(asked.source, limits, asked.options.encoding)
    from tend.ingest import pipeline

    known = _known(folder)
    _tell("checking", 0.5)
    results = pipeline.check_sheets(pipeline.named(found, asked.name), known, asked.options, _tell)
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
    import os
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

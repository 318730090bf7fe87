"""What a child does with itself: it sets its own limits, works, and is gone at once."""

import contextlib
import errno
import mmap
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Protocol

from tend.child import machine

_NICE = 5  # people's pages go first
_ROOM = 32 * 1024**2
_USUAL = 1536 * 1024**2  # what is loaded takes less
_PAGE_SIZES = Path("/proc/self/statm")
_THREADS = Path("/proc/self/task")


class Work(Protocol):
    """A module that says what a child does."""

    def load(self) -> None:
        """Load what it works with."""

    def main(self, folder: Path) -> int:
        """Do what the folder asks, and give the exit code."""


@dataclass(frozen=True)
class Bounds:
    """What a child may take: bytes of memory, seconds of processor, bytes of each file."""

    memory: int
    seconds: float
    file_bytes: int
    # So many seconds it is worth as much as a page; then pages go first.
    as_a_page: float = 0.0


class _WithoutPandas:
    """Arrow and DuckDB load pandas if they find it, for nothing here: half of the start."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Find no pandas."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def load(work: Work) -> None:
    """Load what the work needs, and no pandas."""
    sys.meta_path.insert(0, _WithoutPandas)
    work.load()


def run(work: Work, folder: Path) -> NoReturn:
    """Work, and be gone at once: libraries' threads can only crash at a slow end."""
    code = 1
    try:
        code = work.main(folder)
    except BaseException:  # noqa: BLE001 - whatever it was, the server reads it among the errors
        traceback.print_exc()
    finally:
        os._exit(code)


def limit(bounds: Bounds) -> None:
    """Set the limits from inside: code between fork and exec is not safe beside threads."""
    if sys.platform == "win32":
        return
    import resource

    if not bounds.as_a_page:
        os.nice(_NICE)
    # The clock is the server's; should it die, the processor's time ends this process.
    for what, wanted in (
        (resource.RLIMIT_AS, machine.memory(bounds.memory)),
        (resource.RLIMIT_CPU, max(1, round(2 * bounds.seconds))),
        (resource.RLIMIT_FSIZE, bounds.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        most = resource.getrlimit(what)[1]
        bound = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(what, (bound, bound))
    mmap.mmap(-1, _ROOM).close()  # with less, starting a thread may hang instead of failing
    if bounds.as_a_page:
        threading.Thread(target=_stand_back, args=(bounds.as_a_page,), daemon=True).start()


def _stand_back(seconds: float) -> None:
    """Let pages go first after a while: each thread of the child has a place in the queue."""
    time.sleep(seconds)
    with contextlib.suppress(OSError):  # no such folder, or a thread that has just ended
        for thread in _THREADS.iterdir():
            os.setpriority(os.PRIO_PROCESS, int(thread.name), _NICE)


def taken() -> int:
    """Give the bytes of memory that are set apart already, a guess where no system tells."""
    try:
        pages = int(_PAGE_SIZES.read_text(encoding="ascii").split()[0])
    except OSError:
        return _USUAL
    return pages * mmap.PAGESIZE


def within_memory(work: Callable[[], int], refuse: Callable[[], None]) -> int:
    """Work; where memory or room for the answer ran out, `refuse` and give a code that tells."""
    try:
        return work()
    except (MemoryError, RecursionError):
        refuse()
    except OSError as error:  # the answer is too large, or there is no room for it
        if error.errno == errno.ENOMEM:
            refuse()
            return 0
        if error.errno not in (errno.EFBIG, errno.ENOSPC):
            raise
        return error.errno
    return 0

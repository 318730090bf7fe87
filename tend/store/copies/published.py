"""The published copy: what other processes read while one holds the workspace (L5).

It is written beside the work, some seconds after a commit, under the number of the version it
shows: `published/tend-7.duckdb`. Whoever reads takes the highest number, and waits for the one of
the last commit.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tend.language.errors import TendError
from tend.store.database import trouble

_KEPT = 2  # a reader may just be about to open the last but one
# A copy takes processors from readers: the pages that follow an entry go first, and entries that
# come one after the other are copied together.
_AFTER_COMMIT = 1.0
_AFTER_COPY = 5.0
_PATIENCE_SECONDS = 10.0
_LOOK_SECONDS = 0.05


def newest(folder: Path) -> Path | None:
    """Give the latest whole copy in the folder."""
    copies = _copies(folder)
    return copies[-1] if copies else None


def awaited(folder: Path, version: int) -> Path | None:
    """Give the latest copy, which shows at least this version unless its writing has failed."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        copy = newest(folder)
        if version <= (0 if copy is None else _version(copy)):
            return copy
        time.sleep(_LOOK_SECONDS)
    return newest(folder)


def file_name(version: int) -> str:
    """Name the copy of a version."""
    return f"tend-{version}.duckdb"


class Publisher:
    """Make copies in a thread of its own: the first at once, others a while after a commit."""

    def __init__(self, folder: Path, copy: Callable[[], object]) -> None:
        self._folder = folder
        self._copy = copy
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="tend-publisher")
        self._changing = threading.Lock()
        self._asked: threading.Timer | None = None
        self._ended: float | None = None

    def ask(self) -> None:
        """Ask for a copy of what is committed now; what is committed until it is made is in it."""
        with self._changing:
            if self._asked is None:
                self._asked = threading.Timer(self._pause(), self._begin)
                self._asked.daemon = True
                self._asked.start()

    def submit(self, work: Callable[..., object], *given: object) -> None:
        """Have other copies made in the same thread, one after the other."""
        self._thread.submit(work, *given)

    def close(self) -> None:
        """Publish everything asked for, without waiting any longer."""
        self._begin()
        self._thread.shutdown(wait=True)

    def _pause(self) -> float:
        if self._ended is None:
            return 0.0
        return max(_AFTER_COMMIT, self._ended + _AFTER_COPY - time.monotonic())

    def _begin(self) -> None:
        with self._changing:
            if self._asked is not None:
                self._asked.cancel()
                self._asked = None
                self._thread.submit(self._publish)

    def _publish(self) -> None:
        try:
            self._copy()
        except (TendError, *trouble.ERRORS) as error:
            # The commit stands; the copy is behind until the next one, and the log says why.
            why = trouble.said(error, self._folder)
            logging.getLogger(__name__).error("the published copy could not be written: %s", why)
            return
        finally:
            self._ended = time.monotonic()
        for old in _copies(self._folder)[:-_KEPT]:
            with contextlib.suppress(OSError):  # some systems hold a file that is being read
                old.unlink()


def _copies(folder: Path) -> list[Path]:
    found = folder.glob("tend-[0-9]*.duckdb")
    return sorted(found, key=_version)


def _version(copy: Path) -> int:
    return int(copy.stem.rpartition("-")[2])

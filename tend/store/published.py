"""The published copy: what other processes read while one holds the workspace (L5).

It is written beside the work, a moment after a commit, under the number of the version it shows:
`published/tend-7.duckdb`. Whoever reads takes the highest number.
"""

import contextlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tend.errors import TendError
from tend.store import trouble

_KEPT = 2  # a reader may just be about to open the last but one


def newest(folder: Path) -> Path | None:
    """Give the latest whole copy in the folder."""
    copies = _copies(folder)
    return copies[-1] if copies else None


def file_name(version: int) -> str:
    """Name the copy of a version."""
    return f"tend-{version}.duckdb"


class Publisher:
    """Make copies in a thread of its own; what is asked for meanwhile is made at once after."""

    def __init__(self, folder: Path, copy: Callable[[], object]) -> None:
        self._folder = folder
        self._copy = copy
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="tend-publisher")
        self._asked = threading.Event()

    def ask(self) -> None:
        """Ask for a copy of what is committed now."""
        if not self._asked.is_set():
            self._asked.set()
            self._thread.submit(self._publish)

    def submit(self, work: Callable[..., object], *given: object) -> None:
        """Have other copies made in the same thread, one after the other."""
        self._thread.submit(work, *given)

    def close(self) -> None:
        """Wait until everything asked for is published."""
        self._thread.shutdown(wait=True)

    def _publish(self) -> None:
        self._asked.clear()
        try:
            self._copy()
        except (TendError, *trouble.ERRORS) as error:
            # The commit stands; the copy is behind until the next one, and the log says why.
            why = trouble.said(error, self._folder)
            logging.getLogger(__name__).error("the published copy could not be written: %s", why)
            return
        for old in _copies(self._folder)[:-_KEPT]:
            with contextlib.suppress(OSError):  # some systems hold a file that is being read
                old.unlink()


def _copies(folder: Path) -> list[Path]:
    found = folder.glob("tend-[0-9]*.duckdb")
    return sorted(found, key=lambda path: int(path.stem.rpartition("-")[2]))

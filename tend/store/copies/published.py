"""The published copy: what other processes read while one holds the workspace (L5).

It is written beside the work, under the number of the version it shows: `published/tend-7.duckdb`.
Whoever reads takes the highest number; where that is not the last commit, it says so by a file, and
the holder writes the copy at once. Where nobody waits, commits of half a minute are copied
together; one who closes the workspace writes none: from then on anybody opens the workspace itself.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tend.language.errors import TendError
from tend.store.copies import folder
from tend.store.database import record, trouble
from tend.store.database.connection import PUBLISHED

_KEPT = 2  # a reader may just be about to open the last but one
# A copy takes processors from readers: the pages that follow an entry go first.
_AFTER_COMMIT = 30.0
# By this file a reader says that it waits.
_WANTED = "wanted"
_PATIENCE_SECONDS = 10.0
_LOOK_SECONDS = 0.05


def newest(place: Path) -> Path | None:
    """Give the latest whole copy in the folder."""
    copies = _copies(place)
    return copies[-1] if copies else None


def of_held(path: Path) -> Path | None:
    """Give what can be read while another process holds a workspace; none where nobody does.

    Raises TendError where there is nothing to read.
    """
    is_held = partial(folder.is_held, path / folder.LOCK)
    known = record.read(path)
    copy = awaited(path / PUBLISHED, known.version if known else 0, is_held)
    if copy is None and is_held():
        raise TendError("workspace_locked", path=path)
    return copy


def awaited(place: Path, version: int, is_held: Callable[[], bool]) -> Path | None:
    """Give the latest copy, which shows at least this version unless its writing has failed.

    None where nobody holds the workspace any more: it can be opened itself.
    """
    until = time.monotonic() + _PATIENCE_SECONDS
    while is_held():
        copy = newest(place)
        if version <= (0 if copy is None else _version(copy)) or time.monotonic() > until:
            return copy
        want(place)
        time.sleep(_LOOK_SECONDS)
    return None


def want(place: Path) -> None:
    """Say that somebody waits for a copy; who may not write here waits until it comes by itself."""
    with contextlib.suppress(OSError):
        (place / _WANTED).touch()


def file_name(version: int) -> str:
    """Name the copy of a version."""
    return f"tend-{version}.duckdb"


def is_wanted(place: Path) -> bool:
    """Tell whether somebody waits for a copy; whoever does says it again."""
    try:
        (place / _WANTED).unlink()
    except FileNotFoundError:
        return False
    return True


class Publisher:
    """Make copies in a thread of its own: a while after a commit, or when somebody waits."""

    def __init__(self, place: Path, copy: Callable[[], object]) -> None:
        self._place = place
        self._copy = copy
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="tend-publisher")
        self._changing = threading.Lock()
        self._asked: threading.Timer | None = None

    def ask(self) -> None:
        """Ask for a copy of what is committed now; what is committed until it is made is in it."""
        with self._changing:
            if self._asked is None:
                self._asked = threading.Timer(_AFTER_COMMIT, self.hurry)
                self._asked.daemon = True
                self._asked.start()

    def hurry(self) -> None:
        """Make the copy that was asked for, without waiting any longer."""
        with self._changing:
            if self._let_go():
                self._thread.submit(self._publish)

    def submit(self, work: Callable[..., object], *given: object) -> None:
        """Have other copies made in the same thread, one after the other."""
        self._thread.submit(work, *given)

    def close(self) -> None:
        """Make no more copies; the one that is being written is written whole."""
        with self._changing:
            self._let_go()
        self._thread.shutdown(wait=True)

    def _let_go(self) -> bool:
        """Wait no more to make a copy; tell whether one was asked for."""
        asked, self._asked = self._asked, None
        if asked is not None:
            asked.cancel()
        return asked is not None

    def _publish(self) -> None:
        try:
            self._copy()
        except (TendError, *trouble.ERRORS) as error:
            # The commit stands; the copy is behind until the next one, and the log says why.
            why = trouble.said(error, self._place)
            logging.getLogger(__name__).error("the published copy could not be written: %s", why)
            return
        for old in _copies(self._place)[:-_KEPT]:
            with contextlib.suppress(OSError):  # some systems hold a file that is being read
                old.unlink()


def _copies(place: Path) -> list[Path]:
    found = place.glob("tend-[0-9]*.duckdb")
    return sorted(found, key=_version)


def _version(copy: Path) -> int:
    return int(copy.stem.rpartition("-")[2])

"""What a server that only reads has open: the newest copy, and what is to be said of it.

Another copy is opened beside the pages and made ready before it takes the place of the one before:
nobody waits, and no page meets an error. The one before goes with the last who reads it.
"""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tend.store.copies import published
from tend.store.database import heap, record
from tend.store.database.connection import PUBLISHED
from tend.store.database.transactions import log
from tend.store.erasure import making
from tend.store.workspace import Workspace, open_workspace
from tend.ui.server import writer

_COPY_SECONDS = 1.0
_ASK_SECONDS = 5.0
_AFTER_TROUBLE = 5.0
Mark = tuple[str, int, float]


class Reading:
    """A server's look at the folder, in threads of its own; `put` lays another copy before it."""

    def __init__(self, opened: Workspace, put: Callable[[Workspace], None]) -> None:
        self._opened, self._put = opened, put
        self._mark: Mark | None = _mark(opened.file)
        self.is_away = not writer.answers(opened.writer)
        """Whether the server that writes does not answer."""
        self._ended = threading.Event()
        works = ((_COPY_SECONDS, self.look), (_ASK_SECONDS, self._ask))
        self._threads = [
            threading.Thread(target=self._now_and_then, args=work, name="tend-reading", daemon=True)
            for work in works
        ]
        for thread in self._threads:
            thread.start()

    @property
    def made_at(self) -> datetime:
        """Give when the copy that is shown was made: all that was saved by then is in it."""
        return datetime.fromtimestamp(self._mark[2] if self._mark else time.time())

    @property
    def is_behind(self) -> bool:
        """Tell whether more has been saved since, or another state has been put in its place."""
        known = record.read(self._opened.path)
        is_more = known is not None and known.version > self._opened.version
        return is_more or _mark(self._opened.file) != self._mark

    def close(self) -> None:
        """Look no more."""
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def look(self) -> None:
        """Open another copy where there is one, and have pages read that from now on."""
        newest = published.newest(self._opened.path / PUBLISHED)
        mark = None if newest is None else _mark(newest)
        if mark is None or mark == self._mark:
            return
        fresh = open_workspace(self._opened.path)
        fresh.follow(self._opened)
        if fresh.line != self._opened.line:
            making.forget()
        self._opened, self._mark = fresh, _mark(fresh.file) or mark
        self._put(fresh)
        heap.trim()

    def _ask(self) -> None:
        self.is_away = not writer.answers(self._opened.writer)

    def _now_and_then(self, every: float, work: Callable[[], None]) -> None:
        while not self._ended.wait(every):
            try:
                work()
            except Exception as error:  # noqa: BLE001 - what is open stands, whatever the next meets
                log("the newest copy could not be read", error)
                self._ended.wait(_AFTER_TROUBLE)


def _mark(copy: Path) -> Mark | None:
    """Tell a copy from one of the same name, as a restore may bring; None where it has gone."""
    try:
        found = copy.stat()
    except OSError:
        return None
    return copy.name, found.st_ino, found.st_mtime

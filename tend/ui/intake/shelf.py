"""How many waiting files are kept, and for how long: those unused the longest are let go first.

A file goes with its session; what is let go earlier leaves a sentence in its place.
"""

import threading
import time
import weakref
from collections.abc import Callable, Iterable
from typing import Protocol

from tend.ingest.results import FileResult
from tend.language.errors import TendError

_MEGA = 1024**2
OF_ONE_SESSION = 200 * _MEGA  # bytes of files, and of what was read of them
IN_ALL = 300 * _MEGA
FILES_OF_ONE_SESSION = 50
UNUSED_HOURS = 2
# A closed tab may come back for two minutes; Streamlit lets go of its session some time later.
ABSENT_SECONDS = 180
# Streamlit lets go of a closed tab's session only when others come or go: we look ourselves.
LOOK_SECONDS = 30.0


class Kept(Protocol):
    """A file that waits."""

    session: str
    used: float
    result: FileResult

    @property
    def weight(self) -> int:
        """Give the bytes it takes."""

    def let_go(self, why: TendError) -> None:
        """Keep the reason only."""


class Shelf:
    """The files of all sessions that wait; it holds none of them back from going."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        is_there: Callable[[str], bool] = lambda _session: True,
    ) -> None:
        self._clock, self._is_there = clock, is_there
        self._absent: dict[str, float] = {}  # sessions, and since when nobody is there
        self._files: weakref.WeakSet[Kept] = weakref.WeakSet()
        self._changing = threading.Lock()
        self._next_look: threading.Timer | None = None

    def put(self, one: Kept) -> None:
        """Keep another file; let go of others where there are too many."""
        with self._changing:
            one.used = self._clock()
            self._files.add(one)
            there = self._there()
            _within(OF_ONE_SESSION, [f for f in there if f.session == one.session], one)
            _within(IN_ALL, self._there(), one)
            self._look_later()

    def use(self, files: Iterable[Kept]) -> None:
        """Note that somebody looks at files; let go of those that nobody has looked at for long."""
        with self._changing:
            now = self._clock()
            for one in files:
                one.used = now
            there = self._there()
            gone = {one.session for one in there if not self._is_there(one.session)}
            self._absent = {session: self._absent.get(session, now) for session in gone}
            for one in there:
                since = self._absent.get(one.session, now)
                if now - one.used > UNUSED_HOURS * 3600 or now - since > ABSENT_SECONDS:
                    one.let_go(TendError("upload_unused", hours=UNUSED_HOURS))

    def miss(self, why: TendError) -> None:
        """Keep the reason only of files that somebody took away."""
        with self._changing:
            for one in [f for f in self._files if not f.weight and f.result.error is None]:
                one.let_go(why)

    def _look_later(self) -> None:
        """Look again by and by while files wait: nobody else may come by."""
        if self._next_look is None:
            self._next_look = threading.Timer(LOOK_SECONDS, self._look)
            self._next_look.daemon = True
            self._next_look.start()

    def _look(self) -> None:
        self.use(())
        with self._changing:
            self._next_look = None
            if self._there():
                self._look_later()

    def _there(self) -> list[Kept]:
        """Give the files that are still kept, the longest unused first."""
        there = [one for one in self._files if one.weight]
        return sorted(there, key=lambda one: one.used)


def _within(bytes_: int, there: list[Kept], newest: Kept) -> None:
    """Let go of the first until the rest is within its bounds; the newest always stays."""
    total = sum(one.weight for one in there)
    count = len(there)
    for one in there:
        if (total <= bytes_ and count <= FILES_OF_ONE_SESSION) or one is newest:
            continue
        total, count = total - one.weight, count - 1
        one.let_go(TendError("upload_let_go"))

"""A thread that looks now and then whether others have kept something, and takes it over."""

import threading
from collections.abc import Callable

from tend.store.database.transactions import log

_LOOK_SECONDS = 1.0


class Follower:
    """Look for what is new at a home; where it is away, look again."""

    def __init__(self, number: Callable[[], object], take: Callable[[], object]) -> None:
        self._number, self._take = number, take
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="tend-home", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        seen: object = None
        was_said = ""
        while not self._ended.wait(_LOOK_SECONDS):
            try:
                if (number := self._number()) != seen:
                    self._take()
                    seen = number
                was_said = ""
            except Exception as error:  # noqa: BLE001 - reading goes on, and it looks again
                if str(error) != was_said:  # it is said once
                    was_said = str(error)
                    log("what others have kept could not be taken over", error)

"""A thread that looks now and then whether others have kept something, and takes it over."""

import threading
from collections.abc import Callable

from tend.language.errors import TendError
from tend.store.database import trouble
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
            except (TendError, *trouble.ERRORS) as error:  # reading goes on; said once
                if str(error) != was_said:
                    was_said = str(error)
                    log("what others have kept could not be taken over", error)

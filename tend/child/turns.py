"""One after the other, in the order they came."""

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Iterator

_EVERY = 0.5  # seconds between two words to somebody who waits


class Turns:
    """A place that one at a time may have; whoever leaves the queue holds up nobody."""

    def __init__(self) -> None:
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def taken(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Wait for the place, and say so again and again: `waiting` may raise to leave."""
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
        try:
            while not self._is_first(ticket):
                waiting()
            yield
        finally:
            with self._changed:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _is_first(self, ticket: object) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._queue[0] is ticket, _EVERY)

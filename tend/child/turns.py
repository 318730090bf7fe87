"""A few at a time, in the order they came, and each asker one at a time."""

import contextlib
import threading
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

_EVERY = 0.5  # seconds between two words to somebody who waits


@dataclass(eq=False)
class _Ticket:
    """One who has come, for whom, and whether they have a place."""

    who: Hashable
    has_place: bool = False


class Turns:
    """Places that so many at a time may have; whoever leaves the queue holds up nobody."""

    def __init__(self, places: int = 1) -> None:
        self._places = places
        self._queue: list[_Ticket] = []
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def taken(self, waiting: Callable[[], None], who: Hashable = None) -> Iterator[None]:
        """Wait for a place, and say so again and again: `waiting` may raise to leave.

        Of those who come for one asker only one has a place; nobody knows whom `None` asks for.
        """
        ticket = _Ticket(who)
        with self._changed:
            self._queue.append(ticket)
        try:
            while not self._is_served(ticket):
                waiting()
            yield
        finally:
            with self._changed:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _is_served(self, ticket: _Ticket) -> bool:
        with self._changed:
            ticket.has_place = self._changed.wait_for(lambda: self._may_come(ticket), _EVERY)
            return ticket.has_place

    def _may_come(self, ticket: _Ticket) -> bool:
        """Tell whether a place is free for the first who may have one."""
        served = [one for one in self._queue if one.has_place]
        askers = {one.who for one in served} - {None}
        waiting = [one for one in self._queue if not one.has_place and one.who not in askers]
        free = max(0, self._places - len(served))
        return ticket in waiting[:free]

"""Files that were read again lately: their cells lie in folders of their own, packed."""

import tempfile
import threading
from collections.abc import Hashable

_MOST = 8  # files; each takes about as much room as itself


class AtHand:
    """The files used last; a folder goes when nobody reads in it any more."""

    Place = tempfile.TemporaryDirectory[str]

    def __init__(self) -> None:
        self._places: dict[Hashable, AtHand.Place] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Place | None:
        """Give where the cells of a file lie, if they are at hand."""
        with self._lock:
            found = self._places.pop(key, None)
            if found is not None:
                self._places[key] = found  # the newest used last
            return found

    def keep(self, key: Hashable, place: Place) -> Place:
        """Keep where they lie, and let go of what was not used for long."""
        with self._lock:
            self._places[key] = place
            for older in list(self._places)[:-_MOST]:
                del self._places[older]
        return place

    def clear(self) -> None:
        """Let go of all of them: what a file said may be no more."""
        with self._lock:
            self._places.clear()

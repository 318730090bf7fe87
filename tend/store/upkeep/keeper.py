"""The server's own hand: makes a copy when one is due, in a thread of its own."""

import threading

from tend.language.errors import TendError
from tend.store.database.transactions import log
from tend.store.upkeep import copies
from tend.store.workspace import Workspace

# A server that has just begun has readers who wait for their first page.
_LOOK_SECONDS = 300.0
_AFTER_TROUBLE = 3600.0


class Keeper:
    """Look now and then whether a copy is due, while the workspace is open."""

    def __init__(self, workspace: Workspace, every: float = _LOOK_SECONDS) -> None:
        self._workspace = workspace
        self._every = every
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="tend-copies", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no more; a copy that is being made is made whole."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(self._every):
            try:
                copies.expect(self._workspace.path)
                if copies.is_due(self._workspace):
                    copies.make(self._workspace)
            except Exception as error:  # noqa: BLE001 - the server goes on, whatever a copy meets
                log("no copy could be made", error)
                is_busy = isinstance(error, TendError) and error.code == "copies_under_way"
                self._ended.wait(self._every if is_busy else _AFTER_TROUBLE)

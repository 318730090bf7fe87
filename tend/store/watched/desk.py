"""The holder's side of the watched folder: it takes in what is handed over, while it holds."""

import threading
from typing import Self

from tend.store.database.transactions import log
from tend.store.watched import taking
from tend.store.workspace import Workspace

_LOOK_SECONDS = 1.0
_AT_A_TIME = 60.0
_AFTER_TROUBLE = 30.0


class Desk:
    """Look into the inbox now and then, in a thread of its own."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="tend-watched", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Look no more; a file that is being taken in is taken in whole."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            try:
                taking.serve(self._workspace, self._ended, _AT_A_TIME)
            except Exception as error:  # noqa: BLE001 - no room for a word: it is tried again
                log("files of the watched folder could not be taken in", error)
                self._ended.wait(_AFTER_TROUBLE)

"""A complete copy of the database, from the process that holds the workspace.

No second process can open the file, and the published copy lacks the rows. So who wants all of it
leaves a slip of paper in `published/`, held as long as it is wanted; the holder puts the copy, or
the reason why there is none, beside it, and clears away what nobody waits for any more.
"""

import contextlib
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from tend.language.errors import TendError
from tend.store.copies import folder
from tend.store.copies.published import Publisher, is_wanted
from tend.store.database import trouble
from tend.store.database.connection import PUBLISHED

_NAME = "complete"
_WANTED, _COPY, _FAILED = ".wanted", ".duckdb", ".failed"
_LOOK_SECONDS = 0.5
# So long the holder has to begin; then the copy takes as long as it takes.
_PATIENCE_SECONDS = 60.0


class Desk:
    """The holder's side: look for slips now and then, and have them served one by one.

    It also looks whether somebody waits for the published copy.
    """

    def __init__(self, path: Path, publisher: Publisher, copy: Callable[[str], object]) -> None:
        self._path = path
        self._folder = path / PUBLISHED
        self._publisher = publisher
        self._copy = copy
        self._served: set[str] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="tend-desk", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            with contextlib.suppress(OSError):  # the folder may be gone: the next commit says so
                self._clear()
                if is_wanted(self._folder):
                    self._publisher.hurry()
                for slip in self._folder.glob(f"{_NAME}-*{_WANTED}"):
                    if slip.name not in self._served:
                        self._served.add(slip.name)
                        self._publisher.submit(self._serve, slip)

    def _clear(self) -> None:
        for slip in self._folder.glob(f"{_NAME}-*{_WANTED}"):
            if not folder.is_held(slip):
                for one in (slip, slip.with_suffix(_COPY), slip.with_suffix(_FAILED)):
                    one.unlink(missing_ok=True)

    def _serve(self, slip: Path) -> None:
        try:
            with trouble.told(self._path):
                self._copy(slip.with_suffix(_COPY).name)
        except Exception as error:  # noqa: BLE001 - whoever waits has to be told whatever it is
            said = error if isinstance(error, TendError) else _unexpected(self._path, error)
            params = {key: str(value) for key, value in said.params.items()}
            part = slip.with_suffix(".part")
            with contextlib.suppress(OSError):  # no room even for a word: the asker's patience ends
                part.write_text(json.dumps([said.code, params]), encoding="utf-8")
                part.replace(slip.with_suffix(_FAILED))


@contextlib.contextmanager
def asked(path: Path) -> Iterator[Path]:
    """Ask the holder for a complete copy, and let go of it at the end. Raises TendError."""
    slip = path / PUBLISHED / f"{_NAME}-{uuid.uuid4().hex}{_WANTED}"
    blank = slip.with_suffix(".slip")
    with folder.held(blank):
        blank.rename(slip)  # held before anybody can see it
        try:
            yield _answer(path, slip)
        finally:
            for one in (slip.with_suffix(_COPY), slip.with_suffix(_FAILED), slip):
                one.unlink(missing_ok=True)


def _answer(path: Path, slip: Path) -> Path:
    copy, failed = slip.with_suffix(_COPY), slip.with_suffix(_FAILED)
    begun = copy.with_name(f"next-{copy.name}")
    until = time.monotonic() + _PATIENCE_SECONDS
    while not copy.exists():
        if failed.exists():
            code, params = json.loads(failed.read_text(encoding="utf-8"))
            raise TendError(code, **params)
        if not folder.is_held(path / folder.LOCK):
            raise TendError("holder_ended", path=path)
        if begun.exists():
            until = time.monotonic() + _PATIENCE_SECONDS
        if time.monotonic() > until:
            raise TendError("workspace_locked", path=path)
        time.sleep(_LOOK_SECONDS / 5)
    return copy


def _unexpected(path: Path, error: Exception) -> TendError:
    return TendError("workspace_unusable", path=path, why=error)

"""Sign-ins that ended before their time: kept beside the database, so that nothing revives them.

Neither a restart nor a backup that is put back: whoever kept a cookie stays out.
"""

import os
import threading
import time
from pathlib import Path

from tend.store.audit import log
from tend.store.database.connection import SIGNED_OUT
from tend.store.database.transactions import log as trouble

Mark = tuple[int, int, int]


class Ended:
    """The sign-ins of a workspace's readers that ended, each until it would be over anyway.

    Those that end here are written into the first folder; others, which another server writes, are
    only read. Servers of one machine may share the first.
    """

    def __init__(self, path: Path, *others: Path) -> None:
        self._path = path
        self._files = tuple(dict.fromkeys(one / SIGNED_OUT for one in (path, *others)))
        self._adding = threading.Lock()
        self._here: dict[str, float] = {}
        self._read: dict[Path, tuple[Mark, dict[str, float]]] = {}

    def has(self, sign_in: str) -> bool:
        """Tell whether a sign-in ended."""
        return sign_in in self._here or any(sign_in in self._in(file) for file in self._files)

    def add(self, sign_in: str, until: float) -> None:
        """End a sign-in. Where it cannot be written down it has ended until the next start."""
        with self._adding:
            self._here[sign_in] = until
            try:
                with log.held(self._path):
                    self._write(self._files[0])
            except OSError as error:
                trouble("an ended sign-in could not be written down", error)

    def _write(self, file: Path) -> None:
        """Write those anew that could still be used: a few lines, whole or not at all."""
        now = time.time()
        left = {one: until for one, until in (self._in(file) | self._here).items() if until > now}
        fresh = file.with_name(f"next-{file.name}")
        with fresh.open("w", encoding="utf-8") as written:
            written.writelines(f"{one} {until:.0f}\n" for one, until in left.items())
            written.flush()
            os.fsync(written.fileno())
        fresh.replace(file)

    def _in(self, file: Path) -> dict[str, float]:
        """Give those that stand in a file, which is read anew once it is another."""
        try:
            found = file.stat()
            mark = (found.st_ino, found.st_mtime_ns, found.st_size)
            known = self._read.get(file)
            if known is None or known[0] != mark:
                lines = file.read_text(encoding="utf-8").splitlines()
                known = (mark, {one: float(until) for one, until in map(str.split, lines)})
                self._read[file] = known
        except FileNotFoundError:
            return {}
        return known[1]

"""Sign-ins that ended before their time: kept beside the database, so that nothing revives them.

Neither a restart nor a backup that is put back: whoever kept a cookie stays out.
"""

import os
import threading
import time
from pathlib import Path

from tend.store.database.connection import SIGNED_OUT
from tend.store.database.transactions import log


class Ended:
    """The sign-ins of a workspace's readers that ended, each until it would be over anyway."""

    def __init__(self, path: Path) -> None:
        self._file = path / SIGNED_OUT
        self._adding = threading.Lock()
        self._until = self._read()

    def has(self, sign_in: str) -> bool:
        """Tell whether a sign-in ended."""
        return sign_in in self._until

    def add(self, sign_in: str, until: float) -> None:
        """End a sign-in. Where it cannot be written down it has ended until the next start."""
        with self._adding:
            self._until[sign_in] = until
            try:
                self._write()
            except OSError as error:
                log("an ended sign-in could not be written down", error)

    def _write(self) -> None:
        """Write those anew that could still be used: a few lines, whole or not at all."""
        now = time.time()
        self._until = {one: until for one, until in self._until.items() if until > now}
        lines = [f"{one} {until:.0f}\n" for one, until in self._until.items()]
        fresh = self._file.with_name(f"next-{self._file.name}")
        with fresh.open("w", encoding="utf-8") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._file)

    def _read(self) -> dict[str, float]:
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return {}
        return {one: float(until) for one, until in (line.split() for line in lines)}

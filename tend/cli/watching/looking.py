"""A watched folder as it looks now: which files stand still, and which are still on their way.

It is looked at every few seconds. What a system tells of changes by itself is lost on network
drives and in folders that sync, and at a restart all has to be looked at anyway.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tend.ingest.results import SPREADSHEETS

# Folders of sync clients, of systems and of network drives, beside those that are hidden.
_OTHERS = frozenset(
    ("$recycle.bin", "system volume information", "lost+found", "@eadir", "#recycle", "#snapshot")
)
_TEMPORARY = "~"  # Office's ~$name, Word's ~WRL, Syncthing's ~syncthing~
# What lies beside a file as long as it is open in Excel, in LibreOffice.
_OWNERS = ("~${}", ".~lock.{}#")
# So many times as long a file has to stand still that somebody seems to write: some network drives
# say so of every file.
_PATIENCE = 6


@dataclass(frozen=True)
class Seen:
    """A file as it was seen: where, how large, and when it was changed."""

    path: Path
    size: int
    changed: int  # nanoseconds


@dataclass(frozen=True)
class Look:
    """What a look finds: files that stand still, those that are open, and how many are none."""

    still: tuple[Seen, ...]
    open: tuple[Path, ...]
    others: int


class Folder:
    """A folder that is looked at again and again; files that were done are not given again."""

    def __init__(
        self,
        path: Path,
        settle: float,
        apart: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self._settle = settle
        self._apart = apart.resolve()
        self._clock = clock
        self._since: dict[Seen, float] = {}
        self._done: set[Seen] = set()

    def look(self) -> Look:
        """Look once. Raises OSError where the folder cannot be read."""
        now = self._clock()
        names = list(self._walk(self.path))
        found = [seen for path in names if is_spreadsheet(path) and (seen := _seen(path))]
        self._since = {one: self._since.get(one, now) for one in found}
        self._done &= self._since.keys()
        ready = [one for one in found if one.size and self._is_still(one, now)]
        is_open = {one.path for one in ready if self._is_open(one, now)}
        still = sorted((one for one in ready if one.path not in is_open), key=_age)
        others = sum(not is_spreadsheet(path) and not _is_temporary(path.name) for path in names)
        return Look(tuple(still), tuple(sorted(is_open)), others)

    def done(self, one: Seen) -> None:
        """Ask no more of a file, unless it changes."""
        self._done.add(one)

    def again(self, one: Seen) -> None:
        """Let a file settle once more."""
        self._since.pop(one, None)

    def _is_still(self, one: Seen, now: float) -> bool:
        return one not in self._done and now - self._since[one] >= self._settle

    def _is_open(self, one: Seen, now: float) -> bool:
        """Tell whether a program has a file open to be edited, or still writes it."""
        if any(one.path.with_name(owner.format(one.path.name)).exists() for owner in _OWNERS):
            return True
        is_to_wait = now - self._since[one] < self._settle * _PATIENCE
        return is_to_wait and sys.platform == "linux" and _is_written(one.path)

    def _walk(self, folder: Path) -> Iterator[Path]:
        """Give the files below a folder; what is hidden or only points elsewhere is left alone."""
        with os.scandir(folder) as entries:
            there = sorted(entries, key=lambda entry: entry.name)
        for entry in there:
            path = Path(entry.path)
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_file(follow_symlinks=False):
                yield path
            elif entry.is_dir(follow_symlinks=False) and self._is_looked_into(path):
                yield from self._below(path)

    def _below(self, folder: Path) -> Iterator[Path]:
        """Go on below; one that has just gone, may not be read or lies too deep has nothing."""
        try:
            yield from self._walk(folder)
        except (OSError, RecursionError):
            return

    def _is_looked_into(self, folder: Path) -> bool:
        name = folder.name.lower()
        return name not in _OTHERS and folder.resolve() != self._apart


def is_spreadsheet(path: Path) -> bool:
    """Tell by its name whether a file is a whole spreadsheet, not one on its way."""
    return path.suffix.lower().removeprefix(".") in SPREADSHEETS and not _is_temporary(path.name)


def _is_temporary(name: str) -> bool:
    return name.startswith(_TEMPORARY)


def _seen(path: Path) -> Seen | None:
    """Look at a file; nothing where it has just gone."""
    try:
        about = path.stat()
    except OSError:
        return None
    return Seen(path, about.st_size, about.st_mtime_ns)


def _age(one: Seen) -> tuple[int, str]:
    """Order files as they were changed: of two words on one thing the later one counts."""
    return one.changed, str(one.path)


def _is_written(path: Path) -> bool:
    """Ask Linux: a lease to read is refused while anybody has a file open to write."""
    import fcntl

    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(file)
    return False

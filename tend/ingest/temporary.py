"""Folders for a while: gone with what needs them, and swept when their process was killed.

Each process has one home in the temporary folder and holds a lock on it for as long as it lives;
a home whose lock anybody can take has no owner any more.
"""

import atexit
import contextlib
import itertools
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Collection, Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks: there nothing is swept
    fcntl = None  # type: ignore[assignment]

_PREFIX = "tend-"
_LOCK = "owner"
_OLD = 24 * 3600.0  # seconds; folders without a lock are of an older version, or being made
_making = threading.Lock()
_homes: dict[int, Path] = {}


@contextlib.contextmanager
def folder(kind: str) -> Iterator[Path]:
    """Lend a folder of this process for the length of a block."""
    with lasting(kind) as name:
        yield Path(name)


def lasting(kind: str) -> "tempfile.TemporaryDirectory[str]":
    """Give a folder that goes with the object, at the latest with this process."""
    return tempfile.TemporaryDirectory(prefix=f"{kind}-", dir=_home(), ignore_cleanup_errors=True)


def files(kinds: Collection[str]) -> list[Path]:
    """Give the files in this process's folders of some kinds."""
    home = _homes.get(os.getpid())
    found = [home.glob(f"{kind}-*/**/*") for kind in kinds] if home is not None else []
    return [file for file in itertools.chain(*found) if file.is_file()]


def empty(kinds: Collection[str]) -> None:
    """Take the files out of this process's folders of some kinds: what they follow from is gone."""
    for file in files(kinds):
        with contextlib.suppress(OSError):
            file.unlink()


def sweep() -> int:
    """Take away what killed processes left; give how many folders went."""
    found = [one for one in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*") if _is_left(one)]
    for one in found:
        shutil.rmtree(one, ignore_errors=True)
    return len(found)


def _home() -> Path:
    with _making:
        home = _homes.get(os.getpid())
        if home is None or not home.exists():
            home = _homes[os.getpid()] = Path(tempfile.mkdtemp(prefix=_PREFIX))
            _hold(home)
            atexit.register(_leave, home, os.getpid())
        return home


def _hold(home: Path) -> None:
    """Lock a home; the lock goes with the process, however it ends."""
    lock = os.open(home / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    if fcntl:
        fcntl.flock(lock, fcntl.LOCK_EX)


def _leave(home: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(home, ignore_errors=True)


def _is_left(home: Path) -> bool:
    """Tell whether a folder is ours to take away: of this user, and without a living owner."""
    try:
        about = home.lstat()
        if not fcntl or about.st_uid != os.getuid() or not home.is_dir() or home.is_symlink():
            return False
        if not (home / _LOCK).exists():
            return time.time() - about.st_mtime > _OLD
        lock = os.open(home / _LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(lock)
    return True

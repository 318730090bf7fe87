"""The folder of a workspace: what lies in it, who may see it, and who holds it."""

import contextlib
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tend.language.errors import TendError
from tend.store.audit import log, restored
from tend.store.copies import reading
from tend.store.database import record
from tend.store.database.connection import FILE, PUBLISHED, SIGNED_OUT, SPILL, WAL

UPLOADS = "uploads"
# A backup that is being put in the place of the workspace: unpacked, then as good as done.
ARRIVING, ARRIVED = "arriving", "arrived"
# A copy in which somebody is being erased, until it is as good as done or let go of.
ERASING = "erasing"
# What only its writer needs: a leftover where no writer is.
_UNFINISHED = ("*.part", "next-*", "complete-*.duckdb", "complete-*.failed")
LOCK = "lock"
# Where a watcher lays down files for whoever holds the workspace.
INBOX = "inbox"
# Daily copies, unless they lie elsewhere; where they lie and how the last went; who makes one.
COPIES, COPIES_BOOK, COPIES_LOCK = "copies", "copies.json", "copies.lock"
# Where a workspace lies whose home is shared by several servers.
HOME = "home.json"
# What stands in the lock of one who lets go of it again in a moment, and so long others wait.
_BRIEFLY, _MOMENT_SECONDS, _LOOK_SECONDS = b"briefly", 60.0, 0.05
# Who asked what in SQL, as Tend wrote it down before there was a log.
_BEFORE = ("asked.jsonl", "asked.1.jsonl")
_FOR_THE_OWNER, _FILE_FOR_THE_OWNER = 0o700, 0o600
_OURS = {FILE, WAL, UPLOADS, PUBLISHED, ARRIVING, ARRIVED, record.FILE, LOCK, SPILL}
_OURS |= {INBOX, SIGNED_OUT, ERASING, log.LAST, *_BEFORE, COPIES, COPIES_BOOK, COPIES_LOCK, HOME}
# Beside the database, what a workspace that arrives may bring of its own.
_BROUGHT = (record.FILE,)


class Lock:
    """A file held by one process; that of a workspace from opening to closing, also to mend it."""

    def __init__(self, file: Path, refusal: TendError, *, is_brief: bool = False) -> None:
        reading.refuse()
        self._file: int | None = os.open(file, os.O_RDWR | os.O_CREAT, _FILE_FOR_THE_OWNER)
        if not _lock(self._file):
            os.close(self._file)
            raise refusal
        os.ftruncate(self._file, 0)
        os.write(self._file, _BRIEFLY if is_brief else b"")

    def release(self) -> None:
        """Let others have it, once: its number is soon that of somebody else's file."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)


def lock(path: Path, *, is_brief: bool = False) -> Lock:
    """Be the one process that writes; wait for one that holds the workspace but for a moment."""
    refusal = TendError("workspace_locked", path=path)
    until = time.monotonic() + _MOMENT_SECONDS
    while True:
        try:
            return Lock(path / LOCK, refusal, is_brief=is_brief)
        except TendError:
            time.sleep(_LOOK_SECONDS)  # also until one that has just got it has said for how long
            if (path / LOCK).read_bytes() != _BRIEFLY or time.monotonic() > until:
                raise


@contextlib.contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold a file of one's own, so that others can tell that somebody is there."""
    number = os.open(file, os.O_RDWR | os.O_CREAT, _FILE_FOR_THE_OWNER)
    try:
        _lock(number)
        yield
    finally:
        os.close(number)


def is_held(file: Path) -> bool:
    """Tell whether a process that lives holds a file."""
    try:
        number = os.open(file, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _lock(number)
    finally:
        os.close(number)


def _lock(file: int) -> bool:
    if sys.platform == "win32":
        return True  # there, DuckDB's own lock on its file has to do
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def make(path: Path) -> None:
    """Make the folder where it is not there. All in it is for its owner only. Raises OSError."""
    reading.refuse()
    # DuckDB makes files of its own whenever it likes
    os.umask(~_FOR_THE_OWNER & 0o777)
    path.parent.mkdir(parents=True, exist_ok=True)
    for one in (path, path / PUBLISHED, path / UPLOADS):
        one.mkdir(_FOR_THE_OWNER, exist_ok=True)


def tidy(path: Path) -> None:
    """Put in order what a process that was killed left behind; only for who holds the folder."""
    arrive(path)
    for left in (ARRIVING, ERASING):
        shutil.rmtree(path / left, ignore_errors=True)
    for folder in (path, path / PUBLISHED, path / UPLOADS):
        for pattern in _UNFINISHED:
            for leftover in folder.glob(pattern):
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    for one in path.rglob("*"):
        _for_the_owner(one)
    if all(one.name in _OURS or log.is_of_it(one.name) for one in path.iterdir()):
        _for_the_owner(path)


def content_hash(file: Path) -> str:
    """Give the fingerprint of what is in a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def uploads(path: Path) -> list[Path]:
    """Give the kept uploads: whole ones only."""
    return sorted(one for one in (path / UPLOADS).iterdir() if one.suffix != ".part")


def is_emptied(path: Path) -> bool:
    """Tell whether there once was a database here: it is gone, and what lay beside it is there."""
    file = path / FILE
    if file.exists() and (file.is_dir() or file.stat().st_size):
        return False
    beside = (path / UPLOADS, path / PUBLISHED)
    return (
        (path / record.FILE).exists()
        or (path / log.FILE).exists()
        or (path / WAL).exists()
        or any(True for folder in beside for _ in folder.iterdir())
    )


def arrive(path: Path) -> None:
    """Finish what a restore, or an erasure, began once what is to come was whole.

    Each step may be the second time.
    """
    arrived = path / ARRIVED
    if (arrived / FILE).exists():  # what is there is still of the workspace before
        for old in (path / WAL, path / record.FILE):
            old.unlink(missing_ok=True)
        if (path / FILE).is_dir():
            shutil.rmtree(path / FILE)
        shutil.rmtree(path / PUBLISHED)
        (path / PUBLISHED).mkdir(_FOR_THE_OWNER)
        (arrived / FILE).replace(path / FILE)
    if (arrived / UPLOADS).exists():
        shutil.rmtree(path / UPLOADS)
        (arrived / UPLOADS).rename(path / UPLOADS)
    for name in _BROUGHT:
        if (arrived / name).exists():
            (arrived / name).replace(path / name)
    restored.arrive(path, arrived)
    shutil.rmtree(arrived, ignore_errors=True)


def _for_the_owner(one: Path) -> None:
    with contextlib.suppress(FileNotFoundError, PermissionError):
        wanted = _FOR_THE_OWNER if one.is_dir() else _FILE_FOR_THE_OWNER
        if one.stat().st_mode & 0o777 & ~wanted:
            one.chmod(wanted)

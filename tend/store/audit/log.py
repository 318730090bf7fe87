"""The log as a file: lines are added by several processes, one at a time, each for good.

Beside it, in two lines in turn, stands which line was the last: so lines cut off at the end are
found. It is written after the line, so it never knows of one that is not there; the lock is on it,
as it is never replaced. What a killed writer left of a line goes before the next is written.
"""

import contextlib
import errno
import os
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from io import BufferedReader
from pathlib import Path

from tend.people.person import Person
from tend.store.audit import backwards, lines, texts
from tend.store.audit.lines import About, Mark, What
from tend.store.database import trouble, two_lines

FILE, LAST = "audit.jsonl", "last-audit"
# The log, the texts beside it, and those that a restore set aside.
_ALL = re.compile(r"audit(-texts)?(-before-[0-9a-f]*)?\.jsonl")
_WIDTH = 128
# No line is longer: codes are bounded, and so is their number.
_TAIL = 8192
_writing = threading.Lock()


def append(
    path: Path,
    person: Person,
    what: What,
    about: Mapping[str, About | None],
    *,
    text: str | None = None,
    commit: int | None = None,
    after: int | None = None,
    known: Mark | None = None,
) -> Mark:
    """Add what somebody did to the log of a workspace, and give its line.

    Where the file ends before a line that is `known`, the number goes on from that: it shows.

    It is there for good once this returns. It is `about` codes and counts; a `text`, such as a
    statement, lies beside the log. Raises TendError where it cannot be written: then what was to
    be done is not done.
    """
    told = {name: value for name, value in about.items() if value is not None}
    try:
        with held(path) as last:
            with _opened(path) as file:
                before = _before(file, Mark(*(two_lines.read(last, _WIDTH) or ())), known or Mark())
                if text is not None:
                    told["text"] = texts.add(path, before.number + 1, text)
                mark, line = lines.write(before, person, what, told, commit, after)
                _add(file, line)
            two_lines.write(last, _WIDTH, mark.number, mark.chain)
    except OSError as error:
        raise trouble.said(error, path) from error
    return mark


@contextlib.contextmanager
def held(path: Path) -> Iterator[int]:
    """Hold the log, so that nobody adds to it; give the file that says which line is the last."""
    with _writing:
        file = os.open(path / LAST, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform != "win32":
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)


def last(path: Path) -> Mark | None:
    """Give the line that was noted as the last; none where nothing can be read."""
    with contextlib.suppress(FileNotFoundError):
        file = os.open(path / LAST, os.O_RDONLY)
        try:
            found = two_lines.read(file, _WIDTH)
        finally:
            os.close(file)
        return Mark(*found) if found else None
    return None


def note_last(path: Path, mark: Mark) -> None:
    """Note which line is the last of a log that has just been put here."""
    with held(path) as file:
        os.ftruncate(file, 0)
        two_lines.write(file, _WIDTH, mark.number, mark.chain)
        os.fsync(file)


def newest(path: Path) -> Mark | None:
    """Give the last line that stands there; none where there is none that can be read."""
    for _, block in backwards.blocks(path / FILE):
        found = lines.read(block[-1])
        return found.mark if found else None
    return None


def find(file: Path, number: int) -> Mark | None:
    """Give the line of a number, as it stands in a log; none where it does not."""
    for _, block in backwards.blocks(file):
        for raw in reversed(block):
            line = lines.read(raw)
            if line and line.number <= number:
                return line.mark if line.number == number else None
    return None


def is_of_it(name: str) -> bool:
    """Tell by its name whether a file is a part of the log."""
    return _ALL.fullmatch(name) is not None


def files(path: Path) -> list[Path]:
    """Give all files of the log."""
    return sorted(one for one in path.iterdir() if is_of_it(one.name))


def whole(path: Path) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Give the names and bytes of all files of the log, as they are now: others go on adding."""
    with contextlib.ExitStack() as opened:
        with held(path):
            there = [opened.enter_context(one.open("rb")) for one in files(path)]
            sizes = [os.fstat(one.fileno()).st_size for one in there]
        for file, size in zip(there, sizes, strict=True):
            yield Path(file.name).name, _pieces(file, size)


def _pieces(file: BufferedReader, size: int) -> Iterator[bytes]:
    while size > 0 and (piece := file.read(min(size, 1 << 20))):
        size -= len(piece)
        yield piece


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    is_new = not (path / FILE).exists()
    file = os.open(path / FILE, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        yield file
    finally:
        os.close(file)
    if is_new and sys.platform != "win32":
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _before(file: int, *noted: Mark) -> Mark:
    """Give the line that the next one follows, also where it is not there any more."""
    size = os.fstat(file).st_size
    start = max(0, size - _TAIL)
    os.lseek(file, start, os.SEEK_SET)
    there = os.read(file, _TAIL)
    whole, _, half = there.rpartition(b"\n")
    if half:  # a writer was killed: nobody was told that it stands
        os.ftruncate(file, size - len(half))
    found = lines.read(whole.rpartition(b"\n")[2])
    stands = found.mark if found else Mark()
    return max(stands, *noted, key=lambda mark: mark.number)


def _add(file: int, line: bytes) -> None:
    """Write a line, all of it or nothing. Raises OSError."""
    size = os.fstat(file).st_size
    try:
        if os.write(file, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(file, size)
        raise

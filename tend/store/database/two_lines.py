"""A number and a mark, kept in one of two lines in turn: a stroke that was cut leaves the other.

Nothing of it needs new room on a full disk once it was written twice.
"""

import hashlib
import os


def read(file: int, width: int) -> tuple[int, str] | None:
    """Give the pair of the highest number; none where nothing can be read."""
    found = [_pair(_at(file, width, start)) for start in (0, width)]
    return max((one for one in found if one), default=None, key=lambda one: one[0])


def write(file: int, width: int, number: int, mark: str) -> None:
    """Write a pair in the place of the last but one. Raises OSError."""
    first = _pair(_at(file, width, 0))
    is_second = first is not None and first == read(file, width)
    os.lseek(file, width if is_second else 0, os.SEEK_SET)
    os.write(file, _line(width, number, mark))


def _at(file: int, width: int, start: int) -> bytes:
    os.lseek(file, start, os.SEEK_SET)
    return os.read(file, width)


def _line(width: int, number: int, mark: str) -> bytes:
    said = f"{number} {mark}"
    return f"{said} {_check(said)}".ljust(width - 1).encode() + b"\n"


def _pair(line: bytes) -> tuple[int, str] | None:
    said, _, check = line.decode("ascii", "replace").strip().rpartition(" ")
    number, _, mark = said.partition(" ")
    if check != _check(said) or not number.isdecimal():
        return None
    return int(number), mark


def _check(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:8]

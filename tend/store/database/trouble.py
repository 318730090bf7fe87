"""Trouble with the machine or the database, each as one sentence that says what to do."""

import contextlib
import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb

from tend.language.errors import TendError

# What a machine without room, memory or a sound disk makes of any work.
ERRORS = (duckdb.Error, OSError, MemoryError)
# DuckDB passes on what the system said, in the system's words.
_OF_THE_SYSTEM = {
    "disk_full": (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
    "disk_read_only": (errno.EROFS, errno.EACCES, errno.EPERM),
    "disk_fails": (errno.EIO, errno.ESTALE, errno.EMFILE, errno.ENFILE),
}
OF_THE_MACHINE = (*_OF_THE_SYSTEM, "no_memory")
_DAMAGED = (
    *("corrupt", "not a valid duckdb database", "could not read enough bytes", "replaying wal"),
    "failed to load metadata pointer",
)
# Another program holds the file: DuckDB's own lock, on Linux and on Windows.
_HELD = ("could not set lock on file", "used by another process")


class DatabaseBrokeError(TendError):
    """The database broke and is opened anew: a question may be asked once more."""


def sentence(error: BaseException, path: Path) -> TendError | None:
    """Give the sentence on an error of the machine; none for one of the question."""
    words = _words(error)
    for code, numbers in _OF_THE_SYSTEM.items():
        if getattr(error, "errno", None) in numbers or any(
            os.strerror(n) in words for n in numbers
        ):
            return TendError(code, path=path, why=_why(words))
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        return TendError("no_memory", path=path)
    if any(one in words.lower() for one in _DAMAGED):
        return TendError("workspace_damaged", path=path, why=_why(words))
    return None


def said(error: BaseException, path: Path) -> TendError:
    """Give a sentence on whatever went wrong."""
    if isinstance(error, TendError):
        return error
    if isinstance(error, OSError):
        file = error.filename or path
        other = TendError("file_trouble", file=file, why=error.strerror or _why(str(error)))
        return sentence(error, Path(os.fsdecode(file))) or other
    return sentence(error, path) or TendError("unanswered", why=_why(_words(error)))


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Say an error of the machine as a sentence. Raises TendError."""
    try:
        yield
    except ERRORS as error:
        if (known := sentence(error, path)) is None:
            raise
        raise known from error


@contextlib.contextmanager
def opening(path: Path) -> Iterator[None]:
    """Say whatever keeps a workspace from being opened as a sentence. Raises TendError."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        other = TendError("workspace_unusable", path=path, why=why)
        raise sentence(error, path) or other from error
    except (duckdb.Error, MemoryError, ValueError) as error:
        if any(one in _words(error).lower() for one in _HELD):
            raise TendError("workspace_locked", path=path) from error
        other = TendError("workspace_damaged", path=path, why=_why(_words(error)))
        raise sentence(error, path) or other from error


@contextlib.contextmanager
def at_the_end(cursor: duckdb.DuckDBPyConnection, *statements: str) -> Iterator[None]:
    """Run statements when the work is done; where it failed, they hide nothing of why."""
    try:
        yield
    except BaseException:
        for statement in ("rollback", *statements):  # a failed transaction takes nothing more
            with contextlib.suppress(duckdb.Error):
                cursor.execute(statement)
        raise
    for statement in statements:
        cursor.execute(statement)


def _words(error: BaseException) -> str:
    """Give what was said; inner errors of DuckDB are JSON where they were met again."""
    said = str(error)
    with contextlib.suppress(ValueError, AttributeError):
        said = json.loads(said).get("exception_message", said)
    return said


def _why(said: str) -> str:
    """Give the first line, without the full stop that the sentence brings itself."""
    return (said.strip().splitlines() or [""])[0].rstrip(".!")

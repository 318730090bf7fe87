"""Files that are handed round: whole in their place, or not there."""

import contextlib
import os
import tempfile
from pathlib import Path


def put(file: Path, content: bytes) -> None:
    """Write a file beside its place and rename it: who is killed leaves the old one as it was.

    Raises OSError that names the file.
    """
    try:
        _put(file, content)
    except OSError as error:  # nobody knows the name of the half
        raise OSError(error.errno, error.strerror, str(file)) from error


def _put(file: Path, content: bytes) -> None:
    number, name = tempfile.mkstemp(prefix=f".{file.name[:40]}.", suffix=".part", dir=file.parent)
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as out:
            out.write(content)
        part.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise

"""Kept files, which are named by their content: they lie at a home and at each server."""

import contextlib
import errno
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb

from tend.language.errors import TendError
from tend.store.copies.folder import UPLOADS

__all__ = ["ROWS", "UPLOADS", "claim", "clear", "copied", "is_taken", "lacking", "lent", "named"]

# Where the files of rows lie, in the folder of a home.
ROWS = "rows"
# Says whose the folder is. A share that is not mounted leaves an empty one in its place: what was
# written there would be at one server only.
_MARK = "tend-home"


@contextlib.contextmanager
def lent(folder: Path) -> Iterator[Path]:
    """Lend the folder of a home. Raises TendError where it is away, or cannot be used."""
    try:
        if not (folder / _MARK).is_file():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        yield folder
    except OSError as error:
        raise _unusable(folder, error) from error


def claim(folder: Path, place: str) -> None:
    """Mark a folder as that of the home at a place. Raises TendError where it is another's."""
    mark, said = folder / _MARK, f"Files of the shared home of Tend at {place} lie here.\n"
    try:
        if is_taken(folder) and not (mark.is_file() and mark.read_text(encoding="utf-8") == said):
            raise TendError("home_taken", folder=folder)
        folder.mkdir(parents=True, exist_ok=True)
        mark.write_text(said, encoding="utf-8")
    except OSError as error:
        raise _unusable(folder, error) from error


def is_taken(folder: Path) -> bool:
    """Tell whether a folder holds what belongs to a home, or could be taken for it."""
    return any((folder / name).exists() for name in (_MARK, ROWS, UPLOADS))


def clear(folder: Path) -> None:
    """Take away what a home kept in a folder."""
    for name in (ROWS, UPLOADS):
        shutil.rmtree(folder / name, ignore_errors=True)
    with contextlib.suppress(OSError):
        (folder / _MARK).unlink()
        folder.rmdir()  # where nothing else lies there


def named(cursor: duckdb.DuckDBPyConnection, imports: Sequence[int] | None) -> list[str]:
    """Give the contents of the files that some imports came from, or all."""
    found = cursor.execute(
        "select distinct content_hash from imports where origin = 'file'"
        " and (? or list_contains(?::integer[], import_id))",
        [imports is None, list(imports or ())],
    ).fetchall()
    return [content_hash for (content_hash,) in found]


def copied(names: Iterable[str], source: Path, target: Path) -> None:
    """Let files of these contents lie in another folder, too; whole ones, whoever is killed."""
    found = _there(names, source)
    if found:
        target.mkdir(parents=True, exist_ok=True)
    for file in found:
        if not (target / file.name).exists():
            part = target / f"{file.name}-{uuid.uuid4().hex}.part"
            try:
                shutil.copyfile(file, part)
                part.replace(target / file.name)
            finally:
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)


def lacking(cursor: duckdb.DuckDBPyConnection, here: Path, there: Path) -> list[str]:
    """Name the files that are kept here, and not there."""
    return [one.name for one in _there(named(cursor, None), here) if not _is_same(one, there)]


def _is_same(file: Path, there: Path) -> bool:
    other = there / file.name
    return other.exists() and other.stat().st_size == file.stat().st_size


def _there(names: Iterable[str], folder: Path) -> list[Path]:
    return [file for name in names for file in sorted(folder.glob(f"{name}.*")) if _is_whole(file)]


def _unusable(folder: Path, error: OSError) -> TendError:
    return TendError("home_folder", folder=folder, why=error.strerror or str(error))


def _is_whole(file: Path) -> bool:
    return file.suffix != ".part"

"""Kept files, which are named by their content: they lie at a home and at each server."""

import contextlib
import shutil
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from tend.store.copies.folder import UPLOADS

__all__ = ["UPLOADS", "copied", "lacking", "named"]


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


def _is_whole(file: Path) -> bool:
    return file.suffix != ".part"

"""The last commit, written down a second time beside the database.

A database can lose commits without a word: a cut WAL, an older copy put in its place. The record
is written after each commit, so it never knows of one that the database did not confirm; a
database that is ahead of it is sound. It is written in two lines in turn.
"""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tend.language.errors import TendError
from tend.store.database import two_lines
from tend.store.database.connection import CATALOGUE, WAL, connect
from tend.store.database.connection import FILE as DATABASE

FILE = "last-commit"
_LINE = 64


@dataclass(frozen=True)
class Commit:
    """One commit: how many there were before it, and a mark that follows from theirs."""

    version: int
    mark: str = ""


def read(path: Path) -> Commit | None:
    """Give the last commit that was written down; none where nothing can be read."""
    try:
        file = os.open(path / FILE, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        found = two_lines.read(file, _LINE)
    finally:
        os.close(file)
    return Commit(*found) if found else None


def write(path: Path, commit: Commit) -> None:
    """Write a commit down, in the place of the last but one. Raises OSError."""
    file = os.open(path / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        two_lines.write(file, _LINE, commit.version, commit.mark)
        os.fsync(file)
    finally:
        os.close(file)


def look(path: Path) -> None:
    """Hold what a killed process left against the record, before opening it writes to the file.

    Raises TendError where the database lacks the commit that was written down.
    """
    if not (path / WAL).exists():
        return
    is_older = contextlib.suppress(duckdb.BinderException, duckdb.CatalogException)
    with contextlib.closing(connect(path / DATABASE, path, read_only=True)) as there, is_older:
        row = there.execute(f"select version, mark from {CATALOGUE}.workspace_version").fetchone()
        assert row is not None
        checked(path, Commit(*row))


def checked(path: Path, found: Commit) -> Commit | None:
    """Give the commit that was written down. Raises TendError where the database lacks it."""
    known = read(path)
    if known is not None and is_lost(known, found):
        told = {"found": found.version, "known": known.version, "record": path / FILE}
        raise TendError("workspace_lost", path=path, **told)
    return known


def is_lost(known: Commit | None, found: Commit) -> bool:
    """Tell whether a database lacks the commit that was written down."""
    if known is None or found.version > known.version:
        return False
    return found != known

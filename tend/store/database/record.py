"""The last commit, written down a second time beside the database.

A database can lose commits without a word: a cut WAL, an older copy put in its place. The record
is written after each commit, so it never knows of one that the database did not confirm; a
database that is ahead of it is sound. Two lines are written in turn, each in one stroke: a stroke
that was cut leaves the other line, and nothing needs new room on a full disk.
"""

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tend.language.errors import TendError
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
        kept = (path / FILE).read_bytes()
    except FileNotFoundError:
        return None
    found = [_commit(kept[:_LINE]), _commit(kept[_LINE:])]
    return max((one for one in found if one), key=lambda one: one.version, default=None)


def write(path: Path, commit: Commit) -> None:
    """Write a commit down, in the place of the last but one. Raises OSError."""
    file = os.open(path / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        now = _commit(os.read(file, _LINE))
        is_second = now is not None and now == read(path)
        os.lseek(file, _LINE if is_second else 0, os.SEEK_SET)
        os.write(file, _line(commit))
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


def _line(commit: Commit) -> bytes:
    said = f"{commit.version} {commit.mark}"
    return f"{said} {_check(said)}".ljust(_LINE - 1).encode() + b"\n"


def _commit(line: bytes) -> Commit | None:
    said, _, check = line.decode("ascii", "replace").strip().rpartition(" ")
    version, _, mark = said.partition(" ")
    if check != _check(said) or not version.isdecimal():
        return None
    return Commit(int(version), mark)


def _check(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:8]

"""Where daily copies lie, and how the last attempt went: noted in the folder of the workspace.

A copy's name says whose it is, when it was made, and up to which commit, so that copies of several
workspaces may lie in one folder, and none is taken for another's. Only whole ones have a name.
"""

import contextlib
import json
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tend.language.errors import TendError
from tend.store.copies import folder
from tend.store.database.record import Commit

ELSEWHERE = "TEND_COPIES"
_FORM = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"tend-([0-9a-f]{8})-(\d{8}T\d{6}Z)-(\d+)-([0-9a-f]*)\.zip")
_MARK = 8


@dataclass(frozen=True)
class Copy:
    """A copy of the workspace that was read again: when it was made, of which commit."""

    file: Path
    made_at: datetime
    commit: Commit
    size: int

    def holds(self, commit: Commit | None) -> bool:
        """Tell whether nothing was saved since."""
        return commit is not None and self.commit == _short(commit)


@dataclass(frozen=True)
class Failed:
    """An attempt that failed: when, and the code of the sentence that says why."""

    at: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """Whose copies these are, since when there are any, in which folders, and what failed last."""

    whose: str = field(default_factory=lambda: secrets.token_hex(4))
    since: str = field(default_factory=lambda: said(datetime.now(UTC)))
    folders: tuple[str, ...] = ()
    failed: Failed | None = None


def place(path: Path) -> Path:
    """Give where copies go: the folder TEND_COPIES, else one in the workspace."""
    return Path(os.environ.get(ELSEWHERE) or path / folder.COPIES).absolute()


def read(path: Path) -> Book | None:
    """Give what is noted; nothing where there is nothing yet, or nothing that can be read."""
    try:
        kept = json.loads((path / folder.COPIES_BOOK).read_text(encoding="utf-8"))
        failed = kept["failed"] and Failed(**kept["failed"])
        return Book(str(kept["whose"]), kept["since"], tuple(kept["folders"]), failed)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(path: Path, book: Book) -> None:
    """Note it, in one stroke. Raises OSError."""
    part = path / f"{folder.COPIES_BOOK}.part"
    with part.open("w", encoding="utf-8") as out:
        json.dump(asdict(book), out)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path / folder.COPIES_BOOK)


def listed(path: Path) -> list[Copy]:
    """List all copies of a workspace, the newest first, also those in folders of before."""
    found = [copy for file in _found(path, "tend-{}-*.zip") if (copy := _copy(file))]
    return sorted(found, key=lambda copy: copy.made_at, reverse=True)


def unfinished(path: Path) -> list[Path]:
    """List what killed processes left of copies that they were making, wherever it lies."""
    return _found(path, ".tend-{}-*")


def _found(path: Path, pattern: str) -> list[Path]:
    book = read(path)
    if book is None:
        return []
    places = dict.fromkeys((str(place(path)), *book.folders))
    return [file for one in places for file in Path(one).glob(pattern.format(book.whose))]


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Let one process make a copy at a time, none while somebody is erased. Raises TendError."""
    lock = folder.Lock(path / folder.COPIES_LOCK, TendError("copies_under_way"))
    try:
        yield
    finally:
        lock.release()


def file(where: Path, whose: str, at: datetime, commit: Commit) -> Path:
    """Name a copy."""
    short = _short(commit)
    return where / f"tend-{whose}-{at:{_FORM}}-{short.version}-{short.mark}.zip"


def said(at: datetime) -> str:
    """Write a moment down."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _copy(file: Path) -> Copy | None:
    if not (found := _NAME.fullmatch(file.name)):
        return None
    _, at, version, mark = found.groups()
    made_at = datetime.strptime(at, _FORM).replace(tzinfo=UTC)
    try:
        return Copy(file, made_at, Commit(int(version), mark), file.stat().st_size)
    except FileNotFoundError:  # it has just gone
        return None


def _short(commit: Commit) -> Commit:
    return Commit(commit.version, commit.mark[:_MARK])

"""Kept files in which a name stands, and what is left of each: its other rows, as a stand-in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from tend import ingest
from tend.ingest.results import Options
from tend.language.errors import TendError
from tend.store.copies import folder
from tend.store.erased import stand_in
from tend.store.erased.spelling import Names
from tend.store.erased.stand_in import Row
from tend.store.erasure import looking
from tend.store.erasure.looking import Verdict
from tend.store.erasure.subject import Subject


@dataclass(frozen=True)
class Kept:
    """A kept file that goes: what it was called, where its erased rows lay, what is seen in it."""

    content_hash: str
    file: Path
    name: str = ""
    gone: frozenset[tuple[int, int]] = frozenset()
    seen: Verdict = ""


@dataclass
class Uploads:
    """The kept files as they will be: those that stay, and what is left of those that go.

    Some go as a part of them is closed, so that nobody knows whether they name somebody.
    """

    stay: list[Path] = field(default_factory=list)
    replaced: dict[str, Path | None] = field(default_factory=dict)  # by hash: the stand-in
    closed: list[str] = field(default_factory=list)  # by hash


def look(file: Path, names: Names) -> Verdict:
    """Tell whether the name stands in a file, or why nobody can tell that."""
    if file.suffix != stand_in.SUFFIX:
        return looking.look(file, names.stands_in)
    cells = (cell for *_, row in stand_in.rows(file) for cell in row if cell)
    return "there" if any(map(names.stands_in, cells)) else ""


def going(
    cursor: duckdb.DuckDBPyConnection,
    uploads: list[Path],
    subject: Subject,
    gone: Mapping[int, frozenset[tuple[int, int]]],
) -> list[Kept]:
    """Give the kept files in which the name stands, or may stand, or of which rows were erased."""
    imported = cursor.execute(
        "select content_hash, any_value(file), list(import_id) from imports"
        " where origin = 'file' group by content_hash"
    ).fetchall()
    known = {content: (name, numbers) for content, name, numbers in imported}
    names, found = subject.names, []
    for file in uploads:
        name, numbers = known.get(file.stem, ("", []))
        rows = frozenset[tuple[int, int]]().union(*(gone.get(one, ()) for one in numbers))
        if (seen := look(file, names)) or rows:
            found.append(Kept(file.stem, file, name, rows, seen))
    return found


def replace(
    cursor: duckdb.DuckDBPyConnection,
    kept: Kept,
    target: Path,
    subject: Subject,
    options: Options,
    at: datetime,
) -> Path | None:
    """Write what is left of a kept file, and note it; nothing where it cannot be read."""
    made: Path | None = stand_in.place(target, kept.content_hash)
    assert made is not None
    try:
        stand_in.write(made, _rows(kept, options), lambda row: _left(row, kept, subject))
    except TendError:
        made = None
    digest = folder.content_hash(made) if made else None
    stand_in.note(cursor, kept.content_hash, digest, at)
    return made


def _rows(kept: Kept, options: Options) -> Iterator[Row]:
    if kept.file.suffix == stand_in.SUFFIX:
        yield from stand_in.rows(kept.file)
    elif kept.name:
        yield from ingest.all_rows(kept.file, options, name=kept.name)
    else:  # one that waits to be imported: whoever imports it brings it again
        raise TendError("upload_gone")


def _left(row: Row, kept: Kept, subject: Subject) -> Row | None:
    """Give a row without the name; one of the customer's own goes as a whole."""
    sheet_no, row_no, cells = row
    names = subject.names
    if subject.kind == "customer":
        ids = set(subject.ids)
        if (sheet_no, row_no) in kept.gone or any(one.strip() in ids for one in cells):
            return None
        if any(names.is_it(one) for one in cells):
            return None
    label = subject.label
    left = (label if names.is_it(one) else names.without(one, label) for one in cells)
    return sheet_no, row_no, tuple(left)

"""Kept files in which a name stands, and what is left of each: its other rows, as a stand-in."""

import html
import io
import json
import re
import zipfile
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
from tend.store.erasure.subject import Subject

# How files keep texts; what cannot be read so is read as far as it can.
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5", "latin-1")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\u[0-9a-fA-F]{4}")
_MOST_BYTES = 1 << 30  # of what a member unpacks to
_DEEP = 3


@dataclass(frozen=True)
class Kept:
    """A kept file that goes: what it was called, and where its erased rows lay."""

    content_hash: str
    file: Path
    name: str = ""
    gone: frozenset[tuple[int, int]] = frozenset()


@dataclass
class Uploads:
    """The kept files as they will be: those that stay, and what is left of those that go."""

    stay: list[Path] = field(default_factory=list)
    replaced: dict[str, Path | None] = field(default_factory=dict)  # by hash: the stand-in


def stands_in(file: Path, names: Names) -> bool:
    """Tell whether the name stands in a file, packed or not, in whichever encoding."""
    if file.suffix == stand_in.SUFFIX:
        return any(
            names.stands_in(cell) for *_, cells in stand_in.rows(file) for cell in cells if cell
        )
    return any(names.stands_in(text) for text in texts(file.read_bytes()))


def texts(data: bytes, depth: int = 0) -> Iterator[str]:
    """Give all that bytes may say: as they stand, in other encodings, packed in one another."""
    if data.startswith(b"PK") and depth < _DEEP:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for member in packed.infolist():
                    yield member.filename
                    if member.file_size < _MOST_BYTES:
                        yield from texts(packed.read(member), depth + 1)
            return
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
            pass  # not packed, whatever it begins with
    for encoding in _ENCODINGS:
        for start in (0, 1) if encoding.startswith("utf-16") else (0,):
            yield from _read(data[start:].decode(encoding, "ignore"))


def _read(text: str) -> Iterator[str]:
    yield text
    if "<" in text and ">" in text:
        # a name may be cut by marks of its looks, and cells lie side by side
        yield html.unescape(_TAG.sub("", text))
        yield html.unescape(_TAG.sub("\n", text))
    if _ESCAPED.search(text):
        yield _ESCAPED.sub(lambda one: json.loads(f'"{one[0]}"'), text)


def going(
    cursor: duckdb.DuckDBPyConnection,
    uploads: list[Path],
    subject: Subject,
    gone: Mapping[int, frozenset[tuple[int, int]]],
) -> list[Kept]:
    """Give the kept files in which the name stands, or of which rows were erased."""
    imported = cursor.execute(
        "select content_hash, any_value(file), list(import_id) from imports"
        " where origin = 'file' group by content_hash"
    ).fetchall()
    known = {content: (name, numbers) for content, name, numbers in imported}
    names, found = subject.names, []
    for file in uploads:
        name, numbers = known.get(file.stem, ("", []))
        rows = frozenset[tuple[int, int]]().union(*(gone.get(one, ()) for one in numbers))
        if rows or stands_in(file, names):
            found.append(Kept(file.stem, file, name, rows))
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
    return sheet_no, row_no, tuple(names.without(one, subject.label) for one in cells)

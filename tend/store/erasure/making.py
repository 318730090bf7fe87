"""A workspace as it is without somebody: made beside it, looked at, put in its place in one stroke.

Trying and doing are the same: the copy is made and somebody is erased in it; it is thrown away, or
it takes the place of the workspace as a backup does that is restored (`tend.store.copies.folder`).
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb

from tend import ingest
from tend.ingest import temporary
from tend.language.errors import TendError
from tend.store.copies import folder, published
from tend.store.database import record, trouble
from tend.store.database.clock import now
from tend.store.database.connection import FILE, PUBLISHED
from tend.store.derived import staging
from tend.store.erased import marks
from tend.store.erased.marks import Erased
from tend.store.erasure import beside, files, rows, searching, subject, texts
from tend.store.erasure.searching import Proof
from tend.store.erasure.subject import Kind, Subject, Wanted
from tend.store.facts import imports
from tend.store.upkeep import book
from tend.store.workspace import Workspace, open_workspace

Progress = Callable[[str, float], None]
Named = tuple[str, ...]
# Files of this process that follow from what is kept.
_TEMPORARY = ("cells", "tables", "handout")


@dataclass(frozen=True)
class Place:
    """Where a name stood: in which column, in how many texts, in how many as a word that stays."""

    table: str
    column: str
    texts: int
    words: int = 0


@dataclass(frozen=True)
class Found:
    """What goes: rows by data set, rejected ones, texts by column, kept files by what is left."""

    rows: Mapping[str, int]
    rejected: int
    places: tuple[Place, ...]
    packed: tuple[str, ...]  # kept files of which the other rows stay readable
    gone: tuple[str, ...]  # those of which nothing stays
    closed: tuple[str, ...]  # those among them of which a part cannot be looked into
    on_their_way: int  # files that were handed over or wait in a page, and are not taken in
    copies: int  # daily copies and such, which go as a whole
    others: tuple[str, ...]  # longer names in which this one stands: they stay


@dataclass(frozen=True)
class Prepared:
    """The workspace without somebody, open beside the one that is there."""

    subject: Subject
    found: Found
    workspace: Workspace
    left: files.Uploads


@contextlib.contextmanager
def prepared(
    workspace: Workspace, wanted: Wanted, language: str, progress: Progress = lambda *_: None
) -> Iterator[Prepared]:
    """Lend a copy of the workspace in which somebody is erased; nobody writes meanwhile.

    Raises TendError where nobody, or not one alone, is meant, and for who may not erase.
    """
    place = workspace.path / folder.ERASING
    if workspace.is_published:
        raise TendError("workspace_locked", path=workspace.path)
    if workspace.home is not None:  # the name would stay there, and at every other server
        raise TendError("home_first_back")
    # a copy under way would bring the name to the disk once more, when all is done
    with workspace.turn(progress), trouble.told(workspace.path), book.alone(workspace.path):
        found = meant(workspace, wanted, language)
        try:
            progress("erasing_copy", 0.0)
            _copied(workspace, place)
            with open_workspace(place) as inside:
                progress("erasing", 0.3)
                yield _erased(inside, workspace, found)
        finally:
            shutil.rmtree(place, ignore_errors=True)


def put(workspace: Workspace, made: Prepared, progress: Progress = lambda *_: None) -> Proof:
    """Let the copy take the place of the workspace, once nothing of the name is found in it.

    Raises TendError where something is, or the disk is full: then nothing has changed.
    """
    path, arriving = workspace.path, workspace.path / folder.ARRIVING
    try:
        with trouble.told(path):
            progress("erasing_fresh", 0.6)
            _arriving(made, arriving)
            progress("erasing_search", 0.8)
            proof = searching.search(arriving, made.subject)
            if proof.found:
                raise TendError("erase_left", places=", ".join(proof.found[:3]))
            beside.let_go(path, made.subject)
            proof = replace(proof, closed=len(made.found.closed))
        decide = partial(_decide, workspace, made)
        workspace.exchange(decide, partial(folder.arrive, path))
    finally:
        shutil.rmtree(arriving, ignore_errors=True)
    workspace.refresh()
    published.want(path / PUBLISHED)  # servers that only read show the name until then
    forget()
    return proof


def meant(workspace: Workspace, wanted: Wanted, language: str) -> Subject:
    """Find who is meant. Raises TendError where that is nobody, or several, and for who may not."""
    with _whole(workspace) as cursor:
        return subject.find(cursor, wanted, language)


def offered(workspace: Workspace, kind: Kind) -> list[tuple[str, str]]:
    """List who can be erased: id and name of customers, names of people."""
    with _whole(workspace) as cursor:
        return subject.offered(cursor, kind)


def allow(workspace: Workspace, number: int) -> None:
    """Let imports bring somebody again who was erased. Raises TendError for a number unknown."""
    with workspace.writing("audit") as cursor:
        if not marks.allow(cursor, number, now()):
            raise TendError("erase_unknown_number", number=number)


def forget() -> None:
    """Let go of what this process has in temporary folders of what was kept before."""
    ingest.forget()
    temporary.empty(_TEMPORARY)


@contextlib.contextmanager
def _whole(workspace: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a cursor that sees all, to who may erase."""
    workspace.require("audit")
    with workspace.whole_cursor() as cursor:
        yield cursor


def _copied(workspace: Workspace, place: Path) -> None:
    """Copy all there is into a folder of its own, in which it is a workspace."""
    shutil.rmtree(place, ignore_errors=True)
    folder.make(place)
    with workspace.whole_copy() as copied:
        linked(copied, place / FILE)


def _erased(inside: Workspace, workspace: Workspace, found: Subject) -> Prepared:
    """Erase somebody in the copy: facts, texts, files, and what follows from them."""
    at = now()
    with inside.deriving() as cursor:
        there = rows.erase(cursor, found)
        rejected = texts.blank_rejected(cursor, found) if found.kind == "customer" else 0
        rows.let_out(cursor, found, at)
        told = texts.erase(cursor, found)
        gone = _places(rows.places(cursor), told)
        left = _uploads(inside, cursor, workspace, found, gone, at)
        erased = Erased(found.number, found.kind, found.way, found.label, at)
        marks.keep(cursor, erased, found.marked)
        for table in _health(cursor):
            cursor.execute(f"delete from {table}")
        staging.rebuild(cursor)
    inside.record()
    inside.refresh()
    waiting = len(beside.on_their_way(workspace.path, found))
    copies = len(beside.copies(workspace.path))
    kept = _files(workspace, left)
    said = Found(there, rejected, _counted(told), *kept, waiting, copies, found.others)
    return Prepared(found, said, inside, left)


def _health(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    found = cursor.execute(
        "select table_name from duckdb_tables() where database_name = current_database()"
        " and starts_with(table_name, 'health_') order by table_name"
    ).fetchall()
    return [table for (table,) in found]


def _places(
    erased: Iterator[rows.Place], told: list[texts.Text]
) -> dict[int, frozenset[tuple[int, int]]]:
    """Give the rows that went by their import, also imports of which only a text did."""
    found: dict[int, set[tuple[int, int]]] = {
        one.import_id: set() for one in told if one.import_id is not None and not one.is_word
    }
    for import_id, sheet_no, row_no in erased:
        found.setdefault(import_id, set()).add((sheet_no, row_no))
    return {number: frozenset(there) for number, there in found.items()}


def _uploads(
    inside: Workspace,
    cursor: duckdb.DuckDBPyConnection,
    workspace: Workspace,
    found: Subject,
    gone: Mapping[int, frozenset[tuple[int, int]]],
    at: datetime,
) -> files.Uploads:
    """Write what is left of kept files that name somebody; all others stay."""
    there, left = folder.uploads(workspace.path), files.Uploads()
    options = imports.read_options(workspace)
    going = {one.file: one for one in files.going(cursor, there, found, gone)}
    left.stay = [file for file in there if file not in going]
    for one in going.values():
        made = files.replace(cursor, one, inside.uploads, found, options, at)
        left.replaced[one.content_hash] = made
        if one.seen not in ("", "there"):
            left.closed.append(one.content_hash)
    return left


def _files(workspace: Workspace, left: files.Uploads) -> tuple[Named, Named, Named]:
    """Name the kept files that go: those of which rows stay readable, the others, the closed."""
    asked = "select content_hash, any_value(file) from imports group by content_hash"
    with workspace.whole_cursor() as cursor:
        names = dict(cursor.execute(asked).fetchall())
    told = {one: names.get(one, one[:12]) for one in left.replaced}
    packed = tuple(told[one] for one, made in left.replaced.items() if made)
    gone = tuple(told[one] for one, made in left.replaced.items() if not made)
    return packed, gone, tuple(told[one] for one in left.closed)


def _counted(told: list[texts.Text]) -> tuple[Place, ...]:
    by_column: dict[tuple[str, str], list[bool]] = {}
    for one in told:
        by_column.setdefault((one.column.table, one.column.name), []).append(one.is_word)
    return tuple(
        Place(table, column, len(words) - sum(words), sum(words))
        for (table, column), words in sorted(by_column.items())
    )


def _arriving(made: Prepared, arriving: Path) -> None:
    """Lay down all that is to be: the database written anew, so that no free block holds a name."""
    shutil.rmtree(arriving, ignore_errors=True)
    (arriving / folder.UPLOADS).mkdir(parents=True)
    with made.workspace.whole_copy() as fresh:
        linked(fresh, arriving / FILE)
    kept = (one for one in made.left.replaced.values() if one)
    for file in (*made.left.stay, *kept):
        linked(file, arriving / folder.UPLOADS / file.name)
    linked(made.workspace.path / record.FILE, arriving / record.FILE)
    for file in (arriving / FILE, *(one for one in made.left.replaced.values() if one)):
        with file.open("rb") as written:
            os.fsync(written.fileno())


def _decide(workspace: Workspace, made: Prepared) -> None:
    """Say so in the log, without a name, and let what is there arrive."""
    there = made.found
    files_gone = len(there.packed) + len(there.gone)
    counts = {"rows": sum(there.rows.values()), "files": files_gone, "copies": there.copies}
    beside.note(workspace, made.subject, counts)
    path = workspace.path
    (path / folder.ARRIVING).rename(path / folder.ARRIVED)


def linked(source: Path, target: Path) -> None:
    """Let a file lie at a second place too, without its bytes where the disk can do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)

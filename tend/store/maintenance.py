"""Backup, restore and verify: the workspace as one file, and whether it is sound."""

import contextlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from tend.language.errors import TendError
from tend.people.person import LOCAL, Person
from tend.store.audit import checking, log, restored
from tend.store.audit.checking import Checked
from tend.store.audit.lines import Mark
from tend.store.copies import folder
from tend.store.database import record, trouble
from tend.store.database.connection import FILE, connect
from tend.store.derived import staging
from tend.store.derived.health import check
from tend.store.workspace import Workspace, open_workspace, workspace_path

_UPLOADS = f"{folder.UPLOADS}/"
_UNREADABLE = (OSError, zipfile.BadZipFile, duckdb.Error, TendError, MemoryError)


def backup(workspace: Workspace, target: Path, *, kind: str | None = None) -> None:
    """Write the database and the kept uploads into one zip file, which is read again.

    Also beside the process that holds the workspace. Raises TendError where no sound backup can be
    written; what lay at `target` stays until then.
    """
    workspace.note("backup", kind=kind)
    with _beside(target) as place:
        part = place / target.name
        with workspace.whole_copy() as copied, trouble.told(target):
            _pack(part, copied, workspace.path)
        with trouble.told(target):
            _read_again(part, place / "again", target)
            part.replace(target)


def restore(given: Path | None, source: Path, person: Person = LOCAL) -> None:
    """Put a backup in the place of the workspace, which must not be in use.

    The backup is unpacked and opened beside it first: a bad one changes nothing. It takes the
    place in one stroke; what is to be done after that, the next opening finishes where need be.
    The log goes on: it says that this was done, and forgets nothing of what was done before.
    Raises TendError for a file that is no backup.
    """
    path = workspace_path(given).absolute()
    if (path / folder.HOME).exists():
        raise TendError("home_first_back")
    with trouble.opening(path):
        folder.make(path)
        lock = folder.lock(path)
        try:
            _refuse_where_held(path)
            folder.tidy(path)
            arriving = path / folder.ARRIVING
            try:
                problems, noted = _unpacked(source, arriving)
            except _UNREADABLE as error:
                said = trouble.said(error, path)
                is_bad = said.code not in trouble.OF_THE_MACHINE
                raise TendError("bad_backup", file=source.name) if is_bad else said from error
            if problems:
                raise TendError("bad_backup", file=source.name)
            restored.go_on(path, arriving, noted, person)
            arriving.rename(path / folder.ARRIVED)
            folder.tidy(path)
        finally:
            shutil.rmtree(path / folder.ARRIVING, ignore_errors=True)
            lock.release()


def verify(workspace: Workspace) -> list[str]:
    """Tell what is not sound; an empty list is a sound workspace whose log is as it was written."""
    problems, checked = look(workspace)
    return [*problems, *map(str, checked.faults)]


def look(workspace: Workspace) -> tuple[list[str], Checked]:
    """Tell what is not sound, as codes with details, and what is to be said of the log.

    Beside the process that holds the workspace, a copy of all there is in it is looked at.
    """
    path = workspace.path
    if not workspace.is_published:
        checked = checking.check(path, workspace.noted(), workspace.last_line)
        return _problems(workspace), checked
    with workspace.whole_copy() as copied, _beside(copied) as place:
        copied.rename(place / FILE)
        with open_workspace(place) as whole:
            found = [*_missing_uploads(whole, path), *_unsound(whole)]
            return found, checking.check(path, whole.noted(), is_newest=False)


def _problems(workspace: Workspace) -> list[str]:
    behind = [] if workspace.is_recorded else [f"not_written_down {record.FILE}"]
    missing = _missing_uploads(workspace, workspace.path)
    return [*behind, *missing, *_unsound(workspace), *_unlike_home(workspace)]


def _unlike_home(workspace: Workspace) -> list[str]:
    """Name what several servers share and is not there as it is here; a home may be away."""
    try:
        return [f"home_differs {name}" for name in workspace.unlike_home()]
    except TendError as error:
        return [f"{error.code} {error}"]


def _refuse_where_held(path: Path) -> None:
    """Refuse where a program without our lock has the database open; a damaged one may go."""
    if (path / FILE).is_file():
        try:
            with trouble.opening(path):
                connect(path / FILE, path).close()
        except TendError as error:
            if error.code == "workspace_locked":
                raise


def _read_again(part: Path, place: Path, target: Path) -> None:
    """Hold a backup against what it was written from. Raises TendError where it is not sound."""
    try:
        problems, _ = _unpacked(part, place)
    except _UNREADABLE as error:
        said = trouble.said(error, target)
        if said.code in trouble.OF_THE_MACHINE:
            raise TendError(said.code, **{**said.params, "path": target}) from error
        raise TendError("backup_failed", file=target.name, why=said) from error
    if problems:
        raise TendError("backup_failed", file=target.name, why=", ".join(problems))


def _unpacked(source: Path, place: Path) -> tuple[list[str], Mark]:
    """Unpack a backup, open it and tell what is not sound, and the last line that it knows."""
    _unpack(source, place)
    with open_workspace(place) as whole:
        return _problems(whole), whole.noted()


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Lend a folder beside a file to be written; what killed ones left there goes first."""
    prefix = f".{target.name}-"
    with trouble.told(target):
        for leftover in target.absolute().parent.glob(f"{prefix}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        place = tempfile.mkdtemp(dir=target.absolute().parent, prefix=prefix)
    try:
        yield Path(place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _pack(part: Path, database: Path, path: Path) -> None:
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(database, FILE)
        for upload in folder.uploads(path):
            packed.write(upload, _UPLOADS + upload.name)
        for name, written in log.whole(path):
            with packed.open(name, "w") as inside:
                for piece in written:
                    inside.write(piece)
    with part.open("rb") as written:
        os.fsync(written.fileno())


def _unsound(workspace: Workspace) -> list[str]:
    """Read all there is in the database, and make again what follows from the rest."""
    found = []
    with workspace.rehearsing() as cursor:
        rows = cursor.execute(
            "select import_id, name from sheets where count_rows <> accepted + rejected + skipped"
        ).fetchall()
        found += [f"rows_do_not_add_up import {number}, {name}" for number, name in rows]
        found += [f"facts_differ {name}" for name in unlike_rebuilt(cursor)]
    try:
        found += [f"health_differs {name}" for name in check.differs(workspace)]
    except (TendError, duckdb.Error) as error:
        found.append(f"health_fails {str(error).splitlines()[0]}")
    return found


def unlike_rebuilt(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """Make all facts anew from the rows; name the tables that were not as they are now."""
    before = {name: digest(cursor, name) for name in _facts(cursor)}
    staging.rebuild(cursor)
    return [name for name, kept in before.items() if kept != digest(cursor, name)]


def _facts(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    found = cursor.execute(
        "select table_name from duckdb_tables() where database_name = current_database()"
        " and starts_with(table_name, 'stg_') order by table_name"
    ).fetchall()
    return [name for (name,) in found]


def _missing_uploads(workspace: Workspace, path: Path) -> list[str]:
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "select distinct file, content_hash from imports where origin = 'file'"
        ).fetchall()
        # of a file that named who was erased, what is left of it, if anything
        left = dict(cursor.execute("select content_hash, stand_in from erased_uploads").fetchall())
    kept = {upload.stem: upload for upload in folder.uploads(path)}
    return [
        f"upload_missing {file}"
        for file, content_hash in rows
        if (wanted := left.get(content_hash, content_hash)) is not None
        and (content_hash not in kept or folder.content_hash(kept[content_hash]) != wanted)
    ]


def digest(cursor: duckdb.DuckDBPyConnection, table: str) -> object:
    """Tell what is in a table, whatever the order of its rows."""
    columns = [row[0] for row in cursor.execute(f"describe {table}").fetchall()]
    # the rows behind a fact are listed in no order
    words = ", ".join(
        f"list_sort({c})::varchar" if c == "sources" else f"{c}::varchar" for c in columns
    )
    return cursor.execute(f"select count(*), sum(hash(hash({words}))) from {table}").fetchone()


def _unpack(source: Path, place: Path) -> None:
    """Unpack only what a backup holds: the database, the log, and uploads by plain names."""
    (place / folder.UPLOADS).mkdir(parents=True)
    with zipfile.ZipFile(source) as packed:
        for name in packed.namelist():
            plain = Path(name).name
            if name not in (FILE, _UPLOADS + plain) and not log.is_of_it(name):
                raise zipfile.BadZipFile(name)
            with packed.open(name) as inside, (place / name).open("wb") as outside:
                shutil.copyfileobj(inside, outside)
                outside.flush()
                os.fsync(outside.fileno())
    if not (place / FILE).exists():
        raise zipfile.BadZipFile(FILE)

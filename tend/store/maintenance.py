"""Backup, restore and verify: the workspace as one file, and whether it is sound."""

import hashlib
import shutil
import tempfile
import zipfile
from pathlib import Path

import duckdb

from tend.errors import TendError
from tend.store import health, staging
from tend.store.connection import FILE
from tend.store.workspace import Workspace, open_workspace, workspace_path

_UPLOADS = "uploads/"


def backup(workspace: Workspace, target: Path) -> None:
    """Write the database and the kept uploads into one zip file."""
    if workspace.is_published:
        raise TendError("workspace_locked", path=workspace.path)
    part = target.with_name(target.name + ".part")
    # The copy is whole and stands still; the database itself may be written to meanwhile.
    copied = workspace.copy_to(workspace.path / "published", "backup.duckdb", for_reading=False)
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(copied, FILE)
        for upload in sorted(workspace.uploads.iterdir()):
            packed.write(upload, _UPLOADS + upload.name)
    copied.unlink()
    part.replace(target)


def restore(given: Path | None, source: Path) -> None:
    """Put a backup in the place of the workspace, which must not be in use.

    The backup is unpacked and opened beside it first: a bad one changes nothing.
    Raises TendError for a file that is no backup.
    """
    path = workspace_path(given).absolute()
    open_workspace(path).close()  # nobody else holds it
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as folder:
        fresh = Path(folder) / "fresh"
        try:
            _unpack(source, fresh)
            with open_workspace(fresh) as restored:
                problems = verify(restored)
        except (OSError, zipfile.BadZipFile, duckdb.Error, TendError) as error:
            raise TendError("bad_backup", file=source.name) from error
        if problems:
            raise TendError("bad_backup", file=source.name)
        path.rename(Path(folder) / "before")
        fresh.rename(path)


def verify(workspace: Workspace) -> list[str]:
    """Tell what is not sound, as codes with details; an empty list is a sound workspace."""
    found = [f"upload_missing {name}" for name in _missing_uploads(workspace)]
    with workspace.rehearsing() as cursor:
        rows = cursor.execute(
            "select import_id, name from sheets where count_rows <> accepted + rejected + skipped"
        ).fetchall()
        found += [f"rows_do_not_add_up import {number}, {name}" for number, name in rows]
        tables = [
            name
            for (name,) in cursor.execute(
                "select table_name from duckdb_tables() where table_name like 'stg\\_%' escape '\\'"
                " and database_name = current_database()"
            ).fetchall()
        ]
        before = {name: _digest(cursor, name) for name in tables}
        staging.rebuild(cursor)
        found += [
            f"facts_differ {name}" for name in tables if before[name] != _digest(cursor, name)
        ]
    try:
        found += [f"health_differs {name}" for name in health.differs(workspace)]
    except duckdb.Error as error:
        found.append(f"health_fails {str(error).splitlines()[0]}")
    return found


def _missing_uploads(workspace: Workspace) -> list[str]:
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "select distinct file, content_hash from imports where origin = 'file'"
        ).fetchall()
    kept = {path.stem: path for path in workspace.uploads.iterdir()}
    return [
        file
        for file, content_hash in rows
        if content_hash not in kept or _hash(kept[content_hash]) != content_hash
    ]


def _digest(cursor: duckdb.DuckDBPyConnection, table: str) -> object:
    columns = [row[0] for row in cursor.execute(f"describe {table}").fetchall()]
    # the rows behind a fact are listed in no order
    words = ", ".join(
        f"list_sort({c})::varchar" if c == "sources" else f"{c}::varchar" for c in columns
    )
    return cursor.execute(f"select count(*), bit_xor(hash({words})) from {table}").fetchone()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpack(source: Path, folder: Path) -> None:
    """Unpack only what a backup holds: the database, and uploads by plain names."""
    with zipfile.ZipFile(source) as packed:
        for name in packed.namelist():
            plain = Path(name).name
            if name not in (FILE, _UPLOADS + plain):
                raise zipfile.BadZipFile(name)
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(name) as inside, target.open("wb") as outside:
                shutil.copyfileobj(inside, outside)
    if not (folder / FILE).exists():
        raise zipfile.BadZipFile(FILE)

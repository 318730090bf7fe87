"""What came by the watched folder, each content once: kept, so that nobody asks again."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

from tend.language.errors import TendError
from tend.store.audit import acting
from tend.store.database.clock import now
from tend.store.erased import uploads
from tend.store.facts import rows
from tend.store.watched.slips import Answer, Slip
from tend.store.workspace import Workspace

_SEEN = (
    "select content_hash from watched_files"
    " union select content_hash from imports where origin = 'file'"
)

_BEFORE = (
    "select max(import_id), bool_or(undone_at is null),"
    " exists (from watched_files where content_hash = $content)"
    " from imports where content_hash = $content"
)

_SHEETS = (
    "select headers, arg_max(if(dataset is null, coalesce(reason, ''), ''), import_id)"
    " from sheets join imports using (import_id)"
    " where undone_at is null and origin = 'file' and len(headers) > 0 group by headers"
)


def seen(workspace: Workspace) -> frozenset[str]:
    """Give the contents that came before by the folder, or were imported otherwise."""
    return workspace.read(_seen)


def _seen(cursor: duckdb.DuckDBPyConnection) -> frozenset[str]:
    return frozenset(one for (one,) in cursor.execute(_SEEN).fetchall())


def before(workspace: Workspace, content_hash: str) -> Answer | None:
    """Say what became of a content that was seen before; nothing where it is new."""
    found = workspace.read(
        lambda cursor: cursor.execute(_BEFORE, {"content": content_hash}).fetchone()
    )
    assert found is not None
    number, is_there, is_known = found
    if number is None:
        return Answer("known") if is_known else None
    return Answer("same" if is_there else "taken_back", number)


def sheets_before(workspace: Workspace) -> dict[tuple[str, ...], str]:
    """Give why the newest sheet of these headers was not taken, by headers; empty where it was."""
    found = workspace.read(lambda cursor: cursor.execute(_SHEETS).fetchall())
    return {tuple(headers): reason for headers, reason in found}


def note(cursor: duckdb.DuckDBPyConnection, slip: Slip, answer: Answer) -> None:
    """Write down what came, and why it waits or was refused."""
    acting.note(state=answer.state, why=answer.code or None)
    cursor.execute(
        "insert into watched_files by name"
        " select (select coalesce(max(arrival), 0) + 1 from watched_files) as arrival,"
        " ? as content_hash, ? as file, ? as folder, ? as arrived_at, ? as who, ? as is_refused,"
        " ? as code, ? as params"
        " where not exists (from watched_files where content_hash = ?)",
        [
            *(slip.content_hash, slip.file, slip.folder, now(), slip.who),
            *(answer.state == "refused", answer.code or None, rows.as_map(answer.params)),
            slip.content_hash,
        ],
    )


def kept(workspace: Workspace, content_hash: str, file: str) -> Path:
    """Give where a file that waits is kept, for who may bring it in.

    Raises TendError where it is not there, and for who may not.
    """
    workspace.require("import")
    place = uploads.place(workspace, file, content_hash)
    if not place.is_file():
        raise TendError("upload_gone")
    return place


def leave_out(workspace: Workspace, content_hash: str) -> Callable[..., None]:
    """Ask no more about a file that waits, or was refused; give what takes that back."""
    _leave(workspace, content_hash, now())
    return lambda workspace: _leave(workspace, content_hash, None)


def _leave(workspace: Workspace, content_hash: str, at: datetime | None) -> None:
    with workspace.writing("import", what="watched") as cursor:
        acting.note(state="left_out" if at else "taken_up")
        cursor.execute(
            "update watched_files set left_out_at = ?, left_out_by = ? where content_hash = ?",
            [at, workspace.person.name, content_hash],
        )

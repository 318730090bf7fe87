"""What lies beside database and uploads: texts of the log, files on their way, daily copies."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from tend.ingest import temporary
from tend.store.audit import log, texts
from tend.store.audit.lines import About
from tend.store.copies import folder
from tend.store.erasure import files
from tend.store.erasure.subject import Subject
from tend.store.upkeep import book
from tend.store.workspace import Workspace

# Folders in which files wait for a reader's word.
_UPLOADS = ("upload",)
# Who asked what, as older versions noted it; texts of logs that a restore set aside.
_OLDER = ("asked*.jsonl", "audit-texts-*.jsonl")


def note(workspace: Workspace, found: Subject, about: Mapping[str, About]) -> None:
    """Say in the log that somebody is erased, and let its texts go in which they are named."""
    said: dict[str, About] = {"kind": found.kind, "way": found.way, "number": found.number}
    line = workspace.note_of("erase", {**said, **about})
    names = found.names
    with log.held(workspace.path):
        texts.erase(workspace.path, line.number, names.stands_in)


def let_go(path: Path, found: Subject) -> None:
    """Delete what is on its way and names somebody, and copies: nobody can take a name out of them.

    A watcher hands over again what it is not answered; a page says that its file is gone.
    """
    for file in on_their_way(path, found):
        for one in file.parent.glob(f"{file.stem}.*"):
            one.unlink(missing_ok=True)
    for pattern in _OLDER:
        for file in path.glob(pattern):
            if files.look(file, found.names):
                file.unlink()
    for file in copies(path):
        file.unlink(missing_ok=True)
    for left in book.unfinished(path):
        shutil.rmtree(left)


def on_their_way(path: Path, found: Subject) -> list[Path]:
    """Give the files that wait to be taken in and name somebody, or may do so.

    They lie in the watcher's inbox, and in this process's folders for pages.
    """
    inbox = path / folder.INBOX
    handed = inbox.iterdir() if inbox.is_dir() else ()
    there = (one for one in (*handed, *temporary.files(_UPLOADS)) if one.suffix and one.is_file())
    return [one for one in there if files.look(one, found.names)]


def copies(path: Path) -> list[Path]:
    """Give the daily copies of the workspace, wherever they are kept."""
    return [one.file for one in book.listed(path)]

"""What lies beside database and uploads: logs, files on their way, daily copies."""

import contextlib
import json
from pathlib import Path

from tend.language import format
from tend.store.copies import folder
from tend.store.database.connection import ASKED, ASKED_BEFORE
from tend.store.erased.spelling import Names
from tend.store.erasure import files
from tend.store.erasure.subject import Subject

_LOGS = (ASKED, ASKED_BEFORE)
_COPIES = "copies/*.zip"


def logs(path: Path, target: Path, found: Subject) -> None:
    """Write the logs as they are without the name."""
    names = found.names
    for name in _LOGS:
        with contextlib.suppress(FileNotFoundError):
            lines = (path / name).read_text(encoding="utf-8", errors="replace").splitlines()
            said = "".join(f"{_line(line, names, found.label)}\n" for line in lines)
            (target / name).write_text(said, encoding="utf-8")


def let_go(path: Path, found: Subject) -> None:
    """Delete what is on its way and names somebody, and copies: nobody can take a name out of them.

    A watcher hands over again what it is not answered.
    """
    names = found.names
    inbox = path / folder.INBOX
    for file in inbox.iterdir() if inbox.is_dir() else ():
        if file.suffix and file.is_file() and files.stands_in(file, names):
            for one in inbox.glob(f"{file.stem}.*"):
                one.unlink(missing_ok=True)
    for file in copies(path):
        file.unlink(missing_ok=True)


def copies(path: Path) -> list[Path]:
    """Give the copies that are kept in the workspace's own folder."""
    return sorted(path.glob(_COPIES))


def _line(line: str, names: Names, label: str) -> str:
    try:
        said = json.loads(line)
    except ValueError:
        return names.without(line, label)
    told = json.dumps(names.nothing_of(said, label), ensure_ascii=False)
    return format.printable(told)

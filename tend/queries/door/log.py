"""Who asked what: a line for each question, in a file of the workspace."""

import contextlib
import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tend.language import format
from tend.language.errors import TendError
from tend.store.database.clock import now
from tend.store.database.connection import ASKED, ASKED_BEFORE

_LONGEST = 2000
# The file before is kept beside it; older ones go.
_MOST_BYTES = 5 * 1024**2
_writing = threading.Lock()


@dataclass
class Note:
    """What is noted of a question when it is over."""

    rows: int | None = None
    refused: str | None = None


@contextlib.contextmanager
def noted(folder: Path, who: str | None, statement: str) -> Iterator[Note]:
    """Note who asked what, how long it took, and what came of it; a full disk refuses nobody."""
    began, note = time.monotonic(), Note()
    try:
        yield note
    except TendError as error:
        note.refused = error.code
        raise
    finally:
        line = {
            "at": now().isoformat(timespec="seconds"),
            "who": who or "",
            "statement": statement[:_LONGEST],
            "seconds": round(time.monotonic() - began, 3),
            "rows": note.rows,
            "refused": note.refused,
        }
        with contextlib.suppress(OSError), _writing:
            # No sign ends the line to another reader, or moves a terminal.
            _write(folder / ASKED, format.printable(json.dumps(line, ensure_ascii=False)))


def _write(path: Path, line: str) -> None:
    """Add a line; of several processes each writes its line in one piece."""
    if path.exists() and path.stat().st_size > _MOST_BYTES:
        path.replace(path.with_name(ASKED_BEFORE))
    data = (line + "\n").encode(errors="replace")
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, data)
    finally:
        os.close(file)

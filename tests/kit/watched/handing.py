"""Files handed over as a watcher does, and where what came stands then."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tend.queries import asking
from tend.store.copies.folder import content_hash
from tend.store.watched.slips import Inbox, Slip
from tend.store.workspace import Workspace
from tend.view import View

HEAD = "Contract no,Customer,Start date,End date,ARR,Status"
CLEAR = f"{HEAD}\nK1,Alder,2024-01-15,2025-01-14,12000,renewed\nK2,Birch,2024-02-20,,9000,renewed\n"
# Asked of, read in two ways, half wrong, of no data set, no spreadsheet.
ASKED = CLEAR.replace("9000,renewed", "9000,whatever they mean")
BOTH_WAYS = f"{HEAD}\nK1,Alder,03/04/2024,02/04/2025,12000,renewed\n"
WRONG = "K2,Birch,2025-01-15,2024-01-14,9000,\n"
HALF_WRONG = f"{HEAD}\nK1,Alder,2024-01-15,2025-01-14,12000,renewed\n{WRONG}"
STRANGE = "Planet,Moons,Rings\nSaturn,146,yes\nMars,2,no\n"
BROKEN = b"\x00\x01 no spreadsheet" * 99


class Hand:
    """One who watches, and hands over what it is told."""

    def __init__(self, workspace: Workspace) -> None:
        self._inbox = Inbox(workspace.path)
        self._inbox.watching().release()
        self._count = 0

    def __call__(self, words: str | bytes, name: str = "a.csv", rejected: float = 0.05) -> Slip:
        """Hand a file over."""
        self._count += 1
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "file"
            file.write_bytes(words if isinstance(words, bytes) else words.encode())
            slip = Slip(content_hash(file), name, "/drop", "ann", self._count, None, rejected)
            with file.open("rb") as source:
                assert self._inbox.hand_over(slip, source)
        return slip


def came(workspace: Workspace) -> list[Mapping[str, Any]]:
    """Give what came, the first first."""
    return list(reversed(asking.run(workspace, "watched_files", View(date.today())).to_pylist()))


def stands(workspace: Workspace) -> list[tuple[str, str]]:
    """Name what came, the first first, and where it stands."""
    return [(row["file"], row["state"]) for row in came(workspace)]

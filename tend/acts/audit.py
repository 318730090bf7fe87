"""The log for those who may read it: by pages, as a table, and what was found in it accepted."""

import pyarrow as pa

from tend.language.errors import TendError
from tend.store import maintenance
from tend.store.audit import pages
from tend.store.audit.lines import Line
from tend.store.audit.pages import Page, Wanted
from tend.store.people import people
from tend.store.workspace import Workspace

TABLE = pa.schema(
    [
        pa.field("line", pa.int64()),
        *(pa.field(name, pa.string()) for name in ("at", "who", "name", "from", "what", "about")),
        *(pa.field(name, pa.int64()) for name in ("commit", "after")),
        *(pa.field(name, pa.string()) for name in ("text", "chain")),
    ]
)


def page(workspace: Workspace, wanted: Wanted, before: int | None = None) -> Page:
    """Give the newest lines that are wanted, of those before a place. Raises TendError."""
    workspace.require("audit")
    return pages.page(workspace.own, wanted, before=before)


def names(workspace: Workspace) -> dict[str, str]:
    """Give the names of all people who ever came in, by their keys."""
    workspace.require("audit")
    return people.names(workspace)


def table(workspace: Workspace, wanted: Wanted, most: int | None = None) -> pa.Table:
    """Give the lines that are wanted, the newest of them, as a table of codes; the oldest first."""
    workspace.require("audit")
    known, found = people.names(workspace), pages.every(workspace.own, wanted)[:most]
    told = pages.texts_of(workspace.own, found)
    rows = [_row(line, known, told) for line in reversed(found)]
    return pa.Table.from_pylist(rows, TABLE)


def accept(workspace: Workspace) -> int:
    """Note that what is not as it was written was seen: from here on it is told, and no fault.

    Gives the number of the line. Raises TendError where there is nothing to accept.
    """
    workspace.require("audit")
    _, checked = maintenance.look(workspace)
    if not checked.faults:
        raise TendError("audit_sound")
    return workspace.note("accepted", count=len(checked.faults)).number


def about(line: Line) -> str:
    """Write what a line says of what was done, by its codes."""
    return " ".join(f"{name}={_plain(value)}" for name, value in line.about.items())


def _plain(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _row(line: Line, known: dict[str, str], told: dict[int, str]) -> dict[str, object]:
    return {
        "line": line.number,
        "at": line.at,
        "who": line.who,
        "name": known.get(line.who, ""),
        "from": line.source,
        "what": line.what,
        "about": about(line),
        "commit": line.commit,
        "after": line.after,
        "text": told.get(line.number),
        "chain": line.mark.chain,
    }

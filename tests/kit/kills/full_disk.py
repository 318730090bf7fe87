"""A disk that fills, and what is done on it: run as a process of its own, in a small file system.

`python -m tests.kit.kills.full_disk FOLDER ASIDE KIND FREE ...` prints one JSON object per
moment. KIND is `tmpfs` (FOLDER is made a small file system, in this process's own view of the
mounts) or `limit` (files may not grow over a size, which every system can refuse). After these, a
server's acts lack the last bytes of what they wrote when they could.
"""

import contextlib
import io
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from tend.acts import tasks_by_rule
from tend.cli.commands import main
from tend.language.errors import TendError
from tend.queries import asking
from tend.store import maintenance
from tend.store.database.connection import FILE
from tend.store.facts import entries, imports, reports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.facts import AS_OF

Seen = dict[str, object]
ROOM = 128 * 1024 * 1024
ROWS = 3000
WAL = f"{FILE}.wal"
# So little of a commit is written with its very last bytes.
LAST = 16


def book(path: Path, name: str, rows: int = ROWS) -> Path:
    """Write a contract list as CSV."""
    lines = ["Contract no,Customer,Start date,End date,ARR"]
    lines += [f"{name}{n},{name} {n % 97},2024-01-01,2025-06-30,{1000 + n}" for n in range(rows)]
    file = path / f"{name}.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


# What a server does with the workspace it holds, given a file of its own.
HELD: dict[str, Callable[[Workspace, Path], object]] = {
    "import": lambda w, file: report(imports.import_file(w, file)),
    "enter": lambda w, file: entries.enter(w, "touches", [touch(file.stem)]),
    "set": lambda w, file: w.set("grace_days", 10 + int(file.stem[1:])),
    "undo": lambda w, _: imports.undo(w, newest(w)),
    "backup": lambda w, file: maintenance.backup(w, w.path.parent / f"{file.stem}.zip"),
    "tasks": lambda w, _: tasks_by_rule.make(w, AS_OF, "en"),
    "verify": lambda w, _: maintenance.verify(w),
    "ask": lambda w, _: asking.run(w, "renewals", View(AS_OF)),
}
# What a command does that opens the workspace for itself.
COMMANDS: dict[str, Callable[[Path, Path], list[str]]] = {
    "import": lambda _, file: ["import", str(file)],
    "status": lambda *_: ["status"],
    "query": lambda *_: ["query", "renewal_rates", "--as-of", AS_OF.isoformat()],
    "set": lambda _, file: ["set", "grace_days", str(int(file.stem[1:]))],
    "backup": lambda w, file: ["backup", str(w.parent / f"{file.stem}.zip")],
    "restore": lambda _, file: ["restore", str(file.with_name("kept.zip"))],
    "verify": lambda *_: ["verify"],
    "tasks": lambda *_: ["tasks", "--as-of", AS_OF.isoformat()],
}


def touch(name: str) -> dict[str, object]:
    """Give what is entered of one call."""
    return {"customer_id": "seed 1", "touched_on": AS_OF, "kind": "call", "note": name}


def report(told: reports.ImportReport) -> None:
    """Raise what an import refuses."""
    if told.error is not None:
        raise told.error


def newest(workspace: Workspace) -> int:
    """Give the number of the newest import that counts."""
    counting = [row for row in imports.history(workspace) if row["undone_at"] is None]
    return int(str(counting[0]["import_id"]))


def state(workspace: Workspace) -> list[object]:
    """Give what was entered and imported, and the settings, as far as they are held dear."""
    asked = (
        "select (select count(*) from imports where undone_at is null),"
        " (select count(*) from stg_contracts), (select count(*) from stg_touches),"
        " (select count(*) from stg_tasks)"
    )
    found = workspace.read(lambda cursor: cursor.execute(asked).fetchone())
    return [*(found or ()), workspace.settings.grace_days]


class Disk:
    """A disk that can be filled up to some bytes, and freed again."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder
        self._kind = kind
        self._filler = folder / "filler"
        if kind == "tmpfs":
            mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
            subprocess.run(mount, check=True)

    @contextlib.contextmanager
    def filled(self, free: int) -> Iterator[None]:
        """Leave so many bytes, until the end."""
        if self._kind == "limit":
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (free, hard))
        else:
            self._fill(free)
        try:
            yield
        finally:
            if self._kind == "limit":
                resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            else:
                self._filler.unlink()

    def _fill(self, free: int) -> None:
        """Write until there is no room, then give so many bytes back."""
        with self._filler.open("wb", buffering=0) as file:
            with contextlib.suppress(OSError):
                while file.write(bytes(65536)):
                    pass
            file.truncate(max(0, file.tell() - free))


def told(act: Callable[[], object]) -> str:
    """Act; give the sentence of a refusal, nothing where it was done. Anything else is a fault."""
    try:
        act()
    except (TendError, RefusedError) as error:
        return str(error)
    return ""


class RefusedError(Exception):
    """What a command said on stderr."""


def command(words: list[str], workspace: Path) -> None:
    """Run a command as from a terminal, and raise what it says where it is refused."""
    err = io.StringIO()
    with contextlib.redirect_stderr(err), contextlib.redirect_stdout(io.StringIO()) as out:
        code = main([*words, "--workspace", str(workspace)])
    lines = err.getvalue().splitlines()
    assert "Traceback" not in err.getvalue(), err.getvalue()
    if code:
        said = [line for line in lines if line.startswith("tend: ")]
        raise RefusedError("\n".join(said) or out.getvalue())


def size(file: Path) -> int:
    """Give the bytes of a file, none where it is not there."""
    return file.stat().st_size if file.exists() else 0


def leftovers(folder: Path) -> list[str]:
    """Name what only a writer needs; a copy for readers may just be on its way."""
    patterns = ("*.part", "complete-*", "arriving", "arrived", ".*-*")
    return sorted(one.name for pattern in patterns for one in folder.rglob(pattern))


def seen(act: str, free: int, told: Sequence[str], states: Sequence[object], disk: Disk) -> Seen:
    """Put a moment in words: what was said, what readers and the next try got, before and after."""
    said, reads, again = told
    return {
        "act": act,
        "free": free,
        "said": said,
        "reads": reads,
        "again": again,
        "states": states,
        "left": leftovers(disk.folder),
    }


def held(disk: Disk, aside: Path, frees: list[int]) -> Iterator[Seen]:
    """Act beside a full disk in a process that goes on: afterwards it all works, unrestarted."""
    number, wrote = 0, dict.fromkeys(HELD, 0)
    path = disk.folder / "w"
    log = path / WAL
    with open_workspace(path) as workspace:
        report(imports.import_file(workspace, book(aside, "seed", 900)))
        maintenance.backup(workspace, aside / "kept.zip")
        for most in (*frees, None):
            for name, act in HELD.items():
                number += 1
                before = state(workspace)
                do = partial(act, workspace, book(aside, f"n{number}"))
                free = size(log) + wrote[name] - LAST if most is None else most
                with disk.filled(max(0, free)):
                    said, reads = told(do), told(partial(HELD["ask"], workspace, aside))
                after, began = state(workspace), size(log)
                again = told(do)
                wrote[name] = max(0, size(log) - began)
                (path.parent / f"n{number}.zip").unlink(missing_ok=True)
                yield seen(name, free, (said, reads, again), (before, after), disk)
        yield {"act": "end", "unsound": maintenance.verify(workspace)}
    yield {"act": "closed", "unsound": [*leftovers(path), *map(str, path.rglob("next-*"))]}


def commands(disk: Disk, aside: Path, frees: list[int]) -> Iterator[Seen]:
    """Run commands beside a full disk, each of which opens the workspace for itself."""
    number = 30
    path = disk.folder / "w"
    for free in frees:
        for name, words in COMMANDS.items():
            number += 1
            before = opened_state(path)
            do = partial(command, words(path, book(aside, f"n{number}")), path)
            with disk.filled(free):
                said = told(do)
            after, again = opened_state(path), told(do)
            (path.parent / f"n{number}.zip").unlink(missing_ok=True)
            yield seen(name, free, (said, "", again), (before, after), disk)
    with open_workspace(path) as workspace:
        yield {"act": "end", "unsound": maintenance.verify(workspace)}


def opened_state(path: Path) -> list[object]:
    """Open the workspace to see its state."""
    with open_workspace(path) as workspace:
        return state(workspace)


if __name__ == "__main__":
    small, beside = Path(sys.argv[1]), Path(sys.argv[2])
    on = Disk(small, sys.argv[3])
    for story in (held, commands):
        for moment in story(on, beside, [int(free) for free in sys.argv[4:]]):
            print(json.dumps({"story": story.__name__, **moment}), flush=True)

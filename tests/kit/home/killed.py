"""Two servers that import and enter, killed at random moments: run as a process of its own.

`python -m tests.kit.home.killed FOLDER ADDRESS SEED SECONDS` prints one JSON object: what was
confirmed, and what both servers hold in the end. Each server is a process forked from this one,
which never opens a database itself.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tend.store import maintenance, moving
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace, open_workspace
from tests.kit.home.sites import agree, shared
from tests.kit.kills.full_disk import book, report, touch
from tests.kit.kills.killed import forked

SERVERS = ("a", "b")
# How long a server lives: from when it has opened its workspace, or as often from before that;
# in a long run up to a part of it.
LIVES, PART = (0.3, 6.0), 15


def begun(folder: Path, address: str) -> None:
    """Move one workspace to the home, and let the other join."""
    for name in SERVERS:
        with open_workspace(folder / name) as workspace:
            moving.to(workspace, address, folder / "files")


def serve(folder: Path, name: str, life: int, seed: int) -> None:
    """Import and enter until killed; each thing that is confirmed is written down."""
    chance, parent = random.Random(f"{seed} {name} {life}"), os.getppid()
    with (folder / f"{name}.said").open("a") as said, open_workspace(folder / name) as workspace:
        (folder / f"{name}.open").touch()
        step = 0
        while os.getppid() == parent:  # else whoever ends it was ended
            step += 1
            mark = f"{name}{life}x{step}"
            act(workspace, folder, mark, chance)
            said.write(f"{mark}\n")
            said.flush()


def act(workspace: Workspace, folder: Path, mark: str, chance: random.Random) -> None:
    """Do one thing that can be told again by its mark."""
    if chance.random() < 0.3:
        report(imports.import_file(workspace, book(folder, mark, chance.choice((5, 50, 3000)))))
    else:
        entries.enter(workspace, "touches", [touch(mark)])


def lived(folder: Path, seed: int, seconds: float) -> int:
    """Start servers, and kill each after a random while, again and again; count the kills."""
    chance, until, kills = random.Random(seed), time.monotonic() + seconds, 0
    alive: dict[str, tuple[int, Iterator[bool]]] = {}
    while time.monotonic() < until:
        for name in SERVERS:
            if name not in alive:
                kills += 1
                life = chance.uniform(LIVES[0], max(LIVES[1], seconds / PART))
                lives = _lives(folder / f"{name}.open", life, chance.random())
                alive[name] = (_forked(folder, name, kills, seed), lives)
            pid, lives = alive[name]
            if not next(lives):
                _kill(pid)
                del alive[name]
        time.sleep(0.01)
    for pid, _ in alive.values():
        _kill(pid)
    return kills


def _lives(opened: Path, seconds: float, way: float) -> Iterator[bool]:
    """Say again and again whether a server is to live, from its start or once it is open."""
    opened.unlink(missing_ok=True)
    while way > 0.5 and not opened.exists():
        yield True
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield True
    yield False


def _forked(folder: Path, name: str, life: int, seed: int) -> int:
    if child := os.fork():
        return child
    try:
        with (folder / "servers.log").open("a") as log:
            os.dup2(log.fileno(), 2)
            serve(folder, name, life, seed)
    finally:
        os._exit(1)


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def looked_at(folder: Path) -> dict[str, object]:
    """Open both; give what was entered and imported, and whether both hold the same."""
    with open_workspace(folder / "a") as here, open_workspace(folder / "b") as there:
        is_same = agree(here, there)
        with here.cursor() as cursor:
            notes = cursor.execute("select note from stg_touches order by all").fetchall()
            files = cursor.execute("select file from imports where origin = 'file'").fetchall()
        unsound = maintenance.verify(here) + maintenance.verify(there)
        told = {name: str(what) for name, what in shared(here).items()}
    kept = [note for (note,) in notes] + [Path(file).stem for (file,) in files]
    return {"kept": sorted(kept), "is_same": is_same, "unsound": unsound, "told": told}


def main(folder: Path, address: str, seed: int, seconds: float) -> dict[str, object]:
    """Let both live and be killed; then look."""
    code, trouble = forked(lambda: begun(folder, address))
    assert code == 0, trouble
    kills = lived(folder, seed, seconds)
    said = [(folder / f"{name}.said").read_text().splitlines() for name in SERVERS]
    code, seen = forked(lambda: looked_at(folder))
    assert code == 0, seen
    return {
        "kills": kills,
        "confirmed": sorted(mark for one in said for mark in one),
        **json.loads(seen),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))))

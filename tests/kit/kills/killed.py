"""`restore` and `backup`, killed at each step on the disk: run as a process of its own.

`python -m tests.kit.kills.killed FOLDER EVERY` prints one JSON object per kill (at every EVERY-th
step). Each act is a process forked from this one, which never opens a database itself.
"""

import contextlib
import io
import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tend.cli.commands import main
from tend.store import maintenance
from tend.store.facts import imports
from tend.store.workspace import open_workspace
from tests.kit.kills.damage import facts
from tests.kit.kills.full_disk import book, report

Seen = dict[str, object]
KILLED = 9
# What changes something on the disk.
_STEPS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate")


def forked(act: Callable[[], object]) -> tuple[int, str]:
    """Act in a process of its own; give how it ended, and what it gave or what went wrong."""
    read, write = os.pipe()
    if not (child := os.fork()):
        code = 1
        with os.fdopen(write, "w") as told:
            try:
                told.write(json.dumps(act()))
                code = 0
            except BaseException:  # noqa: BLE001 - the one who forked has to hear of it
                told.write(traceback.format_exc())
        os._exit(code)
    os.close(write)
    with os.fdopen(read) as heard:
        said = heard.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def killed_at(step: int, words: list[str]) -> int:
    """Run a command that ends right before its n-th step, whichever thread takes it."""
    seen = 0

    def hook(event: str, given: tuple[object, ...]) -> None:
        nonlocal seen
        flags = given[2] if event == "open" else 0
        is_write = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        if event in _STEPS or is_write:
            seen += 1
            if seen == step:
                os._exit(KILLED)

    sys.addaudithook(hook)
    with contextlib.redirect_stderr(io.StringIO()):
        return main(words)


def made(folder: Path) -> None:
    """Make a workspace, a backup of it, and more in it since."""
    with open_workspace(folder / "w") as workspace:
        report(imports.import_file(workspace, book(folder, "a", 3)))
        maintenance.backup(workspace, folder / "kept.zip")
        report(imports.import_file(workspace, book(folder, "b", 4)))


def looked_at(path: Path) -> Seen:
    """Open a workspace; give its facts, what is not sound, and what lies in it besides."""
    with open_workspace(path) as workspace:
        unsound, found = maintenance.verify(workspace), facts(workspace)
    ours = {"tend.duckdb", "uploads", "published", "lock", "last-commit"}
    ours |= {"audit.jsonl", "last-audit"}
    left = [one.name for one in path.iterdir() if one.name not in ours]
    left += [one.name for one in path.rglob("next-*")]
    return {"facts": found, "unsound": unsound, "left": left}


def restored(path: Path, source: Path) -> Seen:
    """Restore a backup and look."""
    maintenance.restore(path, source)
    return looked_at(path)


def backed_up(path: Path, target: Path) -> Seen:
    """Back the workspace up, and look at the backup and beside it."""
    with open_workspace(path) as workspace:
        maintenance.backup(workspace, target)
    found = restored(path.with_name("again"), target)
    shutil.rmtree(path.with_name("again"))
    return {**found, "beside": [one.name for one in target.parent.iterdir()]}


def kills(folder: Path, every: int) -> Iterator[Seen]:
    """Kill both commands at step after step, until one needs no more."""
    path, target = folder / "k" / "w", folder / "backups" / "b.zip"
    kept = folder / "kept.zip"
    acts = {
        "restore": (["restore", str(kept)], partial(restored, path, kept)),
        "backup": (["backup", str(target)], partial(backed_up, path, target)),
    }
    for name, (words, again) in acts.items():
        step, code = 1, KILLED
        while code == KILLED:
            shutil.rmtree(folder / "k", ignore_errors=True)
            shutil.rmtree(target.parent, ignore_errors=True)
            target.parent.mkdir()
            shutil.copytree(folder / "w", path)
            shutil.copyfile(kept, target)
            given = [*words, "--workspace", str(path)]
            code, _ = forked(partial(killed_at, step, given))
            yield {
                "act": name,
                "step": step,
                "code": code,
                "is_old_backup": target.read_bytes() == kept.read_bytes(),
                "then": forked(partial(looked_at, path)),
                "again": forked(again),
            }
            step += every


if __name__ == "__main__":
    place = Path(sys.argv[1])
    _, trouble = forked(lambda: made(place))
    before = forked(lambda: looked_at(place / "w"))
    after = forked(lambda: restored(place / "r", place / "kept.zip"))
    print(json.dumps({"before": before, "after": after, "trouble": trouble}), flush=True)
    for kill in kills(place, int(sys.argv[2])):
        print(json.dumps(kill), flush=True)

"""An erasure that is killed: `python -m tests.kit.erasing.killed WORKSPACE NAME STEP`.

It ends, as by kill -9, before its STEPth change of a file's name or place once all is made.
"""

import itertools
import os
import signal
import sys
from pathlib import Path

from tend.acts import erasing
from tend.store.erasure.subject import Wanted
from tend.store.workspace import open_workspace

_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"}


def main(path: Path, name: str, step: int) -> None:
    """Erase a customer, and be gone at a step."""
    counted = itertools.count(1)
    armed: list[str] = []

    def look(event: str, given: tuple[object, ...]) -> None:
        is_ours = armed and event in _CHANGES and "published" not in str(given[0])
        if is_ours and next(counted) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(said: str, _share: float) -> None:
        if said == "erasing_search":
            armed.append(said)

    sys.addaudithook(look)
    with open_workspace(path) as workspace:
        erasing.erase(workspace, Wanted("customer", name, "rows"), name, "en", hear)
        armed.clear()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))

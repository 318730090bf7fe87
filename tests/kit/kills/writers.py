"""Processes that add to a log: `python -m tests.kit.kills.writers FOLDER KEY COUNT [STEP]`.

With a step, the process ends right before its n-th write, truncation or lock, as by a kill.
"""

import os
import sys
from pathlib import Path
from typing import Any

from tend.people.person import Person
from tend.store.audit import log

KILLED = 9


def add(folder: Path, key: str, count: int) -> None:
    """Add so many lines, each with the next count."""
    for number in range(count):
        log.append(folder, Person(key=key, role="csm"), "sql", {"rows": number}, text=f"{number}")


def ended_at(step: int) -> None:
    """End right before the n-th call that reaches the disk, with half of what was to be written."""
    seen = 0

    def counted(name: str) -> None:
        nonlocal seen
        real = getattr(os, name)

        def call(*given: Any) -> object:
            nonlocal seen
            seen += 1
            if seen == step:
                if name == "write":  # half of it is there
                    real(given[0], bytes(memoryview(given[1])[: len(given[1]) // 2]))
                os._exit(KILLED)
            return real(*given)

        setattr(os, name, call)

    for name in ("write", "fsync", "ftruncate", "open", "close"):
        counted(name)


if __name__ == "__main__":
    place, who, times, *steps = sys.argv[1:]
    if steps:
        ended_at(int(steps[0]))
    add(Path(place), who, int(times))

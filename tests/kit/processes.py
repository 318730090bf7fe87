"""Processes and threads: what they take together, and waiting for what they do."""

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path

_MEGA = 1024**2
_PAGE = 4096
_EVERY = 0.05


def tree_mb(pid: int) -> float:
    """Give the memory in use by a process and its descendants, in MB."""
    total, todo = 0, [pid]
    while todo:
        one = todo.pop()
        total += _pages(one)
        todo += _children(one)
    return total * _PAGE / _MEGA


def _children(pid: int) -> list[int]:
    """Give what each thread of a process has started: the machine has many more."""
    found: list[int] = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # it has just ended
            found += map(int, thread.read_text().split())
    return found


def _pages(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0


class Peak:
    """Watch a process tree; `mb` is the most it took at once."""

    def __init__(self, pid: int) -> None:
        self._pid, self._over = pid, threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self.mb = 0.0

    def __enter__(self) -> "Peak":
        """Begin to watch."""
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self.mb = max(self.mb, tree_mb(self._pid))


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    until = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.01)

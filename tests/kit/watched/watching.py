"""A watcher as a process of its own, what it says, and how files come into its folder."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.kit.processes import wait_until
from tests.kit.server import ROOT

SETTLE = 0.4


class Watcher:
    """A watcher of a folder, begun as from a terminal; it is ended by its own process id."""

    def __init__(self, folder: Path, workspace: Path, *more: str, is_naming: bool = True) -> None:
        command = [sys.executable, "-m", "tend", "import", "--watch", str(folder)]
        command += ["--names"] * is_naming
        command += ["--workspace", str(workspace), "--settle", str(SETTLE), *more]
        self.lines: list[str] = []
        self._process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            text=True,
        )
        self._hears = threading.Thread(target=self._hear, daemon=True)
        self._hears.start()

    def _hear(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as said:
            self.lines += (line.rstrip("\n").partition(" ")[2].partition(" ")[2] for line in said)

    def heard(self, words: str) -> None:
        """Wait until it has said something with these words."""
        wait_until(lambda: any(words in line for line in self.lines))

    @contextlib.contextmanager
    def without_room(self) -> Iterator[None]:
        """Let no file of its own grow over some bytes, as on a disk that is full."""
        before = resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (64, before[1]))
        try:
            yield
        finally:
            resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, before)

    def kill(self) -> None:
        """Kill it as it stands."""
        self._end(signal.SIGKILL)

    def end(self, how: int = signal.SIGTERM) -> int:
        """End it as a system or a person does; give its exit code."""
        return self._end(how)

    def _end(self, how: int) -> int:
        self._process.send_signal(how)
        code = self._process.wait(30)
        self._hears.join(30)
        return code


@contextlib.contextmanager
def watching(
    folder: Path, workspace: Path, *more: str, is_naming: bool = True
) -> Iterator[Watcher]:
    """Run a watcher to the end of the block, at the latest."""
    watcher = Watcher(folder, workspace, *more, is_naming=is_naming)
    try:
        yield watcher
    finally:
        with contextlib.suppress(ProcessLookupError):
            watcher.kill()


def drop(folder: Path, files: Sequence[tuple[str, bytes]]) -> None:
    """Let files come as they do: in pieces with pauses, by a rename into place, and at once."""
    for place, (name, content) in enumerate(files):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if place % 3 == 0:
            with file.open("wb") as growing:
                for piece in (content[: len(content) // 2], content[len(content) // 2 :]):
                    growing.write(piece)
                    growing.flush()
                    time.sleep(SETTLE * 1.2 if place % 15 == 0 else 0.01)
        elif place % 3 == 1:
            part = file.with_name(f"{file.name}.part")
            part.write_bytes(content)
            part.rename(file)
        else:
            file.write_bytes(content)

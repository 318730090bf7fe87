"""A server of its own for browser tests: a free port, bounded in time, ended by its process id."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.kit.tools.copied import Copy

ROOT = Path(__file__).parents[2]
_START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    pid: int


@contextmanager
def serve(
    workspace: Path,
    script: Path = ROOT / "app.py",
    port: int | None = None,
    home: Path = ROOT,
    **settings: str,
) -> Iterator[Server]:
    """Run the app on a workspace by the plain command, and end it at the end.

    `home` is where the code lies that is run. A server of this code, with no settings of its own,
    is a copy of a process that has loaded it: what others do is what a new process does.
    """
    port = port or free_port()
    words = ["run", str(script), "--server.port", str(port), "--server.fileWatcherType", "none"]
    own = {"TEND_WORKSPACE": str(workspace), "PYTHONPATH": str(home)}
    environment = {**os.environ, **own, **settings}
    log = workspace.parent / f"server-{port}.log"
    is_copied = sys.platform == "linux" and home == ROOT and not settings
    process = (Copy if is_copied else Fresh)(words, home, environment, log)
    try:
        base = settings.get("STREAMLIT_SERVER_BASE_URL_PATH", "")
        url = f"http://127.0.0.1:{port}/{base}".rstrip("/")
        _wait(url, process, log)
        yield Server(url, process.pid)
    finally:
        process.end()


class Fresh:
    """A server that is a process of its own from the start."""

    def __init__(
        self, words: Sequence[str], home: Path, environment: Mapping[str, str], log: Path
    ) -> None:
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", *words],
                cwd=home, env=environment, stdout=out, stderr=out,
            )  # fmt: skip
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Give how it ended, if it has."""
        return self._process.poll()

    def end(self) -> None:
        """End it, by force where it takes long."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(url: str, process: Copy | Fresh, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")

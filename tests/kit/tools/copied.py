"""Servers that are copies of a process which has loaded the code: a new one spends 2 s on that.

`python -m tests.kit.tools.copied` starts and ends servers as it is told, line by line; they run as
`streamlit run` does, and go with it.
"""

import atexit
import contextlib
import json
import os
import random
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
_PATIENCE = 10.0
_asking = threading.Lock()
# A process of threads is not safely copied.
_WITHOUT_THREADS = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}


class Copy:
    """A server that runs; it is waited for by the process that it is a copy of."""

    def __init__(
        self, words: Sequence[str], home: Path, environment: Mapping[str, str], log: Path
    ) -> None:
        told = {"words": words, "home": str(home), "environment": environment, "log": str(log)}
        self.pid = int(_ask(told))

    def poll(self) -> int | None:
        """Give how it ended, if it has."""
        code: int | None = _ask({"poll": self.pid})
        return code

    def end(self) -> None:
        """End it, by force where it takes long."""
        _ask({"end": self.pid})


def _ask(told: Mapping[str, object]) -> Any:
    with _asking:  # two threads at once would hear each other's answers, or begin a process each
        process = _loaded(os.getpid())
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())


@cache
def _loaded(_owner: int) -> "subprocess.Popen[str]":
    """Start the process that servers are copies of, one for a process of tests."""
    words = [sys.executable, "-m", __name__]
    environment = {**os.environ, **_WITHOUT_THREADS, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    process = subprocess.Popen(words, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)
    assert process.stdin
    atexit.register(process.wait)
    atexit.register(process.stdin.close)
    return process


def main() -> None:
    """Do what is told until nobody tells more; a copy returns from here to be a server."""
    running: dict[int, int | None] = {}
    while line := sys.stdin.readline():
        told = json.loads(line)
        if "words" in told:
            if not (pid := os.fork()):
                return _become(told)
            running[pid] = None
            answer: int | None = pid
        else:
            pid = told.get("end", told.get("poll"))
            if "end" in told:
                _end(pid, running)
            answer = _code(pid, running)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for pid in running:
        _end(pid, running)
    raise SystemExit


def _code(pid: int, running: dict[int, int | None]) -> int | None:
    if running[pid] is None:
        found, status = os.waitpid(pid, os.WNOHANG)
        running[pid] = os.waitstatus_to_exitcode(status) if found else None
    return running[pid]


def _end(pid: int, running: dict[int, int | None]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        until = time.monotonic() + _PATIENCE
        if _code(pid, running) is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
        while _code(pid, running) is None and time.monotonic() < until:
            time.sleep(0.01)


def _become(told: Mapping[str, Any]) -> None:
    """Be what a process of these words would be at its beginning, but for what is loaded."""
    with Path(os.devnull).open("rb") as nothing, Path(told["log"]).open("wb") as log:
        for number, file in ((0, nothing), (1, log), (2, log)):
            os.dup2(file.fileno(), number)
    os.chdir(told["home"])
    os.environ.clear()
    os.environ.update(told["environment"])
    random.seed()
    sys.argv = ["streamlit", *told["words"]]


if __name__ == "__main__":
    import pandas  # noqa: F401 - what pages load when they draw
    import streamlit.web.cli
    import streamlit.web.server.starlette.starlette_server  # noqa: F401 - what a server loads

    from tend import ui  # noqa: F401 - what its pages load
    from tend.ui.frame import door, frame  # noqa: F401 - the same
    from tend.ui.operation import asked, logged  # noqa: F401 - the same

    main()
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)

"""Reading processes as the server sees them: made, listened to, and gone whatever comes."""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import tend
from tend.ingest.reading_process import warm

_IS_COPIED = sys.platform == "linux"  # elsewhere copies of a process are unsafe, or there are none
_ALONE = (
    "import sys; from pathlib import Path; from tend.ingest.reading_process import child;"
    "child.load(); child.run(Path(sys.argv[1]))"
)
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    # The limit counts what is set apart, not what is used: nobody sets memory apart in advance.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "RUST_BACKTRACE": "0",  # what happened is said last, and not lost before many frames
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # a process of threads is not safely copied
}


@dataclass(frozen=True)
class Reader:
    """A reading process: where it is told, where it says how far it is, and how it ended."""

    told: IO[bytes]
    says: IO[bytes]
    ended: Callable[[], int]


@dataclass(frozen=True)
class _Warm:
    """The process that reading processes are copies of, and the line to it."""

    owner: int
    process: "subprocess.Popen[bytes]"
    line: socket.socket


_warm: list[_Warm] = []  # one at most: readers come one after the other


@contextlib.contextmanager
def started(folder: Path) -> Iterator[Reader]:
    """Start the reading process; whatever comes, it is gone afterwards."""
    with (folder / "errors").open("wb") as errors:
        start = _copied if _IS_COPIED else _alone
        with start(folder, errors) as reader, reader.told:
            yield reader


@contextlib.contextmanager
def _copied(folder: Path, errors: IO[bytes]) -> Iterator[Reader]:
    """Have the warm process copy itself; where the copy does not end, both are ended."""
    parent = _warm_process(errors)
    codes: list[int] = []

    def ended() -> int:
        with contextlib.suppress(OSError):
            answer = parent.line.recv(warm.ANSWER_BYTES, socket.MSG_WAITALL)
            if len(answer) == warm.ANSWER_BYTES:
                codes.append(int.from_bytes(answer, "big", signed=True))
        return codes[0] if codes else parent.process.wait()

    (hears, told), (says, tells) = os.pipe(), os.pipe()
    try:
        with contextlib.suppress(ConnectionError):  # it is gone: `ended` tells how
            given = [hears, tells, errors.fileno()]
            socket.send_fds(parent.line, [os.fsencode(folder)], given)
        os.close(hears)
        os.close(tells)
        yield Reader(os.fdopen(told, "wb"), os.fdopen(says, "rb"), ended)
    finally:
        if not codes:
            _warm.remove(parent)
            _end(parent)


def _warm_process(errors: IO[bytes]) -> _Warm:
    """Give the warm process of this process, a new one where there is none."""
    for one in _warm:
        if one.owner == os.getpid() and one.process.poll() is None:
            return one
    ours, its = socket.socketpair()
    with its:
        words = ["-m", warm.__name__, str(its.fileno())]
        process = subprocess.Popen(
            [sys.executable, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            pass_fds=[its.fileno()],
            env=_environment(),
            cwd="/",
            start_new_session=True,
        )
    found = _Warm(os.getpid(), process, ours)
    _warm[:] = [found]
    return found


def _end(parent: _Warm) -> None:
    """End a warm process, its copy, and whatever that started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(parent.process.pid, signal.SIGKILL)
    parent.process.wait()
    parent.line.close()


@atexit.register
def _leave() -> None:
    for one in _warm:
        if one.owner == os.getpid():
            _end(one)


@contextlib.contextmanager
def _alone(folder: Path, errors: IO[bytes]) -> Iterator[Reader]:
    """Start a process that loads all by itself."""
    process = subprocess.Popen(
        [sys.executable, "-c", _ALONE, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=_environment(),
        cwd=folder,
    )
    assert process.stdin
    assert process.stdout
    try:
        yield Reader(process.stdin, process.stdout, process.wait)
    finally:
        process.kill()
        process.wait()


def _environment() -> dict[str, str]:
    # The package's home is named: the caller may run from anywhere.
    home = str(Path(tend.__file__).resolve().parent.parent)
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, **_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(paths)}

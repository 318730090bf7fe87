"""Children as the server sees them: made, listened to, and gone whatever comes."""

import atexit
import contextlib
import errno
import logging
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

import tend
from tend.child import warm
from tend.logs.said import places

_IS_COPIED = sys.platform == "linux"  # elsewhere copies of a process are unsafe, or there are none
_ALONE = (
    "import sys, importlib; from pathlib import Path; from tend.child import inside;"
    "work = importlib.import_module(sys.argv[1]); inside.load(work);"
    "inside.run(work, Path(sys.argv[2]))"
)
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    # The limit counts what is set apart, not what is used: nobody sets memory apart in advance.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "RUST_BACKTRACE": "0",  # what happened is said last, and not lost before many frames
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # a process of threads is not safely copied
}
_EVERY = 0.5  # seconds between two words to somebody who waits
_PATIENCE = 10.0  # seconds a child has to be gone once it is ended
# What the system says where there is no room for what a child leaves.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_OUT_OF_MEMORY = (
    "memory allocation", "memoryerror", "cannot allocate", "capacity overflow", "bad_alloc",
    "alloc of size", "start new thread", "spawn thread", "failed to map segment",
)  # fmt: skip
_LINE_BYTES = 65_536
Death = Literal["memory", "full", "time", "died"]


@dataclass(frozen=True)
class Child:
    """A child: where it is told, where it says how far it is, and how it ended."""

    told: IO[bytes]
    says: IO[bytes]
    ended: Callable[[], int]


@dataclass(frozen=True)
class Warm:
    """The process that children of a kind are copies of, and the line to it."""

    owner: int
    work: str
    process: "subprocess.Popen[bytes]"
    line: socket.socket


running: list[Warm] = []  # one at most for each kind of work
_starting = threading.Lock()


@contextlib.contextmanager
def started(work: str, folder: Path) -> Iterator[Child]:
    """Start a child that does a module's work; whatever comes, it is gone afterwards."""
    with (folder / "errors").open("wb") as errors:
        start = _copied if _IS_COPIED else _alone
        with start(work, folder, errors) as child, child.told:
            yield child


def words(child: Child, left: Callable[[], float], every: float = _EVERY) -> Iterator[bytes]:
    """Give what a child says, line by line, and an empty one while it says nothing for a while.

    Raises TimeoutError where it has no seconds left.
    """
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(child, lines), daemon=True).start()
    while True:
        if (seconds := left()) <= 0:
            raise TimeoutError
        try:
            line = lines.get(timeout=min(seconds, every))
        except queue.Empty:
            line = b" "
        if not line:
            return
        yield line.strip()


def death(code: int, errors: Path) -> Death:
    """Tell apart out of memory, out of room, out of processor time, and any other death."""
    if code in FULL:
        return "full"
    with errors.open("rb") as file:
        file.seek(max(0, errors.stat().st_size - 4000))
        said = file.read().decode(errors="replace")
    if any(sign in said.lower() for sign in _OUT_OF_MEMORY):
        return "memory"
    if os.name == "posix" and -code == signal.SIGKILL:  # by the machine: it ran out of memory
        return "memory"
    if os.name == "posix" and -code == signal.SIGXCPU:
        return "time"
    logging.getLogger(__name__).error("a child died (%d): %s", code, places(said))
    return "died"


def _listen(child: Child, lines: "queue.SimpleQueue[bytes]") -> None:
    with child.says as out:
        while line := out.readline(_LINE_BYTES):
            lines.put(line)
    lines.put(b"")


@contextlib.contextmanager
def _copied(work: str, folder: Path, errors: IO[bytes]) -> Iterator[Child]:
    """Have the warm process copy itself; a copy that does not end is ended."""
    parent = _warm_process(work, errors)
    ours, its = socket.socketpair()
    codes: list[int] = []

    def ended() -> int:
        with contextlib.suppress(OSError):
            answer = ours.recv(warm.ANSWER_BYTES, socket.MSG_WAITALL)
            if len(answer) == warm.ANSWER_BYTES:
                codes.append(int.from_bytes(answer, "big", signed=True))
        return codes[0] if codes else parent.process.wait()

    (hears, told), (says, tells) = os.pipe(), os.pipe()
    try:
        with contextlib.suppress(ConnectionError, BrokenPipeError):  # gone: `ended` tells how
            given = [hears, tells, errors.fileno(), its.fileno()]
            with _starting:
                socket.send_fds(parent.line, [os.fsencode(folder)], given)
        for one in (hears, tells):
            os.close(one)
        its.close()
        yield Child(os.fdopen(told, "wb"), os.fdopen(says, "rb"), ended)
    finally:
        with ours:
            if not codes:
                _end_copy(ours, parent)


def _end_copy(line: socket.socket, parent: Warm) -> None:
    """Have the warm process end a copy and wait for that; where it does not, both are ended."""
    line.settimeout(_PATIENCE)
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_WR)
        if len(line.recv(warm.ANSWER_BYTES, socket.MSG_WAITALL)) == warm.ANSWER_BYTES:
            return
    _end(parent)


def _warm_process(work: str, errors: IO[bytes]) -> Warm:
    """Give the warm process of this process and kind, a new one where there is none."""
    with _starting:
        for one in running:
            if (one.owner, one.work) == (os.getpid(), work) and one.process.poll() is None:
                return one
        ours, its = socket.socketpair()
        with its:
            process = subprocess.Popen(
                [sys.executable, "-m", warm.__name__, str(its.fileno()), work],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                pass_fds=[its.fileno()],
                env=_environment(),
                cwd="/",
                start_new_session=True,
            )
        found = Warm(os.getpid(), work, process, ours)
        running[:] = [*(one for one in running if _is_another(one, work)), found]
        return found


def _is_another(one: Warm, work: str) -> bool:
    """Tell whether a warm process is of this process, and of another kind."""
    return one.owner == os.getpid() and one.work != work


def _end(parent: Warm) -> None:
    """End a warm process, its copies, and whatever they started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(parent.process.pid, signal.SIGKILL)
    parent.process.wait()
    parent.line.close()
    with _starting:
        running[:] = [one for one in running if one is not parent]


@atexit.register
def _leave() -> None:
    for one in list(running):
        if one.owner == os.getpid():
            _end(one)


@contextlib.contextmanager
def _alone(work: str, folder: Path, errors: IO[bytes]) -> Iterator[Child]:
    """Start a process that loads all by itself."""
    process = subprocess.Popen(
        [sys.executable, "-c", _ALONE, work, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=_environment(),
        cwd=folder,
    )
    assert process.stdin
    assert process.stdout
    try:
        yield Child(process.stdin, process.stdout, process.wait)
    finally:
        process.kill()
        process.wait()


def _environment() -> dict[str, str]:
    # The package's home is named: the caller may run from anywhere.
    home = str(Path(tend.__file__).resolve().parent.parent)
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, **_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(paths)}

"""The warm process: has loaded what a kind of work needs, and becomes a child for each folder.

A copy of it costs a hundredth of a new process. It does no work itself, opens no file and holds no
lock; it ends with the server, and takes its children with it: its line to the server ends. Each
child has a line of its own, too: the server hears by it how the child ended, and ends it by
closing its side.
"""

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from tend.child import inside
from tend.child.inside import Work

ANSWER_BYTES = 4
_PATH_BYTES = 4096
_STANDARD = 3  # input, output and errors of a child
_KILL = signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL


@dataclass(frozen=True)
class _Child:
    """A copy at work: its pipe ends when it ends, its line when the server has enough of it."""

    pid: int
    pipe: int
    line: socket.socket


def main(descriptor: int, name: str) -> None:
    """Make a child for each folder the server names, until the server is gone."""
    work: Work = importlib.import_module(name)
    inside.load(work)
    gc.freeze()  # what is loaded stays shared with the copies
    children: list[_Child] = []
    with socket.socket(fileno=descriptor) as server:
        while True:
            for ready in _ready(server, children):
                if isinstance(ready, _Child):
                    children.remove(ready)
                    _tell(ready)
                elif (begun := _begin(server, children, work)) is not None:
                    children.append(begun)
                else:
                    os.killpg(0, _KILL)


def _ready(server: socket.socket, children: Sequence[_Child]) -> list[socket.socket | _Child]:
    """Wait for the server's next word or a child's end; end those nobody waits for any more."""
    lines = {child.line.fileno(): child for child in children}
    pipes = {child.pipe: child for child in children}
    heard, _, _ = select.select([server.fileno(), *lines, *pipes], [], [])
    ended = [pipes[one] for one in heard if one in pipes]
    for one in heard:
        if one in lines and lines[one] not in ended:
            os.kill(lines[one].pid, _KILL)
            os.waitid(os.P_PID, lines[one].pid, os.WEXITED | os.WNOWAIT)
            ended.append(lines[one])
    return [*ended, *([server] if server.fileno() in heard else [])]


def _tell(child: _Child) -> None:
    """Tell the server how a child ended."""
    code = os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1])
    os.close(child.pipe)
    with contextlib.suppress(OSError), child.line:  # maybe nobody hears it
        child.line.sendall(code.to_bytes(ANSWER_BYTES, "big", signed=True))


def _begin(server: socket.socket, children: Sequence[_Child], work: Work) -> _Child | None:
    """Become a child, which does not return; give it, or nothing where the server is gone."""
    folder, given, _, _ = socket.recv_fds(server, _PATH_BYTES, _STANDARD + 1)
    if not folder:
        return None
    *standard, line = given
    alive, its_end = os.pipe()
    if not (pid := os.fork()):
        for other in children:
            other.line.close()
            os.close(other.pipe)
        for one in (server.detach(), line, alive):
            os.close(one)
        _become(folder, standard, work)
    for one in (its_end, *standard):
        os.close(one)
    return _Child(pid, alive, socket.socket(fileno=line))


def _become(folder: bytes, given: Sequence[int], work: Work) -> NoReturn:
    for number, one in enumerate(given):
        os.dup2(one, number)
        os.close(one)
    path = Path(os.fsdecode(folder))
    os.chdir(path)
    inside.run(work, path)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])

"""Files are written by the command of the same name, in a process of its own: nobody waits for it.

It reads the published copy as whoever asked sees it, gives way to all else the machine does, and is
ended when it takes too long. Who asked is told by its input, which nobody else reads or writes: not
among its words, which every process of the machine can read. One file is written at a time, as
there are few processors; others wait for their turn.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from tend.ingest import temporary
from tend.people.person import Person

_ROOT = Path(__file__).parents[3]
LIMIT_SECONDS = 300.0
# People's pages go first; at the lowest rank of all a file never came to its end on a busy machine.
_NICE = 5
_turn = threading.Lock()


@dataclass(frozen=True)
class Outcome:
    """How the writing ended: without a word, or why there is no file."""

    is_late: bool = False
    why: str = ""
    # What the command said of the file: what is in it, and what is not.
    said: str = field(default="", compare=False)


@dataclass
class Job:
    """A file on its way: it is for whoever asked for it, and goes with them."""

    person: Person
    kind: str
    asked: tuple[str, ...]
    folder: "tempfile.TemporaryDirectory[str]"
    file: Path
    began: float = field(default_factory=time.monotonic)
    future: Future[Outcome] = field(default_factory=Future)

    @property
    def seconds(self) -> int:
        """Tell how long it has taken by now."""
        return int(time.monotonic() - self.began)

    @property
    def outcome(self) -> Outcome | None:
        """Tell how it ended; None while it is written."""
        return self.future.result() if self.future.done() else None


def start(person: Person, kind: str, name: str, workspace: Path, asked: Sequence[str]) -> Job:
    """Have a file written; it lies in a folder of its own until nobody holds it any more.

    Raises TendError for who may take no files out.
    """
    person.require("export")
    folder = temporary.lasting("handout")
    job = Job(person, kind, tuple(asked), folder, Path(folder.name) / name)
    words = ["export", str(job.file), "--workspace", str(workspace), *asked, "--seen-by", "-"]
    # a server that ends waits for no file
    threading.Thread(target=_take_turn, args=(job, words), daemon=True).start()
    return job


def _take_turn(job: Job, words: Sequence[str]) -> None:
    with _turn:
        try:
            job.future.set_result(_written(words, job.file, job.person))
        # there is no room for another process, or a word that no process can be given
        except (OSError, ValueError) as error:
            job.future.set_result(Outcome(why=str(error)))


def _written(words: Sequence[str], file: Path, person: Person) -> Outcome:
    # one processor: the database would take all of them
    environment = {**os.environ, "TEND_THREADS": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "tend", *words],
        cwd=_ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        _give_way(process.pid)
        try:
            out, said = process.communicate(person.told(), timeout=LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            return Outcome(is_late=True)
    if process.returncode == 0 and file.exists():
        return Outcome(said=out.strip())
    return Outcome(why=(said.strip().splitlines() or ["?"])[-1].removeprefix("tend: "))


def _give_way(pid: int) -> None:
    """Let pages go first, where the system knows of that."""
    with contextlib.suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, pid, _NICE)

"""Reading processes: copies of a warm one, which holds nothing, and gone with the server."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tend.child import processes
from tend.ingest import prepare
from tend.ingest.reading_process import child
from tend.ingest.results import Known, Limits, Options
from tests.ingest.conftest import Rows
from tests.kit.files.corpus import LEDGER
from tests.kit.processes import wait_until

ROOT = Path(__file__).parents[3]
Write = Callable[[Mapping[str, Rows]], Path]
# A server in the middle of a reading: it says so, and waits for its end.
SERVER = """
import sys, time
from pathlib import Path
from tend.ingest import prepare
from tend.child import processes
prepare(Path(sys.argv[1]))
def known():
    print(processes.running[0].process.pid, flush=True)
    time.sleep(60)
prepare(Path(sys.argv[1]), known)
"""


def _warm() -> "subprocess.Popen[bytes]":
    """Give the warm process of readers; there may be others for other work."""
    return next(one.process for one in processes.running if one.work == child.__name__)


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _held(process: Path) -> list[str]:
    """Name what a process holds open; what is closed while it is looked at is not held."""
    held = []
    for one in (process / "fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            held.append(str(one.readlink()).partition(":")[0])
    return [Path(one).name.partition(" ")[0] for one in sorted(held)]


def _is_gone(pid: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


def test_the_warm_process_holds_nothing(write: Write) -> None:
    """It is one thread without files and sockets of the server; each file has its own process."""
    path, seen = write({"a": LEDGER}), set()

    def known() -> Known:
        wait_until(lambda: bool(_children(_warm().pid)))
        seen.update(_children(_warm().pid))
        return Known()

    first, second = prepare(path, known), prepare(path, known)
    assert (first.error, second.error, len(seen)) == (None, None, 2)
    warm = Path("/proc", str(_warm().pid))
    assert [one.name for one in (warm / "task").iterdir()] == [warm.name]
    # the server hears how a child ended an instant before the line to it is closed
    wait_until(lambda: _held(warm) == ["null", "null", "errors", "socket"])
    assert (warm / "cwd").readlink() == Path("/")


def test_readers_go_with_a_killed_server(write: Write) -> None:
    """A server killed in the middle of a reading leaves no process behind."""
    words = [sys.executable, "-c", SERVER, str(write({"a": LEDGER}))]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        warm = int(server.stdout.readline())
        wait_until(lambda: bool(_children(warm)))
        left = [warm, *_children(warm)]
        server.kill()
    wait_until(lambda: all(map(_is_gone, left)))


@pytest.mark.parametrize("whose", ["warm", "reader", "both"])
def test_a_killed_process_is_one_sentence(whose: str, write: Write) -> None:
    """Whichever of them the machine kills, this file is told of and the next one is read."""
    path = write({"a": LEDGER})

    def known() -> Known:
        warm = _warm().pid
        wait_until(lambda: bool(_children(warm)))
        for one in {"warm": [warm], "reader": _children(warm)}.get(whose, [warm, *_children(warm)]):
            os.kill(one, signal.SIGKILL)
        return Known()

    killed = prepare(path, known)
    assert killed.error
    assert killed.error.code == "reader_memory"
    assert prepare(path).error is None


def test_an_idle_warm_process_that_died_is_replaced(write: Write) -> None:
    """Nobody hears of a warm process that was killed while nobody read."""
    path = write({"a": LEDGER})
    assert prepare(path).error is None
    process = _warm()
    process.kill()
    process.wait()
    assert prepare(path).error is None


def test_a_reading_cut_short_takes_the_process_with_it(write: Write) -> None:
    """A reading whose time is up is over at once, and the next one has a process again."""
    path = write({"a": LEDGER})
    assert prepare(path).error is None
    before, limits = _warm(), replace(Limits(), seconds=1e-6)
    late = prepare(path, options=Options(limits=limits))
    assert late.error
    assert late.error.code == "reader_timeout"
    wait_until(lambda: not _children(before.pid))
    assert before.poll() is None
    assert prepare(path).error is None


def test_a_process_by_itself_finds_the_same(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes cannot be copied each loads what it needs, and finds what a copy finds."""
    path = write({"a": LEDGER})
    copied = prepare(path)
    monkeypatch.setattr(processes, "_IS_COPIED", False)
    alone = prepare(path)
    assert alone.error is None
    assert [sheet.facts for sheet in alone.sheets] == [sheet.facts for sheet in copied.sheets]
    bounds = Options(limits=Limits(answer_bytes=2_000))
    refused = prepare(path, options=bounds).error
    assert refused
    assert refused.code == "reader_memory"

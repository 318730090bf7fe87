"""Who adds to the log: several at once, killed at any step, on a full disk."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tend.language.errors import TendError
from tend.people.person import LOCAL
from tend.store.audit import checking, log, pages
from tend.store.audit.lines import Mark
from tend.store.audit.pages import Wanted
from tests.kit.kills import writers

COUNT = 1000


def test_two_processes_keep_one_order(tmp_path: Path) -> None:
    """A thousand lines of each: all there, each in its own order, one chain."""
    command = [sys.executable, "-m", "tests.kit.kills.writers", str(tmp_path)]
    running = [subprocess.Popen([*command, key, str(COUNT)]) for key in ("p1", "p2")]
    assert [one.wait(300) for one in running] == [0, 0]
    found = pages.every(tmp_path, Wanted())
    assert [line.number for line in reversed(found)] == list(range(1, 2 * COUNT + 1))
    for key in ("p1", "p2"):
        rows = [line.about["rows"] for line in reversed(found) if line.who == key]
        assert rows == list(range(COUNT))
    assert checking.check(tmp_path, found[0].mark) == checking.Checked()


def test_a_kill_at_any_step_accuses_nobody(tmp_path: Path) -> None:
    """Half a line or none: it is told or mended, what was confirmed stands, and others go on."""
    writers.add(tmp_path, "p1", 2)
    step, code, confirmed = 1, writers.KILLED, 2
    while code == writers.KILLED:
        if not (child := os.fork()):
            writers.ended_at(step)
            writers.add(tmp_path, "p2", 1)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert checking.check(tmp_path, Mark()).faults == [], step
        mark = log.append(tmp_path, LOCAL, "backup", {})
        assert mark.number > confirmed
        confirmed = mark.number
        assert checking.check(tmp_path, mark) == checking.Checked(), step
        step += 1
    assert step > 10


def test_a_full_disk_refuses_before_it_is_done(tmp_path: Path) -> None:
    """The line is there whole or not at all; what stood there stands, and goes on."""
    writers.add(tmp_path, "p1", 3)
    before = (tmp_path / log.FILE).read_bytes()
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for room in (0, 1, 100):
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + room, hard))
        try:
            with pytest.raises(TendError) as caught:
                log.append(tmp_path, LOCAL, "export", {"kind": "csv"})
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        assert caught.value.code == "disk_full"
        assert (tmp_path / log.FILE).read_bytes() == before
    assert pages.page(tmp_path, Wanted()).lines[0].number == 3  # reading goes on
    assert log.append(tmp_path, LOCAL, "export", {}).number == 4
    assert checking.check(tmp_path, Mark()) == checking.Checked()

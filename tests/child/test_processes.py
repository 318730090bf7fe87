"""Children: several at a time, each ended by itself, all of them gone with the server."""

import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tend.child import processes
from tend.queries.door import child as work
from tests.kit.processes import wait_until


def _warm() -> processes.Warm:
    return next(one for one in processes.running if one.work == work.__name__)


def _children() -> list[str]:
    pid = _warm().process.pid
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def test_one_is_ended_and_the_others_go_on(tmp_path: Path) -> None:
    """Children of one warm process do not know each other's lines: each ends with its own."""
    folders = [tmp_path / name for name in "abc"]
    with ExitStack() as stack:
        for folder in folders:
            folder.mkdir()
            (folder / "asked").write_bytes(b"no question")
        # They end at once, as they are asked nothing that they understand; each end is told.
        started = [stack.enter_context(processes.started(work.__name__, one)) for one in folders]
        assert [child.ended() for child in started] == [1, 1, 1]
    for folder in folders:
        assert processes.death(1, folder / "errors") == "died"
    wait_until(lambda: not _children())
    assert (
        next(one for one in processes.running if one.work == work.__name__).process.poll() is None
    )


def test_time_that_is_up_is_told(tmp_path: Path) -> None:
    """A child that says nothing is waited for as long as it has seconds left, no longer."""
    with processes.started(work.__name__, tmp_path) as child:
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            list(processes.words(child, lambda: began + 0.0 - time.monotonic()))
    wait_until(lambda: not _children())


def test_a_death_is_told_apart(tmp_path: Path) -> None:
    """By what it said last, else by its signal."""
    errors = tmp_path / "errors"
    for said, code, meant in (
        (b"MemoryError", 1, "memory"),
        (b"std::bad_alloc", -6, "memory"),
        (b"", -9, "memory"),
        (b"", -24, "time"),
        (b"", 28, "full"),
        (b"Segmentation fault", -11, "died"),
    ):
        errors.write_bytes(said)
        assert processes.death(code, errors) == meant

"""Copies for reading: few while much is entered, none forgotten, and waited for by who reads."""

import threading
from pathlib import Path

import pytest

from tend.store.copies import published
from tend.store.copies.published import Publisher


def test_entries_one_after_the_other_are_copied_together(tmp_path: Path) -> None:
    """The first copy is made at once; of many commits after it one more, at the latest at close."""
    made = threading.Semaphore(0)
    copies: list[int] = []

    def copy() -> None:
        copies.append(len(copies))
        made.release()

    publisher = Publisher(tmp_path, copy)
    publisher.ask()
    assert made.acquire(timeout=30)
    for _ in range(20):
        publisher.ask()
    publisher.close()
    assert copies == [0, 1]
    publisher.close()
    assert copies == [0, 1]


def test_who_reads_waits_for_the_last_commit(tmp_path: Path) -> None:
    """A copy that is on its way is waited for, not passed over for an older one."""
    (tmp_path / published.file_name(9)).touch()
    later = tmp_path / published.file_name(10)
    writing = threading.Timer(0.3, later.touch)
    writing.start()
    assert published.awaited(tmp_path, 10) == later
    writing.join()


def test_a_copy_that_never_comes_is_not_waited_for_forever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it could not be written, the one before is read."""
    monkeypatch.setattr(published, "_PATIENCE_SECONDS", 0.2)
    before = tmp_path / published.file_name(9)
    before.touch()
    assert published.awaited(tmp_path, 10) == before
    assert published.awaited(tmp_path / "none", 0) is None

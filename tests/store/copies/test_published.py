"""Copies for reading: few while much is entered, and written at once for one who waits."""

import threading
from pathlib import Path

import pytest

from tend.store.copies import published
from tend.store.copies.published import Publisher


def test_entries_one_after_the_other_are_copied_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many commits one copy is made, a while after the first; another after later ones."""
    monkeypatch.setattr(published, "_AFTER_COMMIT", 0.2)
    made = threading.Semaphore(0)
    publisher = Publisher(tmp_path, made.release)
    for _ in range(2):
        for _ in range(20):
            publisher.ask()
        assert made.acquire(timeout=30)
    publisher.close()
    assert not made.acquire(blocking=False)


def test_who_waits_has_the_copy_at_once(tmp_path: Path) -> None:
    """Nobody waits for half a minute; where nothing was committed, or all is over, none is made."""
    made = threading.Semaphore(0)
    publisher = Publisher(tmp_path, made.release)
    publisher.hurry()
    publisher.ask()
    publisher.hurry()
    assert made.acquire(timeout=30)
    publisher.hurry()
    publisher.ask()
    publisher.close()
    assert not made.acquire(blocking=False)


def test_who_reads_waits_for_the_last_commit_and_says_so(tmp_path: Path) -> None:
    """A copy that is on its way is waited for, not passed over for an older one."""
    (tmp_path / published.file_name(9)).touch()
    later = tmp_path / published.file_name(10)
    assert published.awaited(tmp_path, 9, _held) == tmp_path / published.file_name(9)
    assert not published.is_wanted(tmp_path)
    writing = threading.Timer(0.3, later.touch)
    writing.start()
    assert published.awaited(tmp_path, 10, _held) == later
    assert published.is_wanted(tmp_path)
    assert not published.is_wanted(tmp_path)
    writing.join()


def test_who_reads_waits_no_more_once_nobody_holds_the_workspace(tmp_path: Path) -> None:
    """Then the workspace itself can be opened."""
    (tmp_path / published.file_name(9)).touch()
    held = iter([True, True, False])
    assert published.awaited(tmp_path, 10, lambda: next(held)) is None


def test_a_copy_that_never_comes_is_not_waited_for_forever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it could not be written, the one before is read."""
    monkeypatch.setattr(published, "_PATIENCE_SECONDS", 0.2)
    before = tmp_path / published.file_name(9)
    before.touch()
    assert published.awaited(tmp_path, 10, _held) == before
    assert published.awaited(tmp_path / "none", 0, _held) is None


def _held() -> bool:
    return True

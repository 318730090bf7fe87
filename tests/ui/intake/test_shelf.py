"""Waiting files have bounds: what goes first, what is said of it, and what never goes."""

import itertools
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tend.ingest.results import FileResult
from tend.language.errors import TendError
from tend.ui.intake import shelf
from tend.ui.intake.shelf import IN_ALL, OF_ONE_SESSION, UNUSED_HOURS, Shelf

pytestmark = pytest.mark.quick


@dataclass(eq=False)
class File:
    """A file of some weight."""

    session: str
    size: int
    used: float = 0.0
    result: FileResult = field(default_factory=lambda: FileResult(Path(), "", "", ()))
    gone: str = ""

    @property
    def weight(self) -> int:
        """Give its bytes, none once it is gone."""
        return 0 if self.gone else self.size

    def let_go(self, why: TendError) -> None:
        """Go, with the reason."""
        assert why.message("en") != why.message("zh")
        self.gone = why.code


def kept(*sizes: tuple[str, int]) -> list[str]:
    """Put files of sessions and sizes one after the other; give what became of each."""
    ticks = iter(range(1_000))
    place = Shelf(lambda: float(next(ticks)))
    files = [File(session, size) for session, size in sizes]
    for one in files:
        place.put(one)
    return [one.gone for one in files]


def test_a_session_has_its_bound() -> None:
    """The longest unused of the same session goes, others' files do not."""
    half = OF_ONE_SESSION // 2
    assert kept(("b", 10), ("a", half), ("a", half), ("a", 10)) == ["", "upload_let_go", "", ""]


def test_all_sessions_together_have_theirs() -> None:
    """The longest unused of all goes, whosever it is."""
    part = IN_ALL // 3
    assert kept(("a", part), ("b", part), ("c", part), ("d", 10)) == ["upload_let_go", "", "", ""]


def test_the_newest_always_stays() -> None:
    """One file larger than the bound waits alone."""
    assert kept(("a", 5), ("b", 2 * IN_ALL)) == ["upload_let_go", ""]


def test_many_small_files_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their number counts, too."""
    monkeypatch.setattr(shelf, "FILES_OF_ONE_SESSION", 3)
    assert kept(*[("a", 1)] * 5) == ["upload_let_go", "upload_let_go", "", "", ""]


def test_what_nobody_looks_at_goes() -> None:
    """After two hours without a look a file goes; a look at it counts anew."""
    now = [0.0]
    place = Shelf(lambda: now[0])
    looked_at, forgotten = File("a", 1), File("b", 1)
    place.put(looked_at)
    place.put(forgotten)
    for hours in (UNUSED_HOURS / 2, UNUSED_HOURS + 0.1):
        now[0] = hours * 3600
        place.use([looked_at])
    assert (looked_at.gone, forgotten.gone) == ("", "upload_unused")


def test_the_shelf_holds_nothing_back() -> None:
    """A file that its session has let go of is not kept by the shelf."""
    place = Shelf()
    place.put(File("a", 1))
    assert place._there() == []


def test_files_of_a_closed_tab_go() -> None:
    """Three minutes after its tab was closed a file goes; who comes back in time keeps it."""
    now, open_tabs = [0.0], {"a", "b"}
    place = Shelf(lambda: now[0], open_tabs.__contains__)
    closed, back = File("a", 1), File("b", 1)
    place.put(closed)
    place.put(back)
    open_tabs.clear()
    last = shelf.ABSENT_SECONDS + 11.0
    looks: list[tuple[float, set[str]]] = [(10, set()), (100, {"b"}), (150, set()), (last, set())]
    for seconds, tabs in looks:
        now[0] = seconds
        open_tabs.clear()
        open_tabs.update(tabs)
        place.use([])
    assert (closed.gone, back.gone) == ("upload_unused", "")


def test_files_go_where_nobody_else_comes_by(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shelf looks by itself while files wait, and no longer."""
    monkeypatch.setattr(shelf, "LOOK_SECONDS", 0.01)
    ticks = itertools.count()
    place = Shelf(lambda: 60.0 * next(ticks), lambda _: False)
    closed = File("a", 1)
    place.put(closed)
    until = time.monotonic() + 10
    while (not closed.gone or place._next_look) and time.monotonic() < until:
        time.sleep(0.01)
    assert closed.gone == "upload_unused"
    assert place._next_look is None

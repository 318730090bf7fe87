"""What is asked beside a page: from the end, by others, until the page is there."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest

from tend.ui.server import ahead

pytestmark = pytest.mark.quick
_PATIENCE = 10.0


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TEND_THREADS", "2")
    ahead.close()
    yield
    ahead.close()


def test_the_last_comes_first_and_by_another_thread() -> None:
    """A page asks from the first one on: what it asks last is asked first beside it."""
    asked: list[tuple[str, int]] = []
    done = threading.Event()

    def question(name: str) -> bool:
        asked.append((name, threading.get_ident()))
        if name == "first":
            done.set()
        return True

    ahead.begin([partial(question, name) for name in ("first", "second", "last")])
    assert done.wait(_PATIENCE)
    assert [name for name, _ in asked] == ["last", "second", "first"]
    assert threading.get_ident() not in {thread for _, thread in asked}


def test_what_fails_stops_nothing_else() -> None:
    """Whoever asks it for the page hears why it fails; the others are asked all the same."""
    done = threading.Event()

    def asks() -> bool:
        done.set()
        return True

    def fails() -> bool:
        raise ValueError

    ahead.begin([asks, fails])
    assert done.wait(_PATIENCE)


def test_a_page_that_is_there_lets_go_of_the_rest() -> None:
    """What is under way comes to its end, what was not begun is not asked."""
    begun, go_on, asked = threading.Event(), threading.Event(), list[str]()

    def asks(name: str) -> bool:
        begun.set()
        go_on.wait(_PATIENCE)
        asked.append(name)
        return True

    stop = ahead.begin([lambda: asks("never"), lambda: asks("slow")])
    assert begun.wait(_PATIENCE)
    stop()
    go_on.set()
    ahead.close()
    assert asked == ["slow"]


def test_one_processor_is_the_page_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is only one, nothing is asked beside the page."""
    monkeypatch.setenv("TEND_THREADS", "1")
    asked = threading.Event()

    def asks() -> bool:
        asked.set()
        return True

    ahead.begin([asks])
    ahead.close()
    assert not asked.is_set()


def test_other_pages_have_the_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where many pages are drawn at once, each asks by itself; what is left over helps again."""
    monkeypatch.setenv("TEND_THREADS", "3")
    asked: list[int] = []

    def asks(pages: int) -> bool:
        asked.append(pages)
        return True

    for pages in (3, 4, 2):
        ahead.begin([partial(asks, pages)], pages)
    ahead.close()
    assert asked == [2]


def test_it_ends_where_the_page_has_come_to() -> None:
    """What is known already says that all before it is, or is asked by the page itself."""
    asked: list[str] = []
    done = threading.Event()

    def question(name: str, *, is_new: bool) -> bool:
        asked.append(name)
        if not is_new:
            done.set()
        return is_new

    ahead.begin(
        [
            lambda: question("first", is_new=True),
            lambda: question("met", is_new=False),
            lambda: question("last", is_new=True),
        ]
    )
    assert done.wait(_PATIENCE)
    ahead.close()
    assert asked == ["last", "met"]

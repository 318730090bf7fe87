"""Whose turn it is: a few at a time, in their order, each asker once."""

import threading
from functools import partial

import pytest

from tend.child.turns import Turns
from tests.kit.processes import wait_until

pytestmark = pytest.mark.quick


def test_one_after_the_other_in_their_order() -> None:
    """Nobody is served beside another; who came first is first; who leaves holds up nobody."""
    turns, served, told = Turns(), [], []
    first = threading.Event()

    def come(name: str) -> None:
        with turns.taken(lambda: told.append(name)):
            served.append(name)
            if name == "a":
                first.wait(20)

    def leave() -> None:
        def give_up() -> None:
            raise KeyError("gone")

        with pytest.raises(KeyError), turns.taken(give_up):
            served.append("left")

    def is_in_the_queue(place: int) -> bool:
        return len(turns._queue) > place

    threads = [threading.Thread(target=come, args=(name,)) for name in "abc"]
    for place, thread in enumerate(threads):
        thread.start()
        wait_until(partial(is_in_the_queue, place))
    leave()
    wait_until(lambda: set(told) == {"b", "c"})
    first.set()
    for thread in threads:
        thread.join(10)
    assert served == ["a", "b", "c"]


def test_each_asker_has_one_place() -> None:
    """Of three places one asker has one; others pass those who wait for their own first."""
    turns, served, end = Turns(3), [], threading.Event()

    def come(who: str | None) -> None:
        with turns.taken(lambda: None, who):
            served.append(who)
            end.wait(20)

    threads = []
    for who in ("ana", "ana", "ana", None, None, "ben"):
        threads.append(threading.Thread(target=come, args=(who,)))
        threads[-1].start()
        wait_until(lambda: len(turns._queue) == len(threads))
    wait_until(lambda: len(served) == 3)
    assert served == ["ana", None, None]
    assert [ticket.who for ticket in turns._queue if not ticket.has_place] == ["ana", "ana", "ben"]
    end.set()
    for thread in threads:
        thread.join(10)
    assert sorted(map(str, served)) == ["None", "None", "ana", "ana", "ana", "ben"]

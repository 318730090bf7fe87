"""Answers that are kept: within their bytes, made once, and gone when they are old."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pytest

from tend.queries import answers
from tend.queries.answers import Answers
from tend.settings.company import Settings
from tend.store.derived.table_versions import Marks

pytestmark = pytest.mark.quick

TOUCHES = frozenset({"stg_touches", "as", "of"})
CONTRACTS = frozenset({"stg_contracts"})


def marks(version: int, touches: int, contracts: int) -> Marks:
    """Give the marks of a workspace at a version."""
    since = {"settings": 1, "stg_touches": touches, "stg_contracts": contracts}
    return Marks(version, Settings(), since, {})


def test_answers_stay_within_their_bytes() -> None:
    """However many are asked for, what is kept is at most its bound; the last used stay."""
    kept = Answers(200_000)
    for number in range(500):
        kept.get(number, CONTRACTS, marks(1, 1, 1), lambda: pa.table({"a": [1] * 1000}))
        kept.get(0, CONTRACTS, marks(1, 1, 1), lambda: pa.table({"a": [1] * 1000}))
        assert kept.size <= 200_000
    assert 10 < len(kept) < 30
    again: list[int] = []
    kept.get(0, CONTRACTS, marks(1, 1, 1), lambda: again.append(1))
    assert again == []


def test_an_answer_too_large_is_given_and_not_kept() -> None:
    """What alone is over the bound pushes nothing else out."""
    kept = Answers(20_000)
    small = kept.get("small", CONTRACTS, marks(1, 1, 1), lambda: pa.table({"a": [1]}))
    large = kept.get("large", CONTRACTS, marks(1, 1, 1), lambda: pa.table({"a": [1] * 10_000}))
    assert len(large) == 10_000
    assert len(kept) == 1
    assert kept.get("small", CONTRACTS, marks(1, 1, 1), lambda: small.slice(1)) is small


def test_a_commit_lets_go_of_what_it_changed() -> None:
    """At the first question after a commit all that reads what it changed is gone, and no more."""
    kept = Answers(1 << 20)
    for place in range(10):
        kept.get(("touch", place), TOUCHES, marks(1, 1, 1), lambda: 1)
        kept.get(("contract", place), CONTRACTS, marks(1, 1, 1), lambda: 1)
        kept.get(("all", place), answers.ALL, marks(1, 1, 1), lambda: 1)
    assert kept.get(("contract", 0), CONTRACTS, marks(2, 2, 1), lambda: 2) == 1
    assert len(kept) == 10
    assert kept.get(("touch", 0), TOUCHES, marks(2, 2, 1), lambda: 2) == 2


def test_who_asks_at_once_waits_for_one() -> None:
    """Of many who ask for the same at once, one makes it; all get the very same."""
    kept, made, start = Answers(1 << 20), [], threading.Barrier(8)

    def make() -> object:
        made.append(1)
        until = time.monotonic() + 0.2
        while len(made) == 1 and time.monotonic() < until:  # time for a second one to come
            time.sleep(0.01)
        return object()

    def ask(_: int) -> object:
        start.wait(10)
        return kept.get("one", CONTRACTS, marks(1, 1, 1), make)

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ask, range(8)))
    assert len(found) == len(made) == 1


def test_an_answer_that_fails_fails_for_each_by_itself() -> None:
    """An error is raised to whoever asked, is not kept, and the next one asks anew."""
    kept = Answers(1 << 20)

    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept.get("one", CONTRACTS, marks(1, 1, 1), fail)
    assert kept.get("one", CONTRACTS, marks(1, 1, 1), lambda: 3) == 3

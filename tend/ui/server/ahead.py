"""Questions asked beside a page that will come to ask them: answers are kept, so it finds them."""

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from tend.store.database import connection

_NAME = "tend-ahead"
Question = Callable[[], bool]
_pools: list[ThreadPoolExecutor] = []
_making = threading.Lock()


def begin(questions: Iterable[Question], pages: int = 1) -> Callable[[], None]:
    """Ask beside a page by the processors that `pages` leave; give what lets go of the rest.

    The last come first: the page asks the same from the first one on. A question tells whether
    it was new: at the first that was not the two have met, or all of it was asked before.
    """
    left = deque(questions)
    others = connection.threads() - pages
    if left and others > 0:
        pool = _pool(connection.threads() - 1)
        for _ in range(min(others, len(left))):
            pool.submit(_ask, left)
    return left.clear


def close() -> None:
    """Wait until nobody asks any more, for the end of a server or a test."""
    while _pools:
        _pools.pop().shutdown(cancel_futures=True)


def _pool(threads: int) -> ThreadPoolExecutor:
    with _making:
        if not _pools:
            _pools.append(ThreadPoolExecutor(threads, _NAME))
        return _pools[0]


def _ask(left: deque[Question]) -> None:
    while left:
        # who asks it for the page hears why it fails; another may have let go of all meanwhile
        with contextlib.suppress(Exception):
            if not left.pop()():
                left.clear()

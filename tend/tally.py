"""How long questions took since this process began: numbers for its operator, no names."""

import bisect
import contextlib
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

# Seconds within which questions are answered, from a small one to a hard one of one's own.
STEPS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass
class Durations:
    """How long something took: how often within each step, and all together."""

    within: list[int] = field(default_factory=lambda: [0] * (len(STEPS) + 1))
    seconds: float = 0.0


_known: dict[str, Durations] = {}
_adding = threading.Lock()


@contextlib.contextmanager
def timed(kind: str) -> Iterator[None]:
    """Note how long a question took, also where it failed."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        _note(kind, time.perf_counter() - begun)


def durations() -> Mapping[str, Durations]:
    """Give how long each kind of question took, as it is now."""
    with _adding:
        return {kind: Durations([*one.within], one.seconds) for kind, one in _known.items()}


def _note(kind: str, took: float) -> None:
    with _adding:
        known = _known.setdefault(kind, Durations())
        known.within[bisect.bisect_left(STEPS, took)] += 1
        known.seconds += took

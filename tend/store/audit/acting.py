"""What is under way in a writer's turn: what it is to be called, and what is to be said of it.

Whoever does a part of it says what there is to say (`note`), however deep; the line is written
when all is done, before the commit.
"""

import contextlib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import MappingProxyType

from tend.people.person import Right
from tend.store.audit.lines import About, What

# What is done with a right, where nothing else is said.
BY_RIGHT: Mapping[Right, What] = MappingProxyType(
    {
        "edit": "entry",
        "import": "import",
        "undo": "undo",
        "settings": "setting",
        "people": "person",
        "audit": "erase",
    }
)


@dataclass
class Act:
    """One thing that somebody does."""

    what: What
    about: dict[str, About | None] = field(default_factory=dict)


_now: ContextVar[Act | None] = ContextVar("tend.act", default=None)


@contextlib.contextmanager
def under_way(what: What) -> Iterator[Act]:
    """Do something that will be a line of the log."""
    act = Act(what)
    token = _now.set(act)
    try:
        yield act
    finally:
        _now.reset(token)


def note(**about: About | None) -> None:
    """Say more of what is under way; of what is only tried, nothing is noted."""
    if (act := _now.get()) is not None:
        act.about.update(about)

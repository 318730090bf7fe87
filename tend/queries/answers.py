"""Answers that are kept: each until something it reads changes, all together within a few bytes."""

import sys
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeVar, cast

import pyarrow as pa

from tend.store.derived.table_versions import Marks

# What an answer weighs beside its values: the objects around them, a little for each column.
_OBJECTS = 4096
_COLUMN = 512
# What reads all there is: every commit changes it.
ALL: None = None
Value = TypeVar("Value")


@dataclass(frozen=True)
class _Kept:
    """An answer, what it reads, and the version since which all of that stands."""

    value: object
    reads: frozenset[str] | None
    since: int
    size: int


class Answers:
    """Answers by what was asked for; a key's parts are frozen values."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._lock = threading.Lock()
        self._kept: dict[Hashable, _Kept] = {}
        self._making: dict[tuple[Hashable, int], Future[object]] = {}
        self._version = 0

    def __len__(self) -> int:
        """Count what is kept."""
        return len(self._kept)

    def get(
        self,
        key: Hashable,
        reads: frozenset[str] | None,
        marks: Marks,
        make: Callable[[], Value],
    ) -> Value:
        """Give the answer that is kept, else make it; of those who ask at once, one makes it.

        It is never of an older version than the asker's marks.
        """
        since = _since(reads, marks)
        while True:
            with self._lock:
                self._let_go_of_older(marks)
                kept = self._kept.pop(key, None)
                if kept is not None:
                    self._kept[key] = kept  # the newest used last
                    if kept.since == since:
                        return cast("Value", kept.value)
                work = self._making.get((key, since))
                if work is None:
                    mine = self._making[key, since] = Future()
            if work is None:
                return self._make(key, reads, since, make, mine)
            if work.exception() is None:
                return cast("Value", work.result())
            # It failed for another reader: this one asks again, and hears why itself.

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._kept.clear()
            self.size, self._version = 0, 0  # what is opened next may be of an earlier version

    def _make(
        self,
        key: Hashable,
        reads: frozenset[str] | None,
        since: int,
        make: Callable[[], Value],
        work: Future[object],
    ) -> Value:
        try:
            value = make()
        except BaseException as error:
            with self._lock:
                del self._making[key, since]
            work.set_exception(error)
            raise
        with self._lock:
            del self._making[key, since]
            self._keep(key, _Kept(value, reads, since, _weight(key) + _weight(value)))
        work.set_result(value)
        return value

    def _keep(self, key: Hashable, fresh: _Kept) -> None:
        there = self._kept.get(key)
        if there is not None and there.since > fresh.since:
            return  # a later one was made meanwhile
        self._drop(key)
        if fresh.size > self.most_bytes:
            return
        self._kept[key] = fresh
        self.size += fresh.size
        while self.size > self.most_bytes:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        if (gone := self._kept.pop(key, None)) is not None:
            self.size -= gone.size

    def _let_go_of_older(self, marks: Marks) -> None:
        """Once a version: drop what was made before something it reads changed."""
        if marks.version <= self._version:
            return
        self._version = marks.version
        older = [k for k, one in self._kept.items() if one.since < _since(one.reads, marks)]
        for key in older:
            self._drop(key)


def _since(reads: frozenset[str] | None, marks: Marks) -> int:
    return marks.version if reads is ALL else marks.of(reads)


def _weight(value: object) -> int:
    """Weigh a value; a table by its buffers, which are no larger than what they hold."""
    if isinstance(value, pa.Table):
        return int(value.get_total_buffer_size()) + _OBJECTS + _COLUMN * len(value.column_names)
    if is_dataclass(value):
        return sum(_weight(getattr(value, part.name)) for part in fields(value))
    if isinstance(value, dict | list | tuple | set | frozenset):
        parts = [*value, *value.values()] if isinstance(value, dict) else value
        return sys.getsizeof(value) + sum(_weight(part) for part in parts)
    return sys.getsizeof(value)

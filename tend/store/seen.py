"""A workspace as a person sees it: they read their rows; what they may do is asked, and noted."""

import contextlib
import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import duckdb

from tend.language.errors import TendError
from tend.people.person import LOCAL, Person, Right
from tend.store.audit import log
from tend.store.audit.lines import About, Mark, What
from tend.store.copies import reading
from tend.store.database.transactions import Answer, Transactions, read
from tend.store.derived.snapshots import Snapshots

# How refusals to a person are called, besides those of the data and the machine.
_NOT_THEIRS = ("not_allowed_", "not_own_", "not_whole")


@dataclass
class _Last:
    """The last line of the log that this process wrote."""

    mark: Mark = field(default_factory=Mark)


class Seen(Transactions):
    """A file that is open, for one person: what they read, may do, and what is noted of it."""

    def __init__(self, path: Path, file: Path, *, is_published: bool, writer: str = "") -> None:
        # What queries keep per as-of date; it lives and dies with the connection.
        self.snapshots = Snapshots()
        self.writer = writer
        """Where things are entered, when this server only reads; nothing where it writes itself."""
        self.own = reading.own(path) if writer else path
        """The folder of what this server writes: its log, and sign-ins that ended at it."""
        self.line = 0
        """Grow where what was made of the copy before is good for this one no more."""
        self.person = replace(LOCAL, writer=writer) if writer else LOCAL
        self._last = _Last()
        super().__init__(path, file, self.snapshots.clear, is_published=is_published)

    def seen_by(self, person: Person) -> Self:
        """Give the same workspace to somebody: they read their rows, and do what they may."""
        if self.writer:
            person = replace(person, writer=self.writer)
        if person == self.person:
            return self
        other = copy.copy(self)
        other.person = person
        return other

    def follow(self, before: "Seen") -> None:
        """Make ready what was asked of the copy before this one, so that nobody waits for it.

        Where it does not come after that one, as of a backup that was put back, or somebody was
        erased since, nothing that was made of that one is good for this.
        """
        is_next = self.version > before.version and self._erasures() == before._erasures()
        self.line = before.line + (not is_next)
        self.snapshots.follow(self, before.snapshots, is_next=is_next)

    def _erasures(self) -> int:
        with self.whole_cursor() as cursor:
            found = cursor.execute("select count(*) from erasures").fetchone()
        return int(found[0]) if found else 0

    @contextlib.contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor to read with: it sees the rows of those customers its person may see."""
        with self.whole_cursor() as cursor:
            if not (scope := self.person.sees).is_whole:
                cursor.execute(f"use {self.snapshots.scopes.facts(self, scope)}")
            yield cursor

    def read_for(self, right: Right, work: Callable[[duckdb.DuckDBPyConnection], Answer]) -> Answer:
        """Give what is read of all for what changes all, as imports do; raises as `writing`."""
        self.require(right)
        return read(self.whole_cursor, work)

    def require(self, right: Right) -> None:
        """Raise TendError where the person lacks a right; the log has a line of it."""
        with self.refusals():
            self.person.require(right)

    def require_whole(self) -> None:
        """Raise TendError where something is held back from the person; the log has a line."""
        with self.refusals():
            self.person.require_whole()

    def note(self, what: What, *, text: str | None = None, **about: About | None) -> Mark:
        """Add a line to the log, before what it tells is handed out. Raises TendError."""
        return self.note_of(what, about, text=text)

    def note_of(self, what: What, about: Mapping[str, About | None], **of: Any) -> Mark:
        """Add a line of what is told beside each other, as `log.append` does."""
        mark = log.append(self.own, self.person, what, about, known=self._last.mark, **of)
        if mark.number > self._last.mark.number:
            self._last.mark = mark
        return mark

    @property
    def last_line(self) -> Mark:
        """Give the last line of the log that this process wrote."""
        return self._last.mark

    @contextlib.contextmanager
    def refusals(self) -> Iterator[None]:
        """Note what is refused to the person, as it is not theirs to do."""
        try:
            yield
        except TendError as error:
            if error.code.startswith(_NOT_THEIRS):
                self.note("refused", why=error.code)
            raise

    def noted(self) -> Mark:
        """Give the last line of the log that is known in the database."""
        with self.whole_cursor() as cursor:
            row = cursor.execute("select audit_line, audit_chain from workspace_version").fetchone()
        assert row is not None
        return Mark(*row)

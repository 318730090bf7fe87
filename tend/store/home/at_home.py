"""A workspace whose home may be shared: its writers wait for those of all servers."""

import contextlib
from abc import abstractmethod
from collections.abc import Iterator
from pathlib import Path

import duckdb

from tend.language.errors import TendError
from tend.store.audit.lines import Mark
from tend.store.database import trouble
from tend.store.database.transactions import Progress, log
from tend.store.home import binding, home
from tend.store.home.following import Follower
from tend.store.home.home import Home
from tend.store.seen import Seen


class AtHome(Seen):
    """A workspace at home in its folder, or in a home of several servers; either is read here."""

    def __init__(self, path: Path, file: Path, *, is_published: bool, writer: str = "") -> None:
        self._follower: Follower | None = None
        self.home = None if is_published else _home(path)
        super().__init__(path, file, is_published=is_published, writer=writer)

    def look_for_home(self) -> None:
        """Look where the workspace is at home."""
        self._leave_home()
        self.home = _home(self.path)

    @contextlib.contextmanager
    def turn(self, progress: Progress | None = None) -> Iterator[None]:
        """Wait until nobody else writes, at no server; see what others have kept until then."""
        if self.home is None or self.home.is_held:
            with self._own_turn(progress):
                yield
            return

        def wait() -> None:
            if progress is not None:
                progress("waiting", 1.0)

        is_other = False
        try:
            with self._own_turn(progress), self.home.turn(wait):
                is_other = self._catch_up(self.home)
                try:
                    yield
                except (TendError, *trouble.ERRORS) as error:
                    self._say_where_kept(self.home, error)
                    raise
        finally:  # also where the writer was refused: what others have kept is here
            if is_other:
                self._follow_and_publish(None)

    def catch_up(self) -> None:
        """See what others have kept by now. Raises TendError where the home is away."""
        with self._own_turn():
            is_other = self.home is not None and self._catch_up(self.home)
        if is_other:
            self._follow_and_publish(None)
        if self.home is not None and self.home.is_untidy:
            with self.turn():
                self.home.lake.tidy()
                self.home.is_untidy = False

    def unlike_home(self) -> list[str]:
        """Name what is not at the home as it is here. Raises TendError where the home is away."""
        if self.home is None:
            return []
        with self.turn(), self.whole_cursor() as cursor:
            return self.home.differs(cursor)

    def _catch_up(self, there: Home) -> bool:
        with there.lake.unmoved():
            with self.whole_cursor() as cursor:
                news = there.news(cursor)
            if news is None:
                return False
            line = news.line
            noted = (lambda _commit, _after: (line.number, line.chain)) if line else None
            with trouble.told(self.path), self.deriving(noted=noted) as cursor:
                there.take(cursor, news)
        self.record()
        return True

    def _keep_there(self, cursor: duckdb.DuckDBPyConnection, line: Mark) -> None:
        """Keep at the home what a writer is about to keep here."""
        if self.home is not None:
            with self.whole_cursor() as before:
                self.home.put(cursor, before, line)

    def _say_where_kept(self, there: Home, error: BaseException) -> None:
        """Say so where the home has kept what could not be kept here. Raises TendError."""
        with self.whole_cursor() as cursor:
            is_here = there.unsaid is None or home.at(cursor).version >= there.unsaid
        if not is_here:
            raise TendError("home_ahead", why=trouble.said(error, self.path)) from error

    def _begin_at_home(self) -> None:
        """See what others have kept, now and from now on; where the home is away, later."""
        if self.home is None:
            return
        try:
            self.catch_up()
        except TendError as error:
            log("what others have kept could not be taken over", error)
        self._follower = Follower(self.home.lake.snapshot, self.catch_up)

    def _leave_home(self) -> None:
        """Look at the home no more."""
        if self._follower is not None:
            self._follower.close()
            self._follower = None
        if self.home is not None:
            self.home.close()

    @abstractmethod
    def _follow_and_publish(self, progress: Progress | None) -> None:
        """Let follow what follows from facts that have changed."""


def _home(path: Path) -> Home | None:
    found = binding.read(path)
    return Home(path, found) if found else None

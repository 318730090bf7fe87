"""Two servers share a home: people at both enter and bring files, and servers are killed."""

import os
import random
import signal
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks import soak
from benchmarks.people.sessions import Day, Notes, Session
from tend.queries import library
from tend.store import maintenance, moving
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies
from tests.kit.home.sites import agree, answers, unlike
from tests.kit.server import Server, serve
from tests.kit.tools import postgres

# TEND_HOME_SECONDS=600: ten minutes of it.
SECONDS = float(os.environ.get("TEND_HOME_SECONDS", "30"))
pytestmark = pytest.mark.timeout(SECONDS * 3 + 600)
LIVES = (SECONDS / 20, SECONDS / 4)
_ENTERED = {"touch": "touches", "answer": "surveys"}


@dataclass
class Site:
    """A server at a home, whoever works there, and what was confirmed to them."""

    folder: Path
    place: int
    day: Day
    chance: random.Random
    confirmed: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    files: set[str] = field(default_factory=set)
    kills: int = 0
    trouble: list[str] = field(default_factory=list)

    def live(self, until: float) -> None:
        """Begin it, work there, and kill it, again and again."""
        while time.monotonic() < until:
            with ExitStack() as running:
                server = running.enter_context(serve(self.folder))
                end = time.monotonic() + self.chance.uniform(*LIVES)
                gone = threading.Event()
                worker = threading.Thread(target=self.work, args=(server, gone), daemon=True)
                worker.start()
                time.sleep(max(0.0, end - time.monotonic()))
                gone.set()
                os.kill(server.pid, signal.SIGKILL)
                worker.join(150)
                self.kills += 1

    def work(self, server: Server, gone: threading.Event) -> None:
        """Enter and bring files, until the server is gone; what goes wrong before is trouble."""
        try:
            session = Session(server.url, self.place, self.day, Notes())
            session._files = self.kills * 100
            while not session.notes.errors:
                what = self.chance.choice(("touch", "touch", "answer", "bring"))
                self.tried[what] += 1
                session.act(what)
                if not session.notes.errors:
                    self.confirmed[what] += 1
                    if what == "bring":
                        self.files.add(f"touches-{self.place}-{session._files}.csv")
            raise AssertionError(session.notes.errors)
        except Exception as error:  # noqa: BLE001 - whatever it is, the server may just have gone
            if not gone.is_set():
                self.trouble.append(str(error))


def counted(workspace: Workspace) -> Counter[str]:
    """Count what was entered by hand, by kind."""
    with workspace.whole_cursor() as cursor:
        return Counter(
            {
                what: cursor.execute(
                    f"select count(*) from rows_{table} inner join imports using (import_id)"
                    " where origin = 'entry'"
                ).fetchall()[0][0]
                for what, table in _ENTERED.items()
            }
        )


def test_nothing_confirmed_is_lost(companies: Companies, tmp_path: Path) -> None:
    """What pages confirmed is there, at both servers, and both answer every query alike."""
    if postgres.folder() is None:
        pytest.skip("no PostgreSQL is installed")
    folders = [companies.sample(), tmp_path / "joined"]
    with postgres.running() as database:
        address = database.address()
        for folder in folders:
            with open_workspace(folder) as workspace:
                moving.to(workspace, address, None if workspace.home else tmp_path / "files")
                day, before = soak.day(workspace, UNTIL, 2), counted(workspace)
        sites = [Site(one, n, day, random.Random(n)) for n, one in enumerate(folders)]
        until = time.monotonic() + SECONDS
        threads = [threading.Thread(target=one.live, args=(until,)) for one in sites]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with open_workspace(folders[0]) as here, open_workspace(folders[1]) as there:
            assert agree(here, there)
            assert [one.trouble for one in sites] == [[], []]
            kept = counted(here) - before
            for what in _ENTERED:
                confirmed = sum(one.confirmed[what] for one in sites)
                assert confirmed <= kept[what] <= sum(one.tried[what] for one in sites), what
            with here.whole_cursor() as cursor:
                found = {file for (file,) in cursor.execute("select file from imports").fetchall()}
            files = {file for one in sites for file in one.files}
            assert files <= found
            print(f"{sum(one.kills for one in sites)} kills, {kept}, {len(files)} files")
            assert sum(one.kills for one in sites) >= 2
            assert kept
            assert maintenance.verify(here) == maintenance.verify(there) == []
            given = {"customer_id": day.customers[0], "dimensions": ["industry"]}
            said = [answers(one, View(UNTIL), **given) for one in (here, there)]
            assert len(said[0]) > len(library.queries()) - 10
            assert unlike(*said) == []

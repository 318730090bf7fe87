"""A home that is away, a line that breaks, a full disk: one sentence, nothing confirmed lost."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tend.language.errors import TendError
from tend.store import maintenance
from tend.store.facts import entries, imports
from tend.store.home import home, lake, listed
from tend.store.workspace import Workspace, open_workspace
from tests.kit.companies import Companies
from tests.kit.home.sites import agree, sharing
from tests.kit.kills.full_disk import touch
from tests.kit.tools import postgres
from tests.store.home.test_moving import refused


def notes(workspace: Workspace) -> list[str]:
    """Give what was entered, as its server shows it."""
    with workspace.cursor() as cursor:
        found = cursor.execute("select note from stg_touches order by all").fetchall()
    return [note for (note,) in found]


def enter(workspace: Workspace, note: str) -> None:
    """Enter a touch."""
    entries.enter(workspace, "touches", [touch(note)])


def test_where_the_home_is_away_reading_goes_on(companies: Companies, tmp_path: Path) -> None:
    """Writers are refused with a word; what is here can be read and opened; then all goes on."""
    if postgres.folder() is None:
        pytest.skip("no PostgreSQL is installed")
    with postgres.running() as server:
        address = server.address()
        with sharing(companies.empty(tmp_path / "w"), address) as (here, there):
            enter(here, "before")
            assert agree(here, there)
            server.stop()
            refused("home_away", enter, here, "meanwhile")
            assert notes(here) == notes(there) == ["before"]
            assert maintenance.verify(here)[0].startswith("home_away ")
            there.close()
            with open_workspace(there.path) as again:
                assert notes(again) == ["before"]
                refused("home_away", enter, again, "meanwhile")
                server.start()
                enter(here, "after")
                assert agree(here, again)
                assert notes(again) == ["after", "before"]
                assert maintenance.verify(again) == []


class Broken:
    """A connection to the lake that breaks at the end of a commit, before or after it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, is_after: bool) -> None:
        self._connection, self._is_after = connection, is_after

    def execute(self, statement: str, *given: Any) -> Any:
        """Do what is said, but for the end of a commit."""
        if statement == "commit":
            if self._is_after:
                self._connection.execute(statement)
            raise duckdb.IOException("IO Error: connection to server was lost")
        return self._connection.execute(statement, *given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@pytest.mark.parametrize("is_after", [False, True])
def test_a_line_that_breaks_at_the_very_end(
    is_after: bool, two: list[Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a commit was kept is asked anew, and it is kept once either way."""
    here, there = two
    attached, broken = lake.Lake._attached, [True]

    def breaking(self: lake.Lake) -> Any:
        made = attached(self)
        return Broken(made, is_after) if broken and broken.pop() else made

    assert here.home is not None
    here.home.lake.close()
    monkeypatch.setattr(lake.Lake, "_attached", breaking)
    enter(here, "once")
    assert broken == []
    assert agree(here, there)
    assert notes(there) == ["once"]
    assert maintenance.verify(here) == []


def failing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next commit here fail, once it is kept at the home."""
    noted = home.note

    def full(*_: Any) -> None:
        monkeypatch.setattr(home, "note", noted)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(home, "note", full)


def test_what_is_kept_there_and_not_here_is_said(
    two: list[Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk at the last moment: it is kept, one says so, and it shows once there is room."""
    here, there = two
    failing_here(monkeypatch)
    refused("home_ahead", enter, here, "kept")
    assert agree(here, there)
    assert notes(here) == notes(there) == ["kept"]
    told = maintenance.look(here)
    assert not any((told[0], told[1].faults, told[1].notes))


class Deaf:
    """A connection to the lake that does not do one kind of thing, and says nothing."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, begins: str) -> None:
        self._connection, self._begins = connection, begins

    def execute(self, statement: str, *given: Any) -> Any:
        """Do what is said, unless it is what is not heard."""
        is_heard = not statement.startswith(self._begins)
        return self._connection.execute(statement if is_heard else "select 1", *given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@pytest.mark.parametrize("what", ["insert into lake.main.rows_touches", "delete from lake.main."])
def test_a_commit_whose_rows_are_not_there_is_none(
    what: str, two: list[Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that did not come, or did not go (ducklake#917), are missed before it is noted."""
    here, there = two
    enter(here, "before")
    attached = lake.Lake._attached
    assert here.home is not None
    here.home.lake.close()
    monkeypatch.setattr(lake.Lake, "_attached", lambda self: Deaf(attached(self), what))
    if what.startswith("insert"):
        refused("home_differs", enter, here, "lost")
    else:
        refused("home_differs", imports.undo, here, 1)
    monkeypatch.undo()
    here.home.lake.close()
    assert agree(here, there)
    assert notes(here) == notes(there) == ["before"]
    enter(here, "after")
    assert maintenance.verify(here) == []


def test_a_home_that_was_set_back_is_seen(two: list[Workspace]) -> None:
    """A home that lacks what is known here takes nothing, and gives nothing."""
    here, there = two
    enter(here, "kept")
    assert agree(here, there)
    assert there.home is not None
    with there.home.lake.opened() as opened:
        opened.execute("delete from lake.main.commits where number = 2")
    refused("home_lost", enter, here, "more")
    assert notes(here) == ["kept"]


def test_who_opens_an_older_tend_takes_nothing(two: list[Workspace]) -> None:
    """At opening, too, a home that was written by a newer Tend is read by nobody older."""
    here, there = two
    folder = there.path
    there.close()
    enter(here, "before")
    assert here.home is not None
    with here.home.lake.opened() as opened:
        opened.execute("update lake.main.commits set tables_of = tables_of + 1 where number > 1")
    with open_workspace(folder) as older:
        time.sleep(3)  # it looks again, and again finds that it is not its turn
        assert notes(older) == []
        assert older.home is not None
        with older.whole_cursor() as cursor:
            assert home.at(cursor).version == 1
        refused("home_newer", enter, older, "meanwhile")
        with here.home.lake.opened() as opened:
            opened.execute(
                "update lake.main.commits set tables_of = tables_of - 1 where number > 1"
            )
        assert agree(here, older)
        assert notes(older) == ["before"]


@pytest.mark.parametrize(("step", "code"), [(1, "home_newer"), (-1, "")])
def test_servers_of_other_versions(step: int, code: str, two: list[Workspace]) -> None:
    """An older Tend waits to be updated; the first commit of a newer one brings its tables."""
    here, there = two
    known = home._known()
    with here.home.lake.opened() as opened:  # type: ignore[union-attr]
        opened.execute(f"update lake.main.commits set tables_of = {known + step}")
    if code:
        refused(code, enter, here, "kept")
        assert notes(here) == []
        return
    enter(here, "kept")
    assert agree(here, there)
    assert here.unlike_home() == []


def test_several_at_once_break_nothing(two: list[Workspace]) -> None:
    """A question that fails there ends neither others nor the workspace (duckdb-postgres#577)."""
    here, _ = two
    assert here.home is not None
    there, broke = here.home.lake, []

    def ask() -> None:
        for asked in range(12):
            try:
                if asked % 3:
                    listed.commits(there, 5)
                else:
                    with pytest.raises(TendError), there.opened() as opened:
                        opened.execute("from postgres_query('pg', 'select 1/0')")
            except BaseException as error:  # noqa: BLE001 - a thread's own trouble is to be told
                broke.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    for number in range(3):  # the same touch again would be the same touch
        enter(here, f"kept {number}")
    for one in threads:
        one.join()
    assert broke == []
    assert notes(here) == ["kept 0", "kept 1", "kept 2"]


def test_somebody_out_of_turn_is_not_overrun(
    two: list[Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A snapshot between reading and writing is seen, and the commit made anew (ducklake#1094)."""
    here, there = two
    assert here.home is not None
    assert there.home is not None
    keep, other = home.Home._write, there.home.lake
    came: list[int] = []

    def late(self: home.Home, at: Any, row: Any, write: Callable[..., None], **how: Any) -> None:
        def between(opened: duckdb.DuckDBPyConnection) -> None:
            write(opened)
            if not came:
                came.append(1)
                with other.opened() as beside:
                    beside.execute("create or replace table lake.main.aside as select 1 as one")

        keep(self, at, row, between, **how)

    monkeypatch.setattr(home.Home, "_write", late)
    enter(here, "kept")
    assert came
    assert agree(here, there)
    assert home.last(other).version == 2

"""When DuckDB itself breaks, the app goes on: the database is opened anew, nothing is lost."""

import contextlib
import os
import threading
from pathlib import Path

import duckdb
import pytest

from tend.queries import asking
from tend.store.database.trouble import DatabaseBrokeError
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.facts import AS_OF, add_contract

pytestmark = pytest.mark.usefixtures("all_threads")

# DuckDB 1.5.5 breaks on this now and then (its issue 25713); none of our queries has the pattern.
BREAKER = """
with few as (select i as x, from range(1) as t(i)),
shown as (
    select x, from few where x >= 5000
    union all
    select x, from few where not exists (select 1, from few where x >= 5000)
)
select x, count(*) over () as all_of_them, from shown order by x desc limit 5
"""
TRIES = 50_000


def break_it(workspace: Workspace) -> None:
    """Ask until DuckDB breaks."""
    with workspace.cursor() as cursor:
        for _ in range(TRIES):
            cursor.execute(BREAKER).fetchall()
    pytest.fail("DuckDB did not break: the pattern may be mended, and this room may go")


def test_after_a_break_all_goes_on(workspace: Workspace) -> None:
    """Answers are those from before, writing works, and who was there meanwhile gets an answer."""
    add_contract(workspace, "K1")
    before = asking.run(workspace, "renewals", View(AS_OF))
    with pytest.raises(DatabaseBrokeError):
        break_it(workspace)
    assert asking.run(workspace, "renewals", View(AS_OF)) == before
    add_contract(workspace, "K2", customer_id="C2")
    assert asking.run(workspace, "renewals", View(AS_OF)).num_rows == 2


def test_readers_beside_a_break_get_their_answers(workspace: Workspace) -> None:
    """Others who ask at that very moment are answered, too."""
    add_contract(workspace, "K1")
    before = asking.run(workspace, "renewals", View(AS_OF))
    found: list[object] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            found.append(asking.run(workspace, "renewals", View(AS_OF)) == before)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        with pytest.raises(DatabaseBrokeError):
            break_it(workspace)
        count = len(found)
        while len(found) < count + 5 and reader.is_alive():
            ended.wait(0.01)
    finally:
        ended.set()
        reader.join(30)
    assert found
    assert all(found)
    assert len(found) >= count + 5


def test_an_error_of_the_question_mends_nothing(workspace: Workspace) -> None:
    """Only a broken database is opened anew."""
    connection = workspace._database._connection
    with pytest.raises(duckdb.Error), workspace.cursor() as cursor:
        cursor.execute("select nothing from nowhere")
    assert workspace._database._connection is connection


def test_who_is_closed_twice_closes_nothing_else(tmp_path: Path) -> None:
    """The numbers of files that it let go of are others' by then."""
    workspace = open_workspace(tmp_path / "w")
    workspace.close()
    with contextlib.ExitStack() as open_files:
        others = [
            open_files.enter_context((tmp_path / f"{number}").open("wb")) for number in range(50)
        ]
        workspace.close()
        for one in others:
            os.fstat(one.fileno())

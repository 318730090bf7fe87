"""Readers while others write: each answer is that of one version there was while it was asked."""

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tend.queries import asking
from tend.queries.answers import Answers
from tend.store.derived import model, sqlfiles
from tend.store.derived.snapshots import Snapshots
from tend.store.derived.table_versions import Marks
from tend.store.facts import entries
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies

# What touches change, what contracts change, and what both do; health follows in a commit of its
# own, in which none of these changes.
ASKED = ("touch_rate", "renewal_rates", "arr_movements", "tasks")
DAYS = (UNTIL, date(2025, 12, 31))
READERS = 4
ENTRIES = 4
# Last touches by the model that are not those of the facts.
MIXED = """
    select customer_id
    from last_touches as made
    full join (
        select customer_id, max(touched_on) as last_touch
        from tend.stg_touches where touched_on <= $as_of group by customer_id
    ) as fact using (customer_id)
    where made.last_touch is distinct from fact.last_touch
"""


@dataclass(frozen=True)
class Heard:
    """An answer, and between which versions it was asked for."""

    name: str
    as_of: date
    first: int
    last: int
    rows: str


def view(as_of: date) -> View:
    """Give the view of a year."""
    return View(as_of, date(2025, 1, 1), as_of)


@pytest.fixture(scope="module")
def company(companies: Companies) -> Iterator[Workspace]:
    """Give a small sample company."""
    with open_workspace(companies.sample(customers=25)) as workspace:
        yield workspace


def test_an_answer_is_that_of_one_version(company: Workspace, tmp_path: Path) -> None:
    """Whatever is made anew meanwhile, kept or not: no mixture, and nothing from before."""
    kept = Answers(1 << 30)
    is_over = threading.Event()

    def read(place: int) -> set[Heard]:
        heard: set[Heard] = set()
        number = place
        while not is_over.is_set():
            name, day = ASKED[number % len(ASKED)], DAYS[place % len(DAYS)]
            heard.add(ask(company, kept if place >= len(DAYS) else None, name, day))
            number += 1
        return heard

    with ThreadPoolExecutor(READERS) as pool:
        reading = [pool.submit(read, place) for place in range(READERS)]
        try:
            versions, own = write(company, kept, tmp_path)
        finally:
            is_over.set()
        heard = {one for future in reading for one in future.result()}
    expected = {version: fresh(tmp_path, version) for version in versions}
    assert len({one.rows for one in heard}) > len(ASKED) * len(DAYS)  # they did change
    assert all(one.first == one.last for one in own)
    for one in (*own, *heard):
        # A version in which health had not followed yet answers as the one in which it had.
        last = min(version for version in versions if version >= one.last)
        there = [version for version in versions if one.first <= version <= last]
        assert one.rows in {expected[v][one.name, one.as_of] for v in there}, (one, versions)


def test_a_table_that_is_being_made_anew_is_waited_for(
    company: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who begins before a remake is committed never reads the old table beside new facts."""
    [last] = [file for file in sqlfiles.files("model") if file.name == "last_touches"]
    as_of = UNTIL + timedelta(days=60)
    is_made, may_go_on = threading.Event(), threading.Event()
    pinned, make = Snapshots._pinned, model.make

    def look() -> list[object]:
        with company.snapshots.lend(company, as_of, [last]) as (cursor, _):
            return list(cursor.execute(MIXED, {"as_of": as_of}).fetchall())

    def make_and_stop(*given: Any) -> None:
        make(*given)
        is_made.set()
        assert may_go_on.wait(30)

    def begin_and_let_the_other_commit(of: Snapshots, cursor: duckdb.DuckDBPyConnection) -> Marks:
        found = pinned(of, cursor)
        monkeypatch.setattr(Snapshots, "_pinned", pinned)
        may_go_on.set()
        assert other.result(30) == []
        return found

    assert look() == []
    touch = {"customer_id": "C0001", "touched_on": as_of, "kind": "call"}
    entries.enter(company, "touches", [touch])
    with ThreadPoolExecutor(1) as pool:
        monkeypatch.setattr(model, "make", make_and_stop)
        other = pool.submit(look)
        assert is_made.wait(30)
        monkeypatch.setattr(Snapshots, "_pinned", begin_and_let_the_other_commit)
        assert look() == []


def ask(workspace: Workspace, kept: Answers | None, name: str, as_of: date) -> Heard:
    """Ask as pages do, or without what is kept."""
    first = workspace.version
    make = partial(asking.run, workspace, name, view(as_of))
    if kept is None:
        table = make()
    else:
        marks = workspace.snapshots.marks(workspace)
        table = kept.get((name, as_of), asking.words(name), marks, make)
    return Heard(name, as_of, first, committed(workspace), rows(table))


def rows(table: pa.Table) -> str:
    """Write an answer down; sums may differ in the last digits, as processors add in any order."""
    return str(
        [
            [round(one, 6) if isinstance(one, float) else one for one in row.values()]
            for row in table.to_pylist()
        ]
    )


def committed(workspace: Workspace) -> int:
    """Give the last version, also where its writer has not yet said so."""
    with workspace.cursor() as cursor:
        row = cursor.execute("select version from workspace_version").fetchone()
    assert row is not None
    return int(row[0])


def write(workspace: Workspace, kept: Answers, folder: Path) -> tuple[list[int], list[Heard]]:
    """Enter a touch and a contract in turn; keep each version, and what its writer then reads."""
    versions, own = [keep(workspace, folder)], []
    for number in range(ENTRIES):
        if number % 2:
            days = {"start_date": date(2025, 1, 1), "end_date": date(2025, 12, 20)}
            fact = {"contract_id": f"N-{number}", "customer_id": "C0003", "amount": 9e3, **days}
            entries.enter(workspace, "contracts", [fact])
        else:
            day = date(2025, 12, 20 + number)
            touch = {"customer_id": f"C000{1 + number}", "touched_on": day, "kind": "call"}
            entries.enter(workspace, "touches", [touch])
        own += [ask(workspace, kept, name, DAYS[0]) for name in ("touch_rate", "renewal_rates")]
        versions.append(keep(workspace, folder))
    return versions, own


def keep(workspace: Workspace, folder: Path) -> int:
    """Copy the workspace as it is."""
    with workspace.whole_copy() as copy:
        shutil.copy(copy, folder / f"{workspace.version}.duckdb")
    return workspace.version


def fresh(folder: Path, version: int) -> dict[tuple[str, date], str]:
    """Answer everything from a kept version, where nothing was asked before."""
    with Workspace(folder, folder / f"{version}.duckdb", None) as workspace:
        return {
            (name, day): rows(asking.run(workspace, name, view(day)))
            for name in ASKED
            for day in DAYS
        }

"""How new each data set is, by hand: the newest day of its rows, of contracts the day they came."""

from datetime import date, timedelta
from typing import Any

import pytest

from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View

TODAY = date.today()
HEADS = {
    "contracts": "customer,contract no,start date,end date,amount",
    "touches": "customer,touch date,csm,kind",
    "surveys": "customer,answered on,nps",
    "calls": "contract id,renewal call,called on",
    "tickets": "ticket id,customer,opened on,subject",
}


def drop(workspace: Workspace, dataset: str, *rows: str) -> int:
    """Import a CSV of these rows."""
    path = workspace.path / f"{dataset}.csv"
    path.write_text("\n".join([HEADS[dataset], *rows]) + "\n", encoding="utf-8")
    report = imports.import_file(workspace, path)
    assert report.error is None
    assert report.import_id is not None
    return report.import_id


def told(workspace: Workspace, day: date) -> dict[str, dict[str, Any]]:
    """Give the rows of a day, by data set."""
    rows = asking.run(workspace, "data_sets", View(day)).to_pylist()
    return {row["dataset"]: row for row in rows}


@pytest.mark.parametrize(("age", "is_stale"), [(14, False), (15, True)])
def test_each_set_has_its_age(workspace: Workspace, age: int, is_stale: bool) -> None:
    """Stale is over two weeks; what begins later is no news; the day is the reader's."""
    drop(workspace, "contracts", f"Ada,K1,2024-01-01,2024-12-31,5\nBo,K2,{TODAY.year + 1}-01-01,,5")
    last, planned = TODAY - timedelta(age), TODAY + timedelta(9)
    drop(workspace, "touches", f"Ada,{last},Mia,call", f"Bo,{planned},Mia,call")
    number = drop(workspace, "surveys", f"Ada,{TODAY},9")
    rows = told(workspace, TODAY)
    ages = {name: (row["latest"], row["age_days"], row["is_stale"]) for name, row in rows.items()}
    assert ages["touches"] == (last, age, is_stale)
    assert ages["contracts"] == (TODAY, 0, False)
    assert ages["surveys"] == (TODAY, 0, False)
    assert ages["usage"] == ages["tickets"] == (None, None, None)
    assert (rows["touches"]["rows"], rows["touches"]["customers"]) == (2, 2)
    later = TODAY + timedelta(15)
    rows = told(workspace, later)
    assert (rows["contracts"]["age_days"], rows["contracts"]["is_stale"]) == (15, True)
    assert rows["touches"]["latest"] == planned
    imports.undo(workspace, number)
    rows = told(workspace, TODAY)
    assert (rows["surveys"]["rows"], rows["surveys"]["latest"]) == (0, None)


def test_what_people_say_here_is_as_new_as_its_day(workspace: Workspace) -> None:
    """A call has the day it was said, seen from a day; no file of calls is awaited."""
    drop(workspace, "contracts", f"Ada,K1,2024-01-01,{TODAY + timedelta(40)},5")
    days = [TODAY - timedelta(one) for one in (70, 30)]
    drop(workspace, "calls", *(f"K1,Commit,{day}" for day in days))
    for day, latest in ((TODAY, days[1]), (days[1] - timedelta(1), days[0])):
        row = told(workspace, day)["calls"]
        assert (row["latest"], row["age_days"]) == (latest, (day - latest).days)
        assert row["is_stale"] is None

"""The day Tend opens on follows what files tell; usage is awaited by its own period (M36)."""

from datetime import date, timedelta
from typing import Any

import pytest

from tend.people.person import Person
from tend.queries import asking
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace
from tend.view import View

HEADS = {
    "contracts": "customer id,start date,end date,amount",
    "touches": "customer id,touch date,csm,kind",
    "usage": "customer id,month,active users",
    "surveys": "customer id,answered on,nps",
}


def drop(workspace: Workspace, dataset: str, *rows: str) -> None:
    """Import a CSV of these rows."""
    path = workspace.path / f"{dataset}.csv"
    path.write_text("\n".join([HEADS[dataset], *rows]) + "\n", encoding="utf-8")
    assert imports.import_file(workspace, path).error is None


def touch(workspace: Workspace, day: date) -> None:
    """Log a touch, as a page does."""
    facts = [{"customer_id": "A", "touched_on": day, "kind": "call", "csm": "Mia"}]
    entries.enter(workspace.seen_by(Person("Mia")), "touches", facts)


def told(workspace: Workspace, day: date) -> dict[str, dict[str, Any]]:
    """Give the rows of a day, by data set."""
    rows = asking.run(workspace, "activity", View(day)).to_pylist()
    return {row["dataset"]: row for row in rows}


def test_a_touch_makes_old_files_no_younger(workspace: Workspace) -> None:
    """It is of its own day, while all is looked at from the day of the files."""
    today, old = date(2026, 11, 27), date(2026, 9, 28)
    drop(workspace, "touches", f"A,{old},Mia,visit")
    drop(workspace, "surveys", "A,2026-09-20,9")
    assert {row["opens_on"] for row in told(workspace, today).values()} == {old}
    touch(workspace, today)
    rows = told(workspace, today)
    assert {row["opens_on"] for row in rows.values()} == {old}
    assert (rows["touches"]["latest"], rows["touches"]["told"]) == (today, old)
    assert told(workspace, date(2026, 10, 12))["touches"]["opens_on"] == date(2026, 10, 12)
    drop(workspace, "touches", f"A,{date(2026, 11, 20)},Mia,visit")
    assert {row["opens_on"] for row in told(workspace, today).values()} == {today}


def test_where_no_file_tells_of_activity_entries_do(workspace: Workspace) -> None:
    """A team that enters all it does is not held at a day of long ago."""
    drop(workspace, "usage", "A,2026-02,5")
    imports.undo(workspace, 1)
    touch(workspace, date(2026, 11, 20))
    rows = told(workspace, date(2026, 11, 27))
    assert (rows["touches"]["told"], rows["touches"]["opens_on"]) == (None, date(2026, 11, 27))
    assert told(workspace, date(2026, 12, 31))["touches"]["opens_on"] == date(2026, 11, 20)


def test_touches_are_known_as_far_as_they_are_told(workspace: Workspace) -> None:
    """One that is entered on old files says nothing of others; entered day after day, they do."""
    today, old = date(2026, 11, 27), date(2026, 9, 28)
    drop(workspace, "contracts", *(f"{one},2026-01-01,2027-12-31,5" for one in "AB"))
    drop(workspace, "touches", f"A,{old},Mia,visit", f"B,{old},Mia,visit")
    for number in range(5):
        touch(workspace, today - timedelta(number))
        is_known = number == 4
        row = told(workspace, today)["touches"]
        assert (row["latest"], row["is_stale"]) == (today, not is_known)
        assert row["tells_until"] == (today if is_known else old)
        november = View(today, date(2026, 11, 1), today)
        [month] = asking.run(workspace, "touch_rate", november).to_pylist()
        assert month["touch_rate"] == (0.5 if is_known else None)


@pytest.mark.parametrize(
    ("day", "is_stale"),
    [(date(2026, 10, 20), False), (date(2026, 11, 14), False), (date(2026, 11, 15), True)],
)
def test_a_month_of_usage_is_fresh_until_the_next_is_awaited(
    workspace: Workspace, day: date, is_stale: bool
) -> None:
    """September alone is no old news on 20 October; two weeks after October it is."""
    drop(workspace, "usage", "A,2026-08,5", "A,2026-09,6")
    last = date(2026, 9, 30)
    row = told(workspace, day)["usage"]
    assert (row["latest"], row["is_stale"]) == (last, is_stale)
    assert row["opens_on"] == (last if is_stale else day)
    drop(workspace, "surveys", "A,2026-08-25,9")  # beside others the newest day of all counts
    assert told(workspace, day)["usage"]["opens_on"] == last

"""What files gainsay, and what they are silent on: told as long as it is so."""

from datetime import date
from pathlib import Path

from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.asking import Row

DAY = date.today()
HEAD = "Contract ID,Customer ID,Start date,End date,Amount,Status"
FIRST = "K1,C1,2023-01-01,2023-12-31,1200,{status}"
NEXT = "K2,C1,2024-01-01,2099-12-31,1200,Active"


def bring(workspace: Workspace, folder: Path, *rows: str, head: str = HEAD) -> None:
    """Import a file of these rows."""
    path = folder / f"file{len(list(folder.glob('*.csv')))}.csv"
    path.write_text("\n".join((head, *rows)), encoding="utf-8")
    report = imports.import_file(workspace, path)
    assert [sheet.accepted for sheet in report.sheets] == [len(rows)]


def waiting(workspace: Workspace) -> list[Row]:
    """Give what waits for a decision today."""
    rows: list[Row] = asking.run(workspace, "week_decide_list", View(DAY)).to_pylist()
    return rows


def test_a_contradiction_stands_until_a_newer_file_says_otherwise(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Marked lost and yet followed; the next file takes the mark back, and nothing waits."""
    bring(workspace, tmp_path, FIRST.format(status="Lost"), NEXT)
    [row] = waiting(workspace)
    assert (row["kind"], row["problem"], row["customer_id"]) == (
        *("contradiction", "lost_but_succeeded", "C1"),
    )
    [summary] = [
        one
        for one in asking.run(workspace, "week_decide", View(DAY)).to_pylist()
        if one["kind"] == "all"
    ]
    assert (summary["things"], summary["arr"]) == (1, 0)
    bring(workspace, tmp_path, FIRST.format(status="Ended"), NEXT)
    assert waiting(workspace) == []


def test_nobody_is_untouched_where_touches_are_old(workspace: Workspace, tmp_path: Path) -> None:
    """The newest touch, and that it is too old to say who was touched this month."""
    bring(workspace, tmp_path, NEXT)
    whole = asking.run(workspace, "week_uncovered", View(DAY)).to_pylist()[0]
    told = ("customers", "untouched", "untouched_before", "touches_until", "is_untold")
    assert [whole[name] for name in told] == [1, 0, None, None, True]
    touched = ["Customer ID,Touch date,Kind", "C1,2024-05-02,Call"]
    bring(workspace, tmp_path, touched[1], head=touched[0])
    whole = asking.run(workspace, "week_uncovered", View(DAY)).to_pylist()[0]
    assert [whole[name] for name in told] == [1, 0, None, date(2024, 5, 2), True]
    assert [row["dataset"] for row in waiting(workspace) if row["kind"] == "stale"] == ["touches"]

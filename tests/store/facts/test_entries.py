"""What people enter in the app is a fact like those of files: traced, undone, not overwritten."""

import contextlib
from datetime import date
from pathlib import Path

import pytest

from tend.language.errors import TendError
from tend.people.person import Person
from tend.queries import asking
from tend.store import maintenance
from tend.store.facts import entries, imports
from tend.store.facts.imports import ImportOptions
from tend.store.workspace import Workspace, open_workspace
from tend.view import View

DAY = date(2026, 3, 2)
HEADER = "contract id,customer id,stage,entered on,note"


def stages(workspace: Workspace) -> list[tuple[object, ...]]:
    """Give contract, stage, day and note of all stages."""
    with workspace.cursor() as cursor:
        return cursor.execute(
            "select contract_id, stage, entered_on, note from stg_stages order by all"
        ).fetchall()


def put(workspace: Workspace, folder: Path, *lines: str, mode: str = "merge") -> int:
    """Import a file of stages."""
    path = folder / f"stages-{len(lines)}-{mode}.csv"
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    report = imports.import_file(workspace, path, options=ImportOptions(mode=mode))  # type: ignore[arg-type]
    assert report.error is None
    assert report.import_id is not None
    return report.import_id


def move(workspace: Workspace, stage: str, day: date = DAY, **more: object) -> int:
    """Enter a stage of contract K1."""
    fact = {"contract_id": "K1", "customer_id": "C1", "stage": stage, "entered_on": day, **more}
    return entries.enter(workspace.seen_by(Person("Li Na")), "stages", [fact])


def test_an_entry_is_a_fact_with_its_origin(workspace: Workspace) -> None:
    """It is there at once, and the trace says who entered it when."""
    number = move(workspace, "plan", note="called")
    assert stages(workspace) == [("K1", "plan", DAY, "called")]
    [source] = asking.run(
        workspace, "sources", View(date.max), dataset="stages", key="K1"
    ).to_pylist()
    assert (source["origin"], source["who"], source["file"]) == ("entry", "Li Na", "")
    assert source["import_id"] == number
    assert maintenance.verify(workspace) == []


def test_files_and_entries_stand_beside_each_other(workspace: Workspace, tmp_path: Path) -> None:
    """A later file adds its rows; one that replaces the data set takes only what files said."""
    put(workspace, tmp_path, "K1,C1,start,2026-02-01,")
    move(workspace, "plan")
    put(workspace, tmp_path, "K1,C1,quote,2026-04-01,", "K2,C2,start,2026-04-01,")
    assert [row[1] for row in stages(workspace)] == ["plan", "quote", "start", "start"]
    put(workspace, tmp_path, "K3,C3,start,2026-05-01,", mode="replace")
    assert stages(workspace) == [
        ("K1", "plan", DAY, None),
        ("K3", "start", date(2026, 5, 1), None),
    ]


def test_an_entry_is_taken_back_like_an_import(workspace: Workspace, tmp_path: Path) -> None:
    """Afterwards all is as if it had never been; twice is an error with a sentence."""
    put(workspace, tmp_path, "K1,C1,start,2026-02-01,")
    before = stages(workspace)
    number = move(workspace, "plan")
    imports.undo(workspace.seen_by(Person("Li Na")), number)
    assert stages(workspace) == before
    with pytest.raises(TendError):
        imports.undo(workspace, number)
    assert maintenance.verify(workspace) == []


def test_a_look_that_refuses_leaves_nothing(workspace: Workspace) -> None:
    """What was put before somebody refuses in the same transaction is not there."""
    move(workspace, "plan")
    fact = {"contract_id": "K1", "stage": "quote", "entered_on": DAY}
    with contextlib.suppress(TendError), workspace.writing("edit") as cursor:
        entries.put(cursor, "stages", [fact], Person("Mara"))
        raise TendError("nothing_entered")
    assert [row[1] for row in stages(workspace)] == ["plan"]
    with pytest.raises(KeyError):
        entries.enter(workspace, "stages", [{"colour": "red"}])
    with pytest.raises(TendError):
        entries.enter(workspace, "stages", [])


def test_entries_outlive_the_process(tmp_path: Path) -> None:
    """They are in the one file, like everything else."""
    with open_workspace(tmp_path / "w") as first:
        move(first, "plan")
    with open_workspace(tmp_path / "w") as again:
        assert [row[1] for row in stages(again)] == ["plan"]

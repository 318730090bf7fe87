"""The files of one drop are rehearsed together: what is told before is what imports then tell."""

from collections import Counter
from datetime import date
from pathlib import Path

from tend.store.facts import imports, reports, twins
from tend.store.facts.preview import Draft, rehearse
from tend.store.workspace import Workspace

DEALS = (
    "contract no,customer id,customer,start date,end date,amount,previous contract\n"
    "K1,C1,Ada Ltd,2024-01-01,2024-12-31,100,\n"
    "K2,c1,Ada Limited,2025-01-01,2025-12-31,100,K9\n"
    "K3,C3,Cy,2024-01-01,2024-12-31,100,\n"
)
TOUCHES = "customer id,date,csm\nC1,2024-05-01,Mia\nC4,2024-05-01,Mia\nC4,2024-06-01,Mia\n"
LIST = "customer id,customer,industry\nC1,Ada Ltd,Retail\nC3,Cy,Bank\n"


def files(folder: Path) -> list[Path]:
    """Write a customer list, deals, and touches."""
    found = []
    for name, words in (("list.csv", LIST), ("deals.csv", DEALS), ("touches.csv", TOUCHES)):
        found.append(folder / name)
        found[-1].write_text(words, encoding="utf-8")
    return found


def test_what_is_foreseen_is_what_is_told(workspace: Workspace, tmp_path: Path) -> None:
    """Customers in no list, across files, and links that lead nowhere; nothing is written."""
    paths = files(tmp_path)
    drafts = [Draft(imports.read(workspace, path)) for path in paths]
    found = rehearse(workspace, drafts)
    assert imports.history(workspace) == []
    foreseen = [
        Counter((p.row, p.code) for of_sheet in one.warnings.values() for p in of_sheet)
        for one in found.files
    ]
    own = [Counter((p.row, p.code) for p in d.result.sheets[0].problems) for d in drafts]
    done = [imports.import_file(workspace, path) for path in paths]
    told = [
        Counter((p.row, p.code) for p in reports.again(workspace, report).sheets[0].problems)
        for report in done
    ]
    assert told == [one + two for one, two in zip(own, foreseen, strict=True)]
    assert foreseen[1][(3, "previous_unknown")] == 1
    assert foreseen[1][(3, "nearly_listed")] == 1
    assert foreseen[2][(3, "unknown_customer")] == 1
    assert found.twins == workspace.read(twins.found) != ()


def test_alone_a_file_is_held_against_what_is_there(workspace: Workspace, tmp_path: Path) -> None:
    """Without a list nobody is in none; twins that were there before are no news."""
    listed, deals, touches = (imports.read(workspace, path) for path in files(tmp_path))
    [alone] = rehearse(workspace, [Draft(touches)]).files
    assert alone.warnings == {}
    imports.commit(workspace, listed)
    imports.commit(workspace, deals)
    again = rehearse(workspace, [Draft(imports.read(workspace, tmp_path / "touches.csv"))])
    assert [p.code for of in again.files[0].warnings.values() for p in of] == ["unknown_customer"]
    assert again.twins == ()
    assert again.to_come is again.now is None


def test_what_runs_now_stands_beside_what_would(workspace: Workspace, tmp_path: Path) -> None:
    """Of an empty workspace nothing; then the sum before, and after."""
    head, days = "contract no,customer,start date,end date,amount\n", "2024-01-01,2024-12-31"
    sums = []
    for number, words in enumerate((f"K1,Ada,{days},100\n", f"K2,Bo,{days},50\n")):
        path = tmp_path / f"{number}.csv"
        path.write_text(head + words, encoding="utf-8")
        draft = Draft(imports.read(workspace, path))
        found = rehearse(workspace, [draft], today=date(2024, 6, 30))
        assert found.now is not None
        assert found.to_come is not None
        sums.append((found.now.arr, found.to_come.arr, found.now.known))
        imports.commit(workspace, draft.result)
    assert sums == [(0, 100, 0), (100, 150, 1)]

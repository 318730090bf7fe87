"""What is done in a workspace is in its log, and both stand or fall together."""

import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest

from tend.acts import audit, merges
from tend.language.errors import TendError
from tend.people.person import LOCAL, Person
from tend.queries.door import asking as door
from tend.store import maintenance
from tend.store.audit import acting, log, pages, texts
from tend.store.audit.lines import Line
from tend.store.audit.pages import Wanted
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import Companies
from tests.kit.facts import AS_OF
from tests.kit.kills.full_disk import book, report, touch

CSM = Person("Ana", role="csm", key="p1", csms=("Ana",), source="10.0.0.7")


def told(path: Path) -> list[tuple[str, str, dict[str, object]]]:
    """Give who did what of how much, in order; without fingerprints and time."""
    return [
        (
            line.who,
            line.what,
            {k: v for k, v in line.about.items() if k not in ("text", "ms")},
        )
        for line in reversed(pages.every(path, Wanted()))
    ]


def newest(path: Path) -> Line:
    """Give the last line."""
    return pages.page(path, Wanted(), most=1).lines[0]


def test_each_thing_that_is_done_is_a_line(workspace: Workspace, tmp_path: Path) -> None:
    """Who, what and how much: in the order in which it was done; no name is in any of it."""
    report(imports.import_file(workspace, book(tmp_path, "seed", 3)))
    entries.enter(workspace, "touches", [touch("secret word")])
    workspace.set("grace_days", 31)
    merges.keep_apart(workspace, "seed 0", "seed 1")
    imports.undo(workspace, 2)
    door.ask(workspace, "select 'secret word' as x", View(AS_OF))
    workspace.note("export", kind=".csv", rows=7)
    with pytest.raises(TendError, match="not of your customers alone"):
        entries.enter(workspace.seen_by(CSM), "touches", [touch("theirs")])
    with pytest.raises(TendError, match="may not change the definitions"):
        workspace.seen_by(CSM).set("grace_days", 32)
    assert told(workspace.path) == [
        ("", "import", {"number": 1, "rows": 3, "rejected": 0}),
        ("", "entry", {"number": 2, "dataset": "touches", "rows": 1}),
        ("", "setting", {"keys": ("grace_days",)}),
        ("", "merge", {"how": "keep_apart"}),
        ("", "undo", {"number": 2}),
        ("", "sql", {"rows": 1}),
        ("", "export", {"kind": ".csv", "rows": 7}),
        ("p1", "refused", {"why": "not_own_customer"}),
        ("p1", "refused", {"why": "not_allowed_settings"}),
    ]
    assert newest(workspace.path).source == "10.0.0.7"
    written = (workspace.path / log.FILE).read_bytes()
    assert not any(word in written for word in (b"seed", b"secret", b"Ana"))
    assert maintenance.verify(workspace) == []
    with open_workspace(workspace.path, read_only=True) as beside:
        assert maintenance.verify(beside) == []


def test_what_cannot_be_noted_is_not_done(workspace: Workspace, tmp_path: Path) -> None:
    """A log that cannot be written: nothing is changed, asked or taken; pages are read."""
    report(imports.import_file(workspace, book(tmp_path, "seed", 3)))
    version = workspace.version
    kept = (workspace.path / log.FILE).rename(tmp_path / "kept")
    (workspace.path / log.FILE).mkdir()
    for act in (
        lambda: entries.enter(workspace, "touches", [touch("a")]),
        lambda: workspace.set("grace_days", 31),
        lambda: door.ask(workspace, "select 1", View(AS_OF)),
        lambda: maintenance.backup(workspace, tmp_path / "b.zip"),
    ):
        with pytest.raises(TendError):
            act()
    assert (workspace.version, workspace.settings.grace_days) == (version, 60)
    assert not (tmp_path / "b.zip").exists()
    (workspace.path / log.FILE).rmdir()
    kept.rename(workspace.path / log.FILE)
    entries.enter(workspace, "touches", [touch("a")])
    assert maintenance.verify(workspace) == []


def test_a_commit_that_never_came_is_told_and_no_fault(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends between line and commit; the next line shows that it never came."""
    entries.enter(workspace, "tasks", [task("1")])
    real = workspace.note_of

    def ended(*given: object, **of: object) -> object:
        real(*given, **of)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(workspace, "note_of", ended)
    with pytest.raises(KeyboardInterrupt):
        entries.enter(workspace, "tasks", [task("3")])
    monkeypatch.undo()
    problems, checked = maintenance.look(workspace)
    assert (problems, checked.faults) == ([], [])
    assert [str(note) for note in checked.notes] == [
        "The log: what line 2 tells was never kept, as the process was ended or the disk was full."
    ]
    entries.enter(workspace, "tasks", [task("2")])
    _, checked = maintenance.look(workspace)
    assert [note.params["line"] for note in checked.notes] == [2]


def test_older_files_put_back_together_show_while_the_server_runs(workspace: Workspace) -> None:
    """Lines that are no commits, too: whoever wrote them knows that they were there."""
    kept = dict.fromkeys((log.FILE, log.LAST), b"")
    for rows in range(4):
        workspace.seen_by(CSM).note("export", rows=rows)
        if rows == 1:
            kept = {name: (workspace.path / name).read_bytes() for name in kept}
    for name, content in kept.items():
        (workspace.path / name).write_bytes(content)
    [said] = maintenance.verify(workspace)
    assert "ends with line 2, and 4 were written" in said
    assert workspace.note("export", rows=9).number == 5
    [said] = maintenance.verify(workspace)
    assert said == "The log: lines 3 to 4 were taken out."


def task(number: str) -> dict[str, object]:
    """Give a task."""
    return {"task_id": number, "customer_id": "c", "task": "call", "due_on": AS_OF}


def test_nothing_tried_is_noted(workspace: Workspace) -> None:
    """Outside of a writer's turn a word on it goes nowhere, and what failed has no line."""
    acting.note(rows=1)
    with pytest.raises(duckdb.Error), workspace.writing("edit") as cursor:
        cursor.execute("select nothing_such")
    assert told(workspace.path) == []


def test_a_restore_takes_nothing_out_of_the_log(companies: Companies, tmp_path: Path) -> None:
    """What was done since the backup is gone, and the log still tells it, and the restore."""
    path = companies.empty(tmp_path / "w")
    with open_workspace(path) as workspace:
        report(imports.import_file(workspace, book(tmp_path, "seed", 3)))
        maintenance.backup(workspace, tmp_path / "b.zip")
        entries.enter(workspace, "touches", [touch("since")])
    maintenance.restore(path, tmp_path / "b.zip", LOCAL)
    with open_workspace(path) as back:
        assert [what for _, what, _ in told(path)] == ["import", "backup", "entry", "restore"]
        assert maintenance.verify(back) == []
        entries.enter(back, "touches", [touch("after")])
        problems, checked = maintenance.look(back)
        assert (problems, checked.faults, checked.notes) == ([], [], [])


def test_a_backup_brings_its_log_where_another_was(workspace: Workspace, tmp_path: Path) -> None:
    """On another machine it goes on; what was there is set aside, and missed when it is gone."""
    door.ask(workspace, "select 1", View(AS_OF))
    report(imports.import_file(workspace, book(tmp_path, "seed", 3)))
    maintenance.backup(workspace, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        assert {log.FILE, texts.FILE} <= set(packed.namelist())
    maintenance.restore(tmp_path / "fresh", tmp_path / "b.zip")
    other = tmp_path / "other"
    with open_workspace(other) as there:
        there.set("grace_days", 31)
    maintenance.restore(other, tmp_path / "b.zip")
    for path in (tmp_path / "fresh", other):
        assert [what for _, what, _ in told(path)] == ["sql", "import", "backup", "restore"]
        with open_workspace(path) as back:
            assert maintenance.verify(back) == []
            entries.enter(back, "touches", [touch("after")])
            assert maintenance.verify(back) == []
    [aside] = other.glob("audit-before-*.jsonl")
    assert b'"setting"' in aside.read_bytes()
    aside.unlink()
    with open_workspace(other) as back:
        [said] = maintenance.verify(back)
    assert "is not there to its end" in said


def test_an_emptied_folder_is_told(workspace: Workspace, tmp_path: Path) -> None:
    """A log without a database is no new workspace."""
    workspace.note("backup")
    shutil.copyfile(workspace.path / log.FILE, tmp_path / log.FILE)
    (tmp_path / "w").mkdir()
    shutil.copyfile(tmp_path / log.FILE, tmp_path / "w" / log.FILE)
    with pytest.raises(TendError) as caught:
        open_workspace(tmp_path / "w")
    assert caught.value.code == "workspace_emptied"


def test_the_log_is_read_by_who_may(workspace: Workspace) -> None:
    """Nobody without the right, by whatever way; asking for it is a line, too."""
    leader = Person("Bo", role="leader", key="p2")
    for ask in (audit.names, audit.accept, lambda w: audit.page(w, Wanted())):
        with pytest.raises(TendError, match="may not read the log"):
            ask(workspace.seen_by(leader))
    with pytest.raises(TendError, match="may not read the log"):
        audit.table(workspace.seen_by(leader), Wanted())
    found = audit.table(workspace, Wanted()).to_pylist()
    assert [(row["who"], row["what"]) for row in found] == [("p2", "refused")] * 4
    with pytest.raises(TendError, match="nothing to accept"):
        audit.accept(workspace)

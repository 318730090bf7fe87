"""Daily copies: made, read again, kept by the rule, restored; what is said where none can be."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tend.cli.commands import main
from tend.language.errors import TendError
from tend.people.person import Person
from tend.store import maintenance
from tend.store.audit import pages
from tend.store.audit.pages import Wanted
from tend.store.copies import folder
from tend.store.erasure import making, subject
from tend.store.facts import imports
from tend.store.people import people
from tend.store.upkeep import book, copies, standing
from tend.store.upkeep.keeper import Keeper
from tend.store.workspace import Workspace, open_workspace
from tests.kit.companies import Companies
from tests.kit.processes import wait_until

NIGHT = datetime(2026, 11, 1, 3, tzinfo=UTC)


@pytest.fixture
def filled(companies: Companies, tmp_path: Path) -> Iterator[Workspace]:
    """Give a workspace with one contract list in it; a test may close it."""
    workspace = open_workspace(companies.empty(tmp_path / "workspace"))
    put(workspace, tmp_path, "one")
    yield workspace
    if folder.is_held(workspace.path / folder.LOCK):
        workspace.close()


def put(workspace: Workspace, place: Path, name: str) -> None:
    """Import a small list of its own."""
    file = place / f"{name}.csv"
    file.write_text(
        "Contract ID,Customer,Start date,End date,Amount\n"
        f"K-{name},Acme {name},2025-01-01,2025-12-31,1000\n"
    )
    assert imports.import_file(workspace, file).error is None


def kept(workspace: Workspace) -> list[str]:
    """Give the days of the copies that are there, the oldest first."""
    return [f"{one.made_at:%m-%d}" for one in reversed(book.listed(workspace.path))]


def test_a_copy_is_a_sound_backup_of_all_there_is(filled: Workspace, tmp_path: Path) -> None:
    """It restores beside the workspace: the same facts, uploads, and a clean verify."""
    made = copies.make(filled, NIGHT)
    assert made.file.parent == filled.path / "copies"
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert [one.file for one in book.listed(filled.path)] == [made.file]
    elsewhere = tmp_path / "restored"
    maintenance.restore(elsewhere, made.file)
    with open_workspace(elsewhere) as restored:
        assert maintenance.verify(restored) == []
        asked = "select contract_id, amount from stg_contracts"
        assert restored.read(lambda cursor: cursor.execute(asked).fetchall()) == [("K-one", 1000)]


def test_the_rule_lets_go_of_older_ones_and_a_restore_keeps_all(filled: Workspace) -> None:
    """After ten nights of changes three days and two months stay; copies outlive a restore."""
    filled.set("copies_days", 3)
    filled.set("copies_weeks", 0)
    filled.set("copies_months", 2)
    for night in range(0, 50, 5):
        copies.make(filled, NIGHT + timedelta(days=night))
    assert kept(filled) == ["11-26", "12-06", "12-11", "12-16"]
    backups = [one.about for one in pages.every(filled.path, Wanted(what="backup"))]
    assert [about["kind"] for about in backups].count("daily") == 10
    assert sum(int(str(about.get("count", 0))) for about in backups) == 6
    newest = book.listed(filled.path)[0]
    filled.close()
    maintenance.restore(filled.path, newest.file)
    assert kept(filled) == ["11-26", "12-06", "12-11", "12-16"]


def test_a_copy_is_due_only_where_something_was_saved(filled: Workspace, tmp_path: Path) -> None:
    """The night after a change makes one; a night without a change does not; none are an answer."""
    assert copies.is_due(filled, NIGHT)
    copies.make(filled, NIGHT)
    later = NIGHT + timedelta(days=3)
    assert not copies.is_due(filled, later)
    put(filled, tmp_path, "two")
    assert copies.is_due(filled, later)
    assert standing.of_copies(filled, later).is_late
    for key in ("copies_days", "copies_weeks", "copies_months"):
        filled.set(key, 0)
    assert not copies.is_due(filled, later)
    assert not standing.of_copies(filled, later).is_late


def test_copies_may_lie_elsewhere_and_older_ones_are_still_listed(
    filled: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is not there is not made; what is not ours is never touched."""
    first = copies.make(filled, NIGHT)
    elsewhere = tmp_path / "drive"
    monkeypatch.setenv(book.ELSEWHERE, str(elsewhere))
    with pytest.raises(TendError, match="no folder") as missing:
        copies.make(filled, NIGHT + timedelta(days=1))
    assert not elsewhere.exists()
    failed = standing.of_copies(filled).failed
    assert failed is not None
    assert standing.why(failed, "en") == str(missing.value)
    elsewhere.mkdir()
    foreign = [elsewhere / name for name in ("tend-00000000-20200101T000000Z-1-ab.zip", "my.zip")]
    for file in foreign:
        file.write_bytes(b"not ours")
    second = copies.make(filled, NIGHT + timedelta(days=1))
    assert second.file.parent == elsewhere
    assert [one.file for one in book.listed(filled.path)] == [second.file, first.file]
    assert all(file.exists() for file in foreign)
    assert standing.of_copies(filled).failed is None
    monkeypatch.delenv(book.ELSEWHERE)
    assert [one.file for one in book.listed(filled.path)] == [second.file, first.file]


def test_an_erasure_leaves_nothing_of_a_copy(filled: Workspace) -> None:
    """Neither of one that a killed process was making, nor of one that is made meanwhile."""
    person = people.invite(filled, Person("Anna Weber", "admin", address="anna@a.test"))
    copies.expect(filled.path)
    noted = book.read(filled.path)
    assert noted is not None
    left = filled.path / "copies" / f".tend-{noted.whose}-20261101T030000Z-1-ab.zip-x" / "again"
    left.mkdir(parents=True)
    wanted = subject.Wanted("person", person.name)
    erasing = making.prepared(filled, wanted, "en")
    with book.alone(filled.path), pytest.raises(TendError) as refused, erasing:
        pass
    assert refused.value.code == "copies_under_way"
    with making.prepared(filled, wanted, "en") as made:
        with pytest.raises(TendError, match="being erased"):
            copies.make(filled, NIGHT)
        making.put(filled, made)
    assert list((filled.path / "copies").iterdir()) == []


def test_without_room_nothing_is_written_or_removed(
    filled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room is asked for first: what there is too little of is said in one sentence."""
    filled.set("copies_days", 1)
    filled.set("copies_weeks", 0)
    filled.set("copies_months", 0)
    copies.make(filled, NIGHT)
    free = shutil.disk_usage(filled.path).free
    monkeypatch.setattr(copies, "_LEFT_FREE", free + 1)
    with pytest.raises(TendError, match="MB free"):
        copies.make(filled, NIGHT + timedelta(days=1))
    assert kept(filled) == ["11-01"]
    assert list((filled.path / "copies").iterdir()) == [book.listed(filled.path)[0].file]


def test_a_copy_that_cannot_be_read_again_never_counts(
    filled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where an upload was damaged, the copy is not kept, and the one before stays."""
    before = copies.make(filled, NIGHT)
    [upload] = filled.uploads.iterdir()
    upload.write_bytes(b"damaged")
    monkeypatch.setattr(copies, "_LEFT_FREE", 0)
    with pytest.raises(TendError, match="upload_missing"):
        copies.make(filled, NIGHT + timedelta(days=1))
    assert [one.file for one in book.listed(filled.path)] == [before.file]


def test_one_copy_at_a_time(filled: Workspace) -> None:
    """A command beside a server that is making one says so."""
    with book.alone(filled.path), pytest.raises(TendError, match="A copy is being made"):
        copies.make(filled)


def test_the_server_makes_one_by_itself(filled: Workspace, tmp_path: Path) -> None:
    """Its thread looks now and then, and makes one where one is due."""
    hand = Keeper(filled, every=0.05)
    try:
        wait_until(lambda: len(book.listed(filled.path)) == 1)
    finally:
        hand.close()
    put(filled, tmp_path, "two")
    assert not copies.is_due(filled), "the night has not passed"


def test_the_command_lists_and_makes_them_beside_a_server(
    filled: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """`copies --make` asks the process that holds the workspace, `copies` lists what is there."""
    command = [sys.executable, "-m", "tend", "copies", "--workspace", str(filled.path)]
    ran = subprocess.run([*command, "--make"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    [made] = book.listed(filled.path)
    assert ran.stdout.endswith(f"{made.size:,} bytes  {made.file}\n")
    filled.close()
    assert main(["copies", "--workspace", str(filled.path)]) == 0
    assert capsys.readouterr().out == ran.stdout


def test_what_a_killed_one_left_is_cleared_away(filled: Workspace) -> None:
    """A half copy has no name that counts, and goes with the next."""
    made = copies.make(filled, NIGHT)
    half = made.file.parent / f".{made.file.name}-x1y2"
    half.mkdir()
    (half / "tend.duckdb").write_bytes(b"half")
    copies.make(filled, NIGHT + timedelta(days=1))
    assert not half.exists()


Spoil = Callable[[Path], object]


@pytest.mark.parametrize(
    "spoil",
    [lambda file: file.write_text("{"), lambda file: file.write_text("[]"), Path.unlink],
)
def test_a_lost_note_costs_no_copy(filled: Workspace, spoil: Spoil) -> None:
    """Copies are made again under a new name; those of before lie where they are."""
    made = copies.make(filled, NIGHT)
    spoil(filled.path / "copies.json")
    assert book.listed(filled.path) == []
    copies.make(filled, NIGHT + timedelta(days=1))
    assert made.file.exists()

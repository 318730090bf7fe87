"""The workspace: one folder, one writer, nothing half done, nothing outside."""

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from tend.language.errors import TendError
from tend.queries import asking
from tend.store.database import migrate
from tend.store.derived import staging
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.facts import AS_OF, add_contract

pytestmark = pytest.mark.usefixtures("all_threads")


def test_the_folder_holds_the_database_uploads_and_a_published_copy(tmp_path: Path) -> None:
    """All state is in one folder."""
    open_workspace(tmp_path / "w").close()
    found = {path.name for path in (tmp_path / "w").iterdir()}
    assert found == {"tend.duckdb", "uploads", "published", "lock", "last-commit"}


def test_the_database_may_use_so_many_processors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One, where the environment says so; a word instead of a number is told."""
    monkeypatch.setenv("TEND_THREADS", "1")
    with open_workspace(tmp_path) as workspace, workspace.cursor() as cursor:
        assert cursor.execute("select current_setting('threads')").fetchone() == (1,)
    monkeypatch.setenv("TEND_THREADS", "many")
    with pytest.raises(TendError, match="TEND_THREADS is many"):
        open_workspace(tmp_path)


def test_the_memory_of_the_database_has_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Setting, then environment, say it; more goes to files that end with the workspace."""
    with open_workspace(tmp_path) as workspace:
        workspace.set("database_memory_mb", 256)
        assert _limit(workspace) == "1.9 GiB"
    with open_workspace(tmp_path) as workspace:
        assert _limit(workspace) == "244.1 MiB"
    monkeypatch.setenv("TEND_MEMORY_MB", "128")
    left = tmp_path / "spill" / "duckdb_temp_block-1.tmp"
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"of a process that was killed")
    with open_workspace(tmp_path) as workspace, workspace.cursor() as cursor:
        assert _limit(workspace) == "122.0 MiB"
        assert not left.exists()
        counted = cursor.execute(
            "select count(*) from (select row_number() over (order by hash(i)) as place"
            " from range(8_000_000) as t(i)) where place % 7 = 0"
        ).fetchone()
        assert counted == (1_142_857,)
        assert list((tmp_path / "spill").iterdir())
    assert not list((tmp_path / "spill").glob("*"))
    monkeypatch.setenv("TEND_MEMORY_MB", "much")
    with pytest.raises(TendError, match="TEND_MEMORY_MB is much"):
        open_workspace(tmp_path)


def _limit(workspace: Workspace) -> str:
    with workspace.cursor() as cursor:
        found = cursor.execute("select current_setting('memory_limit')").fetchone()
    assert found is not None
    return str(found[0])


def test_a_second_process_is_told_who_holds_the_workspace(workspace: Workspace) -> None:
    """Another process that wants to write gets one clear sentence and exit code 1."""
    told = _tend("set", "grace_days", "30", "--workspace", str(workspace.path))
    assert told.returncode == 1
    assert "in use by another Tend process" in told.stderr
    assert "Traceback" not in told.stderr


def test_another_process_reads_what_was_last_committed(workspace: Workspace) -> None:
    """Reads go on while the workspace is held (L5)."""
    add_contract(workspace, "K1")
    asked = ("query", "renewals", "--as-of", AS_OF.isoformat(), "--format", "json")
    told = _tend(*asked, "--workspace", str(workspace.path))
    assert told.returncode == 0, told.stderr
    assert '"contract_id": "K1"' in told.stdout


def test_copies_for_reading_are_few_and_the_newest_is_the_last_commit(tmp_path: Path) -> None:
    """Two copies at most are there; a reader has the one of the last commit, also a second time."""
    path = tmp_path / "w"
    with open_workspace(path) as opened:
        for number in range(4):
            add_contract(opened, f"K{number}")
            for _ in range(2):
                with open_workspace(path, read_only=True) as beside:
                    assert beside.is_published
                    assert beside.version == opened.version
                    assert _contracts(beside) == number + 1
            assert 1 <= len([*(path / "published").glob("tend-*")]) <= 2
    with open_workspace(path, read_only=True) as again:
        assert not again.is_published
        assert _contracts(again) == 4


def test_what_nobody_reads_is_not_copied(tmp_path: Path) -> None:
    """A command of a moment leaves no copy: who comes after it opens the workspace itself."""
    with open_workspace(tmp_path / "w") as opened:
        add_contract(opened, "K")
    assert list((tmp_path / "w" / "published").iterdir()) == []


def _contracts(workspace: Workspace) -> int:
    with workspace.cursor() as cursor:
        [(count,)] = cursor.execute("select count(*) from stg_contracts").fetchall()
    return int(count)


def test_who_has_to_wait_for_another_import_is_told(workspace: Workspace) -> None:
    """Two writers: the second says that it waits, then gets in after the first."""
    told = threading.Event()
    entered = threading.Event()

    def waits(step: str, _: float) -> None:
        if step == "waiting":
            told.set()

    def second() -> None:
        with workspace.writing("edit", waits) as cursor:
            entered.set()
            cursor.execute("select 1")

    other = threading.Thread(target=second)
    with workspace.writing("edit") as cursor:
        cursor.execute("select 1")
        other.start()
        assert told.wait(20)
        assert not entered.is_set()
    other.join(20)
    assert entered.is_set()


def test_a_failed_commit_leaves_everything_as_it_was(workspace: Workspace) -> None:
    """A commit is one transaction."""
    before = workspace.version
    with pytest.raises(duckdb.ConstraintException):
        _write_half(workspace)
    with workspace.cursor() as cursor:
        assert cursor.execute("select count(*) from rows_contracts").fetchone() == (0,)
    assert workspace.version == before


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('/etc/hostname')",
        "copy (select 1) to '/tmp/tend-wall.csv'",
        "attach '/tmp/tend-wall.duckdb' as other",
        "set enable_external_access = true",
        "install httpfs",
    ],
)
def test_sql_reaches_no_file_and_cannot_be_let_out(workspace: Workspace, statement: str) -> None:
    """External access is off and the configuration locked."""
    with workspace.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement)


def test_python_variables_do_not_become_tables(workspace: Workspace) -> None:
    """A frame in scope is no table."""
    frame = __import__("pandas").DataFrame({"a": [1]})
    with workspace.cursor() as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("select * from frame")
    assert len(frame) == 1


def test_readers_see_whole_snapshots_while_others_write(workspace: Workspace) -> None:
    """Threads that ask while contracts are added see a count that only grows, and no error."""
    errors: list[BaseException] = []
    seen: list[int] = []

    def read() -> None:
        try:
            for _ in range(15):
                rows = asking.run(workspace, "renewal_rates", View(AS_OF)).to_pylist()
                seen.append(rows[0]["contracts"] if rows else 0)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must show it
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(8):
        add_contract(workspace, f"K{number}")
    for reader in readers:
        reader.join(timeout=60)
    assert errors == []
    assert max(seen) <= 8
    assert asking.run(workspace, "renewal_rates", View(AS_OF)).to_pylist()[0]["contracts"] == 8


def test_a_workspace_of_a_newer_tend_is_left_alone(tmp_path: Path) -> None:
    """A migration this Tend does not know is refused with a clear sentence."""
    opened = open_workspace(tmp_path / "w")
    with opened.writing("edit") as cursor:
        cursor.execute("insert into migrations values (9999)")
    opened.close()
    with pytest.raises(TendError, match="made by a newer Tend"):
        open_workspace(tmp_path / "w")


def test_facts_are_made_anew_when_staging_changed(workspace: Workspace) -> None:
    """Facts folded by other staging SQL are not trusted."""
    add_contract(workspace, "K1")
    with workspace.writing("edit") as cursor:
        cursor.execute("update staging_fingerprint set made_by = 'older'")
        cursor.execute("delete from stg_contracts")
    workspace.refresh()
    with workspace.cursor() as cursor:
        assert staging.is_current(cursor)
        assert cursor.execute("select contract_id from stg_contracts").fetchall() == [("K1",)]


def test_migrations_are_numbered_without_gaps() -> None:
    """Migrations go 1, 2, 3 ..."""
    assert list(migrate.migrations()) == list(range(1, len(migrate.migrations()) + 1))


def test_a_setting_survives_reopening_and_changes_the_answer(tmp_path: Path) -> None:
    """Grace of 0 days turns an overdue contract into a lost one, and is kept."""
    opened = open_workspace(tmp_path / "w")
    add_contract(opened, "K1", end="2025-05-31")
    assert asking.run(opened, "renewals", View(AS_OF)).to_pylist()[0]["outcome"] == "overdue"
    opened.set("grace_days", 0)
    assert asking.run(opened, "renewals", View(AS_OF)).to_pylist()[0]["outcome"] == "lost"
    opened.close()
    again = open_workspace(tmp_path / "w")
    assert again.settings.grace_days == 0
    again.close()


@pytest.mark.parametrize(("key", "value"), [("grace_days", -1), ("gross_margin", 8), ("nope", 1)])
def test_a_bad_setting_is_refused(workspace: Workspace, key: str, value: object) -> None:
    """Settings are validated; nothing changes."""
    before = workspace.settings
    with pytest.raises(TendError):
        workspace.set(key, value)
    assert workspace.settings == before


def test_two_who_define_the_same_are_told_and_two_others_both_stand(workspace: Workspace) -> None:
    """A change started from older definitions is refused where it meets another, else it stands."""
    base = workspace.settings
    workspace.set("grace_days", 30)
    with pytest.raises(TendError, match="grace_days"):
        workspace.define(base.changed("grace_days", 45), base=base)
    workspace.define(base.changed("early_days", 10), base=base)
    assert (workspace.settings.grace_days, workspace.settings.early_days) == (30, 10)


def _write_half(workspace: Workspace) -> None:
    with workspace.writing("edit") as cursor:
        for row in ("1", "null"):
            cursor.execute(
                f"insert into rows_contracts (import_id, sheet_no, row_no) values (1, 1, {row})"
            )


def _tend(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tend", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )

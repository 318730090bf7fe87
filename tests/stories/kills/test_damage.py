"""A damaged workspace says so, every command of it; with the sound file back it is as before."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tend.cli.commands import main
from tend.store import maintenance
from tend.store.database import record
from tend.store.database.connection import FILE
from tend.store.workspace import open_workspace
from tests.kit.facts import AS_OF
from tests.kit.kills.damage import NOTES, facts
from tests.kit.kills.full_disk import book
from tests.kit.kills.spoiling import DATABASES, PAGE, WAL, WALS, cut, flipped, gone, write

ROOT = Path(__file__).parents[3]
SENTENCES = ("is damaged", "has lost saved changes", "is gone, while", "is not one of Tend")
# Mended by a backup; the others by the sound file put back.
RESTORED = ("cut to a half", "flipped in the middle", "of another program", "a folder", "deleted")
WORDS = [sys.executable, "-m", "tests.kit.kills.damage"]


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace that a killed process left, with a WAL of confirmed entries."""
    folder = tmp_path_factory.mktemp("killed")
    made = subprocess.run([*WORDS, str(folder)], cwd=ROOT, check=False)
    assert made.returncode == 9
    assert (folder / "w" / WAL).stat().st_size > PAGE
    return folder / "w"


@pytest.fixture(scope="module")
def closed(killed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the same one, opened and closed: all of it is in the database."""
    path = tmp_path_factory.mktemp("closed") / "w"
    shutil.copytree(killed, path)
    open_workspace(path).close()
    assert not (path / WAL).exists()
    return path


@pytest.fixture(scope="module")
def kept(closed: Path) -> Path:
    """Give a backup of it."""
    file = closed.parent / "kept.zip"
    with open_workspace(closed) as workspace:
        maintenance.backup(workspace, file)
    return file


@pytest.fixture(scope="module")
def sound(closed: Path) -> list[object]:
    """Give what was confirmed."""
    found = looked_at(closed)
    assert found[1:4] == [300, sum(1000.0 + n for n in range(300)), sorted(NOTES)]
    return found


def commands(aside: Path) -> list[list[str]]:
    """Give commands of all kinds: such that read, that write, and that want all there is."""
    return [
        ["status"],
        ["query", "renewal_rates", "--as-of", AS_OF.isoformat()],
        ["verify"],
        ["backup", str(aside / "backup.zip")],
        ["import", str(book(aside, "next", 30))],
    ]


def said(words: list[str], path: Path, heard: pytest.CaptureFixture[str]) -> list[str]:
    """Run a command; give the lines of a refusal, none where it was done."""
    heard.readouterr()
    code = main([*words, "--workspace", str(path)])
    out, err = heard.readouterr()
    assert bool(err) == (code == 1), (words, err)
    assert not (code and out), "nothing is answered beside a refusal"
    return err.splitlines()


def looked_at(path: Path) -> list[object]:
    """Open a workspace that is sound; give what was confirmed."""
    with open_workspace(path) as workspace:
        assert maintenance.verify(workspace) == []
        return facts(workspace)


def is_told_by_all(path: Path, aside: Path, heard: pytest.CaptureFixture[str]) -> None:
    """Every command says one and the same thing: what is wrong, and what to do."""
    before = {one.name for one in path.iterdir()}
    told = [said(words, path, heard) for words in commands(aside)]
    assert all(len(lines) == 1 for lines in told), told
    assert len({line for lines in told for line in lines}) == 1, told
    assert any(word in told[0][0] for word in SENTENCES), told
    assert {one.name for one in path.iterdir()} == before
    assert not (aside / "backup.zip").exists()


@pytest.mark.parametrize("kind", DATABASES)
def test_a_damaged_database_is_told_and_the_sound_one_works_again(
    kind: str,
    closed: Path,
    kept: Path,
    sound: list[object],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One true sentence of every command; the sound file put back, or a backup, is as before."""
    path = tmp_path / "w"
    shutil.copytree(closed, path)
    DATABASES[kind](path / FILE)
    is_told_by_all(path, tmp_path, capsys)
    assert not caplog.records, "the sentence is all"
    if kind in RESTORED:
        assert said(["restore", str(kept)], path, capsys) == []
    else:
        gone(path / FILE)
        shutil.copyfile(closed / FILE, path / FILE)
    assert looked_at(path) == sound


@pytest.mark.parametrize("kind", WALS)
def test_a_damaged_wal_is_told_and_the_sound_one_works_again(
    kind: str,
    killed: Path,
    sound: list[object],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Confirmed entries are missed, by every command, until the WAL is there again as it was."""
    path = tmp_path / "w"
    shutil.copytree(killed, path)
    WALS[kind](path / WAL)
    is_told_by_all(path, tmp_path, capsys)
    assert not caplog.records, "the sentence is all"
    shutil.copyfile(killed / WAL, path / WAL)
    assert looked_at(path) == sound


def test_one_may_go_on_with_what_is_left(
    killed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the sentence on lost changes offers: without the record, the rest is opened."""
    path = tmp_path / "w"
    shutil.copytree(killed, path)
    (path / WAL).unlink()
    assert str(path / record.FILE) in said(["verify"], path, capsys)[0]
    (path / record.FILE).unlink()
    assert said(["status"], path, capsys) == []
    assert facts_of(path)[1] == 300
    assert said(["verify"], path, capsys) == []


@pytest.mark.parametrize("file", [FILE, WAL])
def test_damage_anywhere_is_told_or_harms_nothing(
    file: str,
    killed: Path,
    sound: list[object],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """At random places, `verify` tells of a damage, or all that was confirmed is there."""
    chance = random.Random(12)
    path = tmp_path / "w"
    for _ in range(int(os.environ.get("TEND_DAMAGES", "8"))):
        shutil.copytree(killed, path)
        kind = chance.choice(
            [cut(lambda size: int(size * chance.random())), write(chance.random(), flipped, 16)]
        )
        kind(path / file)
        if not said(["verify"], path, capsys):
            assert facts_of(path) == sound
        shutil.rmtree(path)


def facts_of(path: Path) -> list[object]:
    """Open a workspace and give what was confirmed."""
    with open_workspace(path) as workspace:
        return facts(workspace)

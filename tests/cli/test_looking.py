"""Which files of a watched folder stand still: whole ones, whatever else lies there."""

import os
import sys
from pathlib import Path

import pytest

from tend.cli.watching.looking import Folder, Seen

pytestmark = pytest.mark.quick
SETTLE = 10.0


class Watched:
    """A folder with a clock of the test's own."""

    def __init__(self, path: Path) -> None:
        self.now = 0.0
        self.path = path / "in"
        self.path.mkdir()
        self.folder = Folder(self.path, SETTLE, self.path / "workspace", lambda: self.now)

    def after(self, seconds: float) -> list[Seen]:
        """Look some seconds later; give what stands still."""
        self.now += seconds
        return list(self.folder.look().still)

    def names(self, seconds: float) -> list[str]:
        """Look some seconds later; name what stands still."""
        return [str(one.path.relative_to(self.path)) for one in self.after(seconds)]

    def write(self, name: str, words: str = "a") -> Path:
        """Write a file whole."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, encoding="utf-8")
        return file


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    """Give a folder that is empty."""
    return Watched(tmp_path)


def test_a_file_is_given_once_it_stands_still(watched: Watched) -> None:
    """Not while it is new or grows; once done it is asked for again only when it changes."""
    file = watched.write("a.csv")
    assert watched.names(0) == []
    assert watched.names(SETTLE - 1) == []
    file.write_text("a, longer", encoding="utf-8")
    assert watched.names(2) == []
    [one] = watched.after(SETTLE)
    assert (one.path.name, one.size) == ("a.csv", 9)
    watched.folder.done(one)
    assert watched.names(SETTLE) == []
    os.utime(file, (1, 1))
    assert watched.names(1) == []
    assert watched.names(SETTLE) == ["a.csv"]


def test_a_rename_into_place_counts(watched: Watched) -> None:
    """Under its temporary name a file is nothing; from its rename on it has to stand still."""
    part = watched.write("b.xlsx.part")
    assert watched.names(SETTLE * 2) == []
    part.rename(watched.path / "b.xlsx")
    assert watched.names(0) == []
    assert watched.names(SETTLE) == ["b.xlsx"]


def test_what_is_no_file_to_import_is_left_alone(watched: Watched, tmp_path: Path) -> None:
    """Temporary names, hidden and empty files, links, folders of clients, the workspace itself."""
    names = ("~$c.xlsx", "c.tmp", "c.crdownload", "c.csv.part", ".~lock.x.csv#", ".c.csv", "c.pdf")
    for name in (*names, ".sync/c.csv", "@eaDir/c.csv", "$RECYCLE.BIN/c.csv", "workspace/c.csv"):
        watched.write(name)
    watched.write("empty.csv", "")
    (watched.path / "link.csv").symlink_to(watched.write("in/good.csv"))
    (watched.path / "elsewhere").symlink_to(tmp_path)
    watched.after(0)
    assert watched.names(SETTLE) == ["in/good.csv"]
    assert watched.folder.look().others == len(("c.tmp", "c.crdownload", "c.csv.part", "c.pdf"))


def test_the_oldest_comes_first(watched: Watched) -> None:
    """Of two words on one contract the later one counts, however a client syncs them."""
    for name, changed in (("1.csv", 300), ("2.csv", 100), ("sub/3.csv", 200)):
        os.utime(watched.write(name), (changed, changed))
    watched.after(0)
    assert watched.names(SETTLE) == ["2.csv", "sub/3.csv", "1.csv"]


@pytest.mark.parametrize("owner", ["~$d.xlsx", ".~lock.d.xlsx#"])
def test_a_file_that_is_open_in_an_office_waits(watched: Watched, owner: str) -> None:
    """However long; once the program closes it, it is given."""
    watched.write("d.xlsx")
    beside = watched.write(owner)
    watched.after(0)
    assert watched.names(SETTLE * 100) == []
    assert [one.name for one in watched.folder.look().open] == ["d.xlsx"]
    beside.unlink()
    assert watched.names(0) == ["d.xlsx"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who writes")
def test_a_file_that_is_still_written_waits(watched: Watched) -> None:
    """A pause in the middle is no end; for ever nobody waits, as some drives say so of all."""
    with (watched.path / "e.csv").open("w", encoding="utf-8") as file:
        file.write("half")
        file.flush()
        watched.after(0)
        assert watched.names(SETTLE * 2) == []
        assert watched.names(SETTLE * 5) == ["e.csv"]
        file.write(" and more")
        file.flush()
        watched.after(0)
        assert watched.names(SETTLE) == []
    assert watched.names(0) == ["e.csv"]


def test_a_folder_that_is_gone_is_told_and_comes_back(watched: Watched, tmp_path: Path) -> None:
    """It raises while it is gone; what was done before is not asked for again."""
    watched.write("f.csv")
    watched.after(0)
    [one] = watched.after(SETTLE)
    watched.folder.done(one)
    watched.path.rename(tmp_path / "away")
    with pytest.raises(FileNotFoundError):
        watched.after(1)
    (tmp_path / "away").rename(watched.path)
    assert watched.names(SETTLE) == []


def test_a_folder_that_lies_too_deep_stops_nobody(watched: Watched) -> None:
    """What lies beside it is taken in all the same."""
    watched.path.joinpath(*["d"] * 700).mkdir(parents=True)
    watched.write("z.csv")
    watched.names(0)
    assert watched.names(SETTLE) == ["z.csv"]

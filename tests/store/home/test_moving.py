"""A workspace moves to a home and back, held against it each time; who joins has all of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tend.language.errors import TendError
from tend.queries import library
from tend.store import maintenance, moving
from tend.store.database.record import Commit
from tend.store.facts import entries, imports
from tend.store.home import binding, home
from tend.store.workspace import open_workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies
from tests.kit.home.sites import agree, answers, shared, unlike
from tests.kit.kills.full_disk import book, report, touch
from tests.kit.tools.postgres import Postgres
from tests.stories.untidy.conftest import untidy_files

GIVEN = {
    "customer_id": "C0013",
    "contract_id": "CT26-0014",
    "dimensions": ["industry"],
    "dataset": "contracts",
    "key": "CT26-0014",
}


def untidy(companies: Companies) -> Path:
    """Give a workspace of files as teams keep them."""
    return companies.copy("untidy zh", lambda folder: untidy_files(folder, "zh"))[0]


def tidy(companies: Companies) -> Path:
    """Give a workspace of the sample company."""
    return companies.sample(customers=60, years=2)


@pytest.mark.parametrize("made", [tidy, untidy])
def test_all_named_queries_say_the_same_at_both_homes(
    made: Callable[[Companies], Path], companies: Companies, address: str, tmp_path: Path
) -> None:
    """Where the workspace was before, at the server that moved it, at one that joined, and back."""
    folder = made(companies)
    with open_workspace(folder) as before:
        said, held = answers(before, View(UNTIL), **GIVEN), shared(before)
    assert said.keys() == library.queries().keys()
    assert sum(map(len, said.values())) > 1000
    with open_workspace(folder) as workspace:
        moving.to(workspace, address, tmp_path / "files")
        assert unlike(answers(workspace, View(UNTIL), **GIVEN), said) == []
    with open_workspace(tmp_path / "joined") as joined:
        moving.to(joined, address)
        assert unlike(answers(joined, View(UNTIL), **GIVEN), said) == []
        assert maintenance.verify(joined) == []
    with open_workspace(folder) as workspace:
        moving.back(workspace)
        assert unlike(answers(workspace, View(UNTIL), **GIVEN), said) == []
        assert {**shared(workspace), "commit": held["commit"]} == held
        assert maintenance.verify(workspace) == []
        assert moving.standing(workspace) is None
        workspace.set("grace_days", 21)
    assert not (tmp_path / "files").exists()


def refused(code: str, act: Callable[..., object], *given: object) -> None:
    """See that something is refused, and why."""
    with pytest.raises(TendError) as told:
        act(*given)
    assert told.value.code == code, told.value
    assert told.value.message("en") != told.value.message("zh")


def test_what_cannot_be_moved_stays(address: str, companies: Companies, tmp_path: Path) -> None:
    """No address, no folder for files, two that hold something, nobody there: one sentence each."""
    with open_workspace(companies.empty(tmp_path / "w")) as workspace:
        report(imports.import_file(workspace, book(tmp_path, "a", 5)))
        nowhere = address.replace(address.split(":")[2].split("/")[0], "1")
        refused("home_address", moving.to, workspace, "db.example.com")
        refused("home_files", moving.to, workspace, address)
        refused("home_away", moving.to, workspace, nowhere, tmp_path / "files")
        refused("home_none", moving.back, workspace)
        moving.to(workspace, address, tmp_path / "files")
        refused("home_first_back", moving.to, workspace, nowhere)
        moving.to(workspace, address)  # it is there already
    refused("home_first_back", maintenance.restore, tmp_path / "w", tmp_path / "kept.zip")
    with open_workspace(companies.empty(tmp_path / "other")) as other:
        entries.enter(other, "touches", [touch("mine")])
        refused("home_both", moving.to, other, address)
        assert moving.standing(other) is None
        assert entries.enter(other, "touches", [touch("still mine")]) == 2


def test_what_was_broken_off_goes_on(address: str, companies: Companies, tmp_path: Path) -> None:
    """Killed when all lay there and nobody knew, or on the way back when the home had gone."""
    with open_workspace(companies.empty(tmp_path / "w")) as workspace:
        report(imports.import_file(workspace, book(tmp_path, "a", 5)))
        moving.to(workspace, address, tmp_path / "files")
        (tmp_path / "w" / "home.json").unlink()
        workspace.look_for_home()
        with workspace.deriving() as cursor:
            home.note(cursor, Commit(0))
        moving.to(workspace, address)
        workspace.set("grace_days", 21)
        there = workspace.home
        assert there is not None
        binding.leave(workspace.path, there.binding, tmp_path / "files")
        there.lake.drop()
        workspace.look_for_home()
        refused("home_gone", workspace.set, "grace_days", 22)
        moving.back(workspace)
        workspace.set("grace_days", 22)
        assert maintenance.verify(workspace) == []
        assert not (tmp_path / "files").exists()


def test_a_home_is_moved_to_again(address: str, companies: Companies, tmp_path: Path) -> None:
    """There, back, and there again, as after erasing somebody; what lay there once is no matter."""
    with open_workspace(companies.empty(tmp_path / "w")) as workspace:
        report(imports.import_file(workspace, book(tmp_path, "a", 5)))
        for _ in range(2):
            moving.to(workspace, address, tmp_path / "files")
            entries.enter(workspace, "touches", [touch("there")])
            moving.back(workspace)
            entries.enter(workspace, "touches", [touch("back")])
        assert maintenance.verify(workspace) == []


def test_a_folder_is_that_of_one_home(
    server: Postgres, companies: Companies, tmp_path: Path
) -> None:
    """Another home's folder, or one that holds the like, is left alone, and so is another name."""
    folder, first, second = tmp_path / "files", server.address(), server.address()
    (tmp_path / "used" / "uploads").mkdir(parents=True)
    with (
        open_workspace(companies.empty(tmp_path / "w")) as workspace,
        open_workspace(companies.empty(tmp_path / "v")) as other,
    ):
        refused("home_taken", moving.to, workspace, first, tmp_path / "used")
        moving.to(workspace, first, folder)
        refused("home_taken", moving.to, other, second, folder)
        refused("home_lies", moving.to, other, first, tmp_path / "elsewhere")
        (tmp_path / "file").touch()
        refused("home_folder", moving.to, other, second, tmp_path / "file" / "in")
        moving.to(other, first)
        entries.enter(workspace, "touches", [touch("kept")])
        other.catch_up()
        assert agree(workspace, other)


def test_where_its_home_is_must_be_readable(companies: Companies, tmp_path: Path) -> None:
    """Who cannot read where the home is does not go on alone."""
    folder = companies.empty(tmp_path / "w")
    (folder / "home.json").write_text('{"address": 1', encoding="utf-8")
    refused("home_setting", open_workspace, folder)
    (folder / "home.json").write_text("{}", encoding="utf-8")
    refused("home_setting", open_workspace, folder)


def test_a_password_is_told_to_nobody(companies: Companies, tmp_path: Path) -> None:
    """Whatever PostgreSQL says of an address, the password in it is not said."""
    away = "postgres://ann:hidden-word@127.0.0.1:1/tend"
    with open_workspace(companies.empty(tmp_path / "w")) as workspace:
        with pytest.raises(TendError) as told:
            moving.to(workspace, away, tmp_path / "files")
        assert told.value.code == "home_away"
        assert "hidden-word" not in told.value.message("en") + told.value.message("zh")


def changed(names: Sequence[str], folder: Path) -> list[str]:
    """Change some tables at the home alone, and give what verify says then."""
    with open_workspace(folder) as workspace:
        assert workspace.home is not None
        with workspace.home.lake.opened() as lake:
            for name in names:
                lake.execute(f"delete from lake.main.{name}")
        return maintenance.verify(workspace)


def test_verify_sees_what_is_not_the_same(
    address: str, companies: Companies, tmp_path: Path
) -> None:
    """A table that differs at the home, a kept file that lacks there; then nothing moves back."""
    with open_workspace(companies.empty(tmp_path / "w")) as workspace:
        report(imports.import_file(workspace, book(tmp_path, "a", 5)))
        moving.to(workspace, address, tmp_path / "files")
        assert workspace.home is not None
        workspace.home.lake.tidy()
        workspace.set("grace_days", 21)
        assert maintenance.verify(workspace) == []
    [kept] = (tmp_path / "files" / "uploads").iterdir()
    kept.unlink()
    told = changed(["rows_contracts"], tmp_path / "w")
    assert told == ["home_differs rows_contracts", f"home_differs {kept.name}"]
    with open_workspace(tmp_path / "w") as workspace:
        refused("home_differs", moving.back, workspace)
        assert moving.standing(workspace) is not None

"""Workspaces that older versions left open with this one, and say what they said."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tend.acts import merges
from tend.queries import asking, library
from tend.store import maintenance
from tend.store.database import migrate
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.asking import Row
from tests.kit.comparing import is_same
from tests.store.versions import make

ROOT = Path(__file__).parents[3]
AS_OF = date(2026, 9, 30)
VERSIONS = make.versions()
# Says when an import came, not what.
WHEN = {"imported_at"}
# How often an upgrade is killed: at the first migration, between, at the last.
KILLED = 9
_KILL = f"""
import os, sys
from pathlib import Path
from tend.store.database import migrate
from tend.store.workspace import open_workspace
class Deadly(type(Path())):
    def read_text(self, *given, **named):
        os._exit({KILLED})
known, number = migrate.migrations(), int(sys.argv[2])
migrate.migrations = lambda: known | {{number: Deadly(known[number])}}
open_workspace(Path(sys.argv[1]))
"""


def as_far(version: int) -> int:
    """Give the first version that could do as much: what was made by it is the same company."""
    return max([1, *(since for since in make.SINCE.values() if since <= version)])


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Workspace]]:
    """Give the same company, made by this code as far as a version could: once for all alike."""
    folder, opened = tmp_path_factory.mktemp("anew"), []

    @cache
    def made(version: int) -> Workspace:
        workspace = open_workspace(folder / str(version))
        with workspace.together():
            make.fill(workspace, version)
        opened.append(workspace)
        return workspace

    yield lambda version: made(as_far(version))
    for workspace in opened:
        workspace.close()


@pytest.fixture
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """Open the workspace of an older version with this code."""
    with open_workspace(make.unpack(request.param, tmp_path / "w")) as opened:
        yield opened


def answers(workspace: Workspace) -> dict[str, list[Row]]:
    """Give what every named query says of all customers, or of one."""
    told = {}
    for name, query in library.queries().items():
        given = {"customer_id": "C0013", "contract_id": "CT26-0014", "dimensions": ["industry"]}
        own = {key: value for key, value in given.items() if key in query.parameters}
        if not asking.missing(query, own):
            told[name] = asking.run(workspace, name, View(AS_OF), **own).to_pylist()
    return told


def differing(one: Workspace, other: Workspace) -> list[str]:
    """Name the cells that two workspaces answer differently; sums to nine digits."""
    here, there = answers(one), answers(other)
    found = [name for name in here if len(here[name]) != len(there[name])]
    return found + [
        f"{name} {column}: {mine[column]}, {theirs[column]}"
        for name in here
        for mine, theirs in zip(here[name], there[name], strict=False)
        for column in mine
        if column not in WHEN and not is_same(column, mine[column], theirs[column])
    ]


@pytest.mark.parametrize(
    ("older", "version"), [(one, one) for one in VERSIONS], indirect=["older"], ids=str
)
def test_a_workspace_of_a_version_is_as_it_was_left(
    older: Workspace, version: int, anew: Callable[[int], Workspace]
) -> None:
    """Imports, entries, settings and merges are there; each named query says what it says anew."""
    history = imports.history(older)[::-1]
    files = [(file.name, make.WHO) for file in make.COMPANY]
    entries = [name for name in make.entered() if version >= make.SINCE[name]]
    assert [(one["file"], one["who"]) for one in history[: len(files)]] == files
    assert [bool(one["undone_at"]) for one in history[: len(files)]] == [False, False, True]
    assert [one["datasets"] for one in history[len(files) :]] == [[name] for name in entries]
    settings = older.settings.model_dump()
    assert {key: settings[key] for key in make.SETTINGS} == make.SETTINGS
    merged = [make.MERGED] if version >= make.SINCE["merge"] else []
    assert [(one.customer_id, one.into_id) for one in merges.standing(older)] == merged
    apart = [make.APART] if version >= make.SINCE["apart"] else []
    assert [(one.customer_id, one.other_id) for one in merges.apart(older)] == apart
    assert len(answers(older)) > 100
    assert differing(older, anew(version)) == []
    assert maintenance.verify(older) == []


def test_what_an_old_version_imported_is_taken_back(tmp_path: Path) -> None:
    """An import of the oldest version, undone by this one, might never have been."""
    with open_workspace(make.unpack(VERSIONS[0], tmp_path / "w")) as older:
        before = answers(older)
        imports.undo(older, import_id=2)
        assert answers(older)["arr_movements"] != before["arr_movements"]
        with open_workspace(tmp_path / "without") as without:
            with without.together():
                make.fill(without, VERSIONS[0])
                imports.undo(without, import_id=2)
            assert differing(older, without) == []
        assert maintenance.verify(older) == []


def test_an_upgrade_that_is_killed_goes_on_at_the_next_start(
    tmp_path: Path, anew: Callable[[int], Workspace]
) -> None:
    """Killed at one migration after the other, it arrives; what was done by then stays done."""
    path, last = make.unpack(1, tmp_path / "w"), max(migrate.migrations())
    for number in (2, 3, 11, last):
        words = [sys.executable, "-c", _KILL, str(path), str(number)]
        done = subprocess.run(words, cwd=ROOT, check=False)
        assert done.returncode == KILLED
    with open_workspace(path) as opened:
        with opened.cursor() as cursor:
            found = cursor.execute("select number from migrations order by number").fetchall()
        assert [number for (number,) in found] == [*range(1, last + 1)]
        assert differing(opened, anew(1)) == []
        assert maintenance.verify(opened) == []


def test_every_version_but_this_has_its_workspace() -> None:
    """Each migration before the newest was once the last; 9 came together with 10."""
    last = max(migrate.migrations())
    assert set(range(1, last)) - {9} <= set(VERSIONS)

"""Workspaces that older versions left open with this one, and say what they said."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tend.acts import merges
from tend.queries import asking, library
from tend.store import maintenance
from tend.store.database import migrate
from tend.store.facts import imports
from tend.store.people import people
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.asking import Row
from tests.kit.comparing import is_same
from tests.store.versions import make

pytestmark = pytest.mark.timeout(600)
ROOT = Path(__file__).parents[3]
AS_OF = date(2026, 9, 30)
VERSIONS = make.versions()
# These are asked all there is to ask; of the others all facts are looked at, which answers follow.
ASKED = {VERSIONS[0], VERSIONS[len(VERSIONS) // 2], VERSIONS[-1]}
# Says when an import came, not what.
WHEN = {"imported_at", "reread_at", "import_day"}
KILLED = 9
_KILL = f"""
import os, sys
from pathlib import Path
from tend.store.database import migrate
from tend.store.workspace import open_workspace
class Deadly(type(Path())):
    def read_text(self, *given, **named):
        os._exit({KILLED})
known = migrate.migrations()
for number in map(int, sys.argv[2:]):
    migrate.migrations = lambda: known | {{number: Deadly(known[number])}}
    if not (child := os.fork()):
        open_workspace(Path(sys.argv[1]))
    print(number, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def facts(workspace: Workspace) -> dict[str, list[Row]]:
    """Give all rows of all data sets as they count, but for when they came."""
    told = {}
    with workspace.cursor() as cursor:
        tables = cursor.execute(
            "select table_name, list(column_name order by column_index) from duckdb_columns()"
            " where starts_with(table_name, 'stg_') group by table_name"
        ).fetchall()
        for table, columns in tables:
            # the rows behind a fact are listed in no order
            asked = [f"list_sort({c}) as {c}" if c == "sources" else c for c in columns]
            asked = [one for one in asked if one not in WHEN]
            found = cursor.execute(f"select {', '.join(asked)} from {table} order by all")
            told[table] = found.to_arrow_table().to_pylist()
    return told


def answers(workspace: Workspace) -> dict[str, list[Row]]:
    """Give what every named query says of all customers, or of one."""
    told = {}
    for name, query in library.queries().items():
        given = {"customer_id": "C0013", "contract_id": "CT26-0014", "dimensions": ["industry"]}
        own = {key: value for key, value in given.items() if key in query.parameters}
        if not asking.missing(query, own):
            told[name] = asking.run(workspace, name, View(AS_OF), **own).to_pylist()
    return told


def differing(here: dict[str, list[Row]], there: dict[str, list[Row]]) -> list[str]:
    """Name the cells in which two tellings differ; sums to nine digits."""
    assert here.keys() == there.keys()
    found = [name for name in here if len(here[name]) != len(there[name])]
    return found + [
        f"{name} {column}: {mine[column]}, {theirs[column]}"
        for name in here
        for mine, theirs in zip(here[name], there[name], strict=False)
        for column in mine
        if column not in WHEN and not is_same(column, mine[column], theirs[column])
    ]


def left(workspace: Workspace) -> dict[str, object]:
    """Give what people did in a workspace, beside its facts."""
    history = imports.history(workspace)[::-1]
    files, entries = history[: len(make.COMPANY)], history[len(make.COMPANY) :]
    settings = workspace.settings.model_dump()
    erased = "select kind, way, label from erasures"
    return {
        "files": [(one["file"], one["who"], bool(one["undone_at"])) for one in files],
        "entries": [one["datasets"] for one in entries],
        "settings": {key: settings[key] for key in make.SETTINGS},
        "merge": [(one.customer_id, one.into_id) for one in merges.standing(workspace)],
        "apart": [(one.customer_id, one.other_id) for one in merges.apart(workspace)],
        "people": sorted((one.address, str(one.role)) for one in people.listed(workspace)),
        "domains": [one.domain for one in people.domains(workspace)],
        "erased": workspace.read(lambda cursor: cursor.execute(erased).fetchall()),
    }


def done(version: int) -> dict[str, object]:
    """Give what people did in a workspace as far as its version let them."""
    is_undone = (False, False, True)
    files = [
        (file.name, make.WHO, gone) for file, gone in zip(make.COMPANY, is_undone, strict=True)
    ]
    told: dict[str, list[object]] = {
        "merge": [make.MERGED],
        "apart": [make.APART],
        "people": [*make.PEOPLE],
        "erased": [("customer", "name", "Erased customer 1")],
    }
    return {
        "files": files,
        "entries": [[name] for name in make.entered() if version >= make.SINCE[name]],
        "settings": make.SETTINGS,
        "domains": [make.DOMAIN] if version >= make.SINCE["people"] else [],
        **{name: what if version >= make.SINCE[name] else [] for name, what in told.items()},
    }


def unlike(older: Workspace, anew: Workspace, version: int) -> list[str]:
    """Say in what an older workspace is not as it was left, or not as the same made anew."""
    here, there = left(older), done(version)
    found = [f"{name}: {here[name]}" for name in there if here[name] != there[name]]
    found += [] if older.settings == anew.settings else ["settings"]
    found += differing(facts(older), facts(anew))
    if version in ASKED:
        found += differing(answers(older), answers(anew))
    return [f"{version}: {fault}" for fault in [*found, *maintenance.verify(older)]]


def test_a_workspace_of_each_version_is_as_it_was_left(tmp_path: Path) -> None:
    """All that people did is there, and all facts are those of the same company made anew.

    It grows beside them from version to version: what one could do first is done in it then.
    """
    faults, before = [], 0
    with open_workspace(tmp_path / "anew") as anew:
        for version in VERSIONS:
            with anew.together():
                make.fill(anew, version, after=before)
            before = version
            with open_workspace(make.unpack(version, tmp_path / str(version))) as older:
                faults += unlike(older, anew, version)
        assert len(answers(anew)) > 100
    assert faults == []


def test_what_an_old_version_imported_is_taken_back(tmp_path: Path) -> None:
    """An import of the oldest version, undone by this one, might never have been."""
    with open_workspace(make.unpack(VERSIONS[0], tmp_path / "w")) as older:
        before = facts(older)
        imports.undo(older, import_id=2)
        assert facts(older)["stg_contracts"] != before["stg_contracts"]
        with open_workspace(tmp_path / "without") as without:
            with without.together():
                make.fill(without, VERSIONS[0])
                imports.undo(without, import_id=2)
            assert differing(facts(older), facts(without)) == []
        assert maintenance.verify(older) == []


def test_an_upgrade_that_is_killed_goes_on_at_the_next_start(tmp_path: Path) -> None:
    """Killed at one migration after the other, it arrives; what was done by then stays done."""
    path, last = make.unpack(1, tmp_path / "w"), max(migrate.migrations())
    numbers = [2, 3, 11, last]
    words = [sys.executable, "-c", _KILL, str(path), *map(str, numbers)]
    told = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert told.splitlines() == [f"{number} {KILLED}" for number in numbers]
    with open_workspace(path) as opened, open_workspace(make.unpack(1, tmp_path / "x")) as at_once:
        with opened.cursor() as cursor:
            found = cursor.execute("select number from migrations order by number").fetchall()
        assert [number for (number,) in found] == [*range(1, last + 1)]
        assert left(opened) == done(1)
        assert differing(facts(opened), facts(at_once)) == []
        assert maintenance.verify(opened) == []


def test_every_version_so_far_has_its_workspace() -> None:
    """Each number up to 20 was once the last, but for 9, which came with 10."""
    assert {*range(1, 21)} - {9} <= set(VERSIONS) <= migrate.migrations().keys()

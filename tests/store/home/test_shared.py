"""What is done at one server is there at all: kept in the home before it is confirmed."""

from datetime import date
from pathlib import Path

import pytest

from tend.acts import merges
from tend.language.errors import TendError
from tend.store import maintenance
from tend.store.facts import entries, imports
from tend.store.home import tables
from tend.store.people import people
from tend.store.workspace import Workspace
from tests.kit.home.sites import agree, shared
from tests.kit.kills.full_disk import book, report, touch
from tests.walls.test_scopes import HELD

DAY = date(2026, 3, 2)


def test_all_that_does_not_follow_is_shared(workspace: Workspace) -> None:
    """Of the tables of a workspace, only those that follow, or count for one server, are not."""
    with workspace.whole_cursor() as cursor:
        held = tables.held(cursor)
    every = {table for of in HELD.values() for table in of}
    own = {"workspace_version", "migrations", "home", "staging_fingerprint"}
    following = ("stg_", "health_", "changed_")
    assert {one for one in every - held.keys() if not one.startswith(following)} == own
    assert held.keys() <= every
    assert {"imports", "rows_touches", "settings", "people", "erased_marks"} <= held.keys()


def test_what_one_does_all_have(two: list[Workspace], tmp_path: Path) -> None:
    """Files, entries, both kinds of undo, another reading, settings, merges and people."""
    here, there = two
    report(imports.import_file(here, book(tmp_path, "a", 30)))
    report(imports.import_file(there, book(tmp_path, "b", 20)))
    entries.enter(here, "touches", [touch("first")])
    gone = entries.enter(there, "touches", [touch("second")])
    imports.undo(here, gone)
    imports.undo(there, 1)
    there.set("grace_days", 21)
    here.set("currency_rates", {"USD": 7.1})
    merges.merge(there, "b 1", "b 2")
    entries.enter(here, "touches", [touch("third")])
    people.invite(here, people.of_role("csm", name="Ann", address="ann@example.com"))
    assert agree(here, there)
    assert shared(here)["imports"][0][0] == 5  # type: ignore[index]
    assert there.settings.currency_rates == {"USD": 7.1}
    assert here.settings.grace_days == 21
    assert maintenance.verify(here) == maintenance.verify(there) == []


def test_the_same_is_found_wherever_it_came_in(two: list[Workspace], tmp_path: Path) -> None:
    """A file that another server has changes nothing; its content came along."""
    here, there = two
    file = book(tmp_path, "a", 30)
    first, again = imports.import_file(here, file), imports.import_file(there, file)
    assert (first.import_id, again.import_id, again.unchanged) == (1, 1, True)
    assert agree(here, there)


def test_what_another_has_changed_since_is_seen_first(two: list[Workspace]) -> None:
    """A writer sees all that was kept before its turn, however shortly before."""
    here, there = two
    before = there.settings
    here.set("grace_days", 21)
    with pytest.raises(TendError) as refused:
        there.define(before.changed("grace_days", 22), base=before)
    assert refused.value.code == "settings_moved"


def test_settings_of_two_are_both_kept(two: list[Workspace]) -> None:
    """Who changes one setting leaves those that others have changed, seen by then or not."""
    here, there = two
    assert here._follower is not None
    here._follower.close()
    there.set("grace_days", 21)
    assert here.settings.grace_days != 21
    here.set("currency_rates", {"USD": 7.1})
    assert here.settings.grace_days == 21
    assert agree(here, there)


def test_signs_no_catalogue_knows_are_kept(two: list[Workspace]) -> None:
    """A text may hold what PostgreSQL cannot, also within a list or a map."""
    here, there = two
    odd = "a\x00'\"\\{},=\n客户"
    entries.enter(here, "touches", [touch(odd)])
    with here.writing("import") as cursor:
        cursor.execute(
            "insert into mappings by name select 'f' as fingerprint, 'usage' as dataset,"
            " map {$odd: $odd} as columns, now()::timestamp as confirmed_at, 'a' as confirmed_by",
            {"odd": odd},
        )
    assert agree(here, there)
    with there.whole_cursor() as cursor:
        assert cursor.execute("select note from rows_touches").fetchall() == [(odd,)]
        assert cursor.execute("select columns from mappings").fetchall() == [({odd: odd},)]

"""What lies between two servers: whole states, a folder that is there, a line that holds."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tend.store import maintenance
from tend.store.facts import entries, imports
from tend.store.home import engine, home, lake
from tend.store.workspace import Workspace, open_workspace
from tests.kit.companies import UNTIL, Companies
from tests.kit.home.sites import agree, sharing
from tests.kit.kills.full_disk import book, report, touch
from tests.store.derived.test_deltas import Steps
from tests.store.home.test_moving import refused
from tests.store.home.test_trouble import enter, notes


def still(workspace: Workspace) -> None:
    """Let a server look by itself no more, so that a test says when it looks."""
    assert workspace._follower is not None
    workspace._follower.close()


def test_what_is_taken_over_is_of_one_state(
    two: list[Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit that comes while another is taken over is not seen in halves."""
    here, there = two
    still(there)
    here.set("grace_days", 21)
    take = home.Home.take

    def late(self: home.Home, cursor: Any, news: home.News) -> None:
        monkeypatch.setattr(home.Home, "take", take)
        here.set("grace_days", 22)
        take(self, cursor, news)

    monkeypatch.setattr(home.Home, "take", late)
    there.catch_up()
    assert there.settings.grace_days == 21
    there.catch_up()
    assert there.settings.grace_days == 22
    assert agree(here, there)


def test_health_follows_what_a_refused_writer_has_seen(companies: Companies, address: str) -> None:
    """Who is refused has taken over what others kept, and that is followed all the same."""
    with sharing(companies.sample(customers=20, until=UNTIL), address) as (here, there):
        still(there)
        before = there.settings
        here.set("health_fewest_renewed", 7)
        wanted = before.changed("health_fewest_renewed", 9)
        refused("settings_moved", lambda: there.define(wanted, base=before))
        assert there.settings.health_fewest_renewed == 7
        assert maintenance.verify(there) == []


def test_a_folder_that_is_away_takes_and_gives_nothing(
    two: list[Workspace], tmp_path: Path
) -> None:
    """A share that is not mounted leaves an empty folder: nothing is written into that."""
    here, there = two
    still(there)
    enter(here, "before")
    (tmp_path / "w-files").rename(tmp_path / "away")
    (tmp_path / "w-files").mkdir()
    refused("home_folder", enter, here, "meanwhile")
    refused("home_folder", lambda: report(imports.import_file(here, book(tmp_path, "b", 3000))))
    refused("home_folder", there.catch_up)
    assert list((tmp_path / "w-files").iterdir()) == []
    assert notes(here) == ["before"]
    (tmp_path / "w-files").rmdir()
    (tmp_path / "away").rename(tmp_path / "w-files")
    report(imports.import_file(here, book(tmp_path, "b", 3000)))
    there.catch_up()
    assert agree(here, there)


def test_who_waits_for_long_is_told(two: list[Workspace], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where others write for minutes, a writer is told to try again, and then can."""
    here, there = two
    monkeypatch.setattr(lake, "_PATIENCE_SECONDS", 1)
    with there.turn():
        refused("home_busy", enter, here, "busy")
    enter(here, "after")
    assert notes(here) == ["after"]


def test_who_lost_the_line_overruns_nobody(two: list[Workspace]) -> None:
    """A writer whose lock went with its line sees that another came between, and does it anew."""
    here, there = two
    still(there)

    def overtaken() -> None:
        with here.writing("edit") as cursor:
            assert there.home is not None
            with there.home.lake.opened() as opened:
                engine.told(
                    opened,
                    "select pg_terminate_backend(pid) from pg_locks"
                    " where locktype = 'advisory' and granted",
                )
            enter(there, "between")
            cursor.execute("insert into customers_apart select * from customers_apart")

    refused("home_moved", overtaken)
    enter(here, "after")
    there.catch_up()
    assert agree(here, there)
    assert notes(here) == ["after", "between"]


def test_small_changes_put_together_stay_what_they_are(
    two: list[Workspace], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Rows that lie in the catalogue, in files, taken back in either (ducklake#1074, #917)."""
    here, there = two
    monkeypatch.setattr(engine, "INLINED", 3)
    monkeypatch.setattr(lake, "_READ_FOR", "0 seconds")
    for one in two:
        assert one.home is not None
        one.home.lake.close()
    chance = random.Random(7)
    ways: list[Callable[[int], object]] = [
        lambda n: entries.enter(here, "touches", [touch(str(n))]),
        lambda n: entries.enter(there, "touches", [touch(f"{n} {m}") for m in range(5)]),
        lambda n: report(imports.import_file(here, book(tmp_path, f"b{n}", 4))),
        lambda _: imports.undo(there, chance.randint(1, _last(there))),
        lambda n: here.set("currency_rates", {"USD": 7 + n / 10}),
        lambda n: there.set("grace_days", 10 + n % 2),
    ]
    enter(here, "first")
    for number in range(24):
        chance.choice(ways)(number)
        if number % 6 == 5:
            with here.turn():
                assert here.home is not None
                here.home.lake.tidy()
            assert here.unlike_home() == [], number
    assert agree(here, there)
    assert maintenance.verify(here) == maintenance.verify(there) == []


def _last(workspace: Workspace) -> int:
    workspace.catch_up()
    with workspace.whole_cursor() as cursor:
        row = cursor.execute("select max(import_id) from imports where undone_at is null")
        return int(row.fetchall()[0][0])


@pytest.mark.parametrize("seed", range(2))
def test_any_order_of_things_is_the_same_at_both(
    seed: int, companies: Companies, address: str, tmp_path: Path
) -> None:
    """Imports, entries, undos, merges and settings at either server; several taken over at once."""
    chance = random.Random(seed)
    folder = companies.sample(customers=20, until=UNTIL)
    with sharing(folder, address) as servers:
        still(servers[1])
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
        both = [
            Steps(one, tmp_path / name, chance) for one, name in zip(servers, "ab", strict=True)
        ]
        for _ in range(10):
            chance.choice(both).happen()
        for one in servers:
            one.catch_up()
        assert agree(*servers)
        for one in servers:
            assert maintenance.verify(one) == []
            folder = one.path
    with open_workspace(folder) as again:
        assert again.unlike_home() == []

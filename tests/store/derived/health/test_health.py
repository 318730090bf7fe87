"""What is kept of health follows facts and definition, whoever reads or writes meanwhile."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tend.language.errors import TendError
from tend.people.person import Person
from tend.queries import asking
from tend.settings.company import Settings
from tend.store import maintenance
from tend.store.facts import imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.comparing import differences
from tests.kit.processes import wait_until
from tests.kit.samples.health_stories import (
    Story,
    by_oracle,
    ticket,
    workspace_of,
    write,
)
from tests.kit.samples.used_team import LAST, MONTHS, NAMES, company, used_in
from tests.oracle.facts.days import add_months, month_end
from tests.oracle.facts.signals import Signals
from tests.oracle.health.standings import INDICATORS, Definition

ASKED = ("health", "score_limits", "movement_grid", "usage_states", "health_alerts")
WEIGHT = "health_indicators.breadth.weight"
TABLES = (
    *("health_months", "health_values", "health_limits", "health_levels", "health_path"),
    *("health_contracts", "health_renewals", "health_indicators", "health_inputs"),
)


def weighed(story: Story, weight: float) -> Story:
    """Give the story with another weight of breadth."""
    changed = [replace(o, weight=weight if o.name == "breadth" else 1.0) for o in INDICATORS]
    return replace(story, definition=Definition(tuple(changed)))


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Workspace]:
    """Give the company's workspace."""
    with workspace_of(tmp_path, company(MONTHS)) as opened:
        yield opened


def answers(workspace: Workspace, day: date = LAST) -> dict[str, list[dict[str, Any]]]:
    """Ask everything that is asked here."""
    view = View(day)
    return {name: asking.run(workspace, name, view).to_pylist() for name in ASKED}


def kept(workspace: Workspace, until: date | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Give the rows of health, or those of its months before a day."""
    limit = "" if until is None else f" where month < '{until}'"
    names = TABLES if until is None else ("health_months",)
    with workspace.cursor() as cursor:
        return {
            name: cursor.execute(f"from {name}{limit} order by all").fetchall() for name in names
        }


def scores(workspace: Workspace) -> dict[date, list[float | None]]:
    """Give the outcome scores of each month."""
    with workspace.cursor() as cursor:
        rows = cursor.execute(
            "select month, list(outcome_score order by customer_id) from health_months group by all"
        ).fetchall()
    return dict(rows)


def test_a_weight_rescores_every_month(team: Workspace) -> None:
    """Another weight: each month has other scores, those of the second calculation, all sound."""
    before = scores(team)
    team.seen_by(Person("Ann")).set(WEIGHT, 3.0)
    after = scores(team)
    since = [month_end(add_months(LAST.replace(day=1), -n)) for n in range(14, -1, -1)]
    assert sorted(before) == sorted(after) == since  # every month from the first contract's on
    assert all(before[month] != after[month] for month in MONTHS)
    told = by_oracle(weighed(company(MONTHS), 3.0))
    for month in MONTHS:
        rows = asking.run(team, "health", View(month)).to_pylist()
        assert differences("health", rows, told.rows("health", View(month))) == []
    assert maintenance.verify(team) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (WEIGHT, 3.0),
        ("health_indicators.depth.is_on", False),
        ("health_average_from", {"outcome": 70}),
    ],
)
def test_a_rehearsal_tells_the_truth(team: Workspace, key: str, value: object) -> None:
    """A draft is answered as it will be once it is set, and nothing of it is kept."""
    before, version, now = kept(team), team.version, answers(team)
    draft = team.settings.changed(key, value)
    found = asking.rehearse(team, draft, View(LAST), ASKED)
    assert kept(team) == before
    assert (team.version, team.settings) == (version, Settings())
    assert answers(team) == now
    team.seen_by(Person("Ann")).define(draft)
    told = answers(team)
    assert {name: rows.to_pylist() for name, rows in found.items()} == told
    assert told != now


@pytest.mark.parametrize(("key", "value"), [("north_star", "active_users"), ("grace_days", 0)])
def test_what_decides_the_reading_makes_all_anew(team: Workspace, key: str, value: object) -> None:
    """A setting that decides what is read makes every month anew."""
    before = kept(team)["health_inputs"]
    team.seen_by(Person("Ann")).set(key, value)
    after = kept(team)["health_inputs"]
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert maintenance.verify(team) == []


def test_two_tickets_that_change_days_are_seen(tmp_path: Path) -> None:
    """A correction that gives two tickets each other's day of opening is another health."""
    days = [f"{MONTHS[2]:%Y-%m}-{day}" for day in ("01", "19", "20")]
    opened = [ticket(NAMES[n], days[n], days[2]) for n in (0, 1)]
    corrected = [ticket(NAMES[n], days[1 - n], days[2]) for n in (0, 1)]
    story = company(MONTHS)
    story = replace(story, signals=replace(story.signals, tickets=opened))
    with workspace_of(tmp_path, story) as workspace:
        path = write(tmp_path, Story([], signals=Signals(tickets=corrected)))
        assert imports.import_file(workspace, path).error is None
        assert maintenance.verify(workspace) == []


def test_versions_are_kept_and_go_back(team: Workspace) -> None:
    """Each change is a version with its author; going back to one gives its health again."""
    first = kept(team)
    team.seen_by(Person("Ann")).set(WEIGHT, 3.0)
    second = kept(team)
    other = team.settings.changed("health_margin", 9).changed("grace_days", 30)
    team.seen_by(Person("Bo")).define(other)
    found = [(one.number, one.keys, one.changed_by) for one in team.versions()]
    assert found == [
        (2, ("grace_days", "health_margin"), "Bo"),
        (1, ("health_indicators",), "Ann"),
    ]
    assert [one.keys for one in team.versions("health_m")] == [("health_margin",)]
    assert team.settings_at(0) == Settings()
    assert team.settings_at(2) == team.settings
    for unknown in (-1, 3):
        with pytest.raises(TendError):
            team.settings_at(unknown)
    team.seen_by(Person("Ann")).define(team.settings_at(1))
    assert kept(team) == second
    team.seen_by(Person("Ann")).define(team.settings_at(0))
    assert kept(team) == first
    assert [one.number for one in team.versions()] == [4, 3, 2, 1]
    assert maintenance.verify(team) == []


def test_another_month_leaves_the_past_alone(tmp_path: Path, team: Workspace) -> None:
    """Usage of one more month changes no month before it; in the end all is as if at once."""
    folder = tmp_path / "later"
    folder.mkdir()
    with workspace_of(folder, company(MONTHS[:3])) as growing:
        before = kept(growing, MONTHS[3])
        last = kept(growing)
        assert imports.import_file(growing, more(folder)).error is None
        assert kept(growing, MONTHS[3]) == before
        assert kept(growing) == kept(team) != last
        assert maintenance.verify(growing) == []


def test_readers_get_the_old_or_the_new(team: Workspace) -> None:
    """While a definition is being changed, each answer is that of one of the two; none fails."""
    view, done = View(LAST, MONTHS[1], LAST), threading.Event()
    found: list[Any] = []
    errors: list[BaseException] = []

    def ask() -> Any:
        parts = dict.fromkeys(("direction", "from_quadrant", "to_quadrant"))
        return [
            asking.run(team, "health", view).to_pylist(),
            asking.run(team, "movement_customers", view, **parts).to_pylist(),
        ]

    def read() -> None:
        try:
            while not done.is_set():
                found.append(ask())
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must show it
            errors.append(error)

    old = ask()
    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    team.seen_by(Person("Ann")).set(WEIGHT, 5.0)
    new = ask()
    team.seen_by(Person("Ann")).set(WEIGHT, 1.0)
    done.set()
    for reader in readers:
        reader.join(60)
    assert errors == []
    assert len(found) > 2
    assert old[0] != new[0]
    for place in (0, 1):
        assert all(answer[place] in (old[place], new[place]) for answer in found)
    assert ask() == old


def test_what_is_written_meanwhile_is_followed_up(tmp_path: Path, team: Workspace) -> None:
    """An import that is committed while health is being made is in it in the end."""
    folder = tmp_path / "later"
    folder.mkdir()
    path = more(folder)
    with workspace_of(folder, company(MONTHS[:3])) as growing:
        shares: list[float] = []
        importing = threading.Thread(target=lambda: imports.import_file(growing, path))

        def tell(step: str, share: float) -> None:
            if step != "health":
                return
            shares.append(share)
            if len(shares) == 3:
                version = growing.version
                importing.start()
                wait_until(lambda: growing.version > version)

        growing.seen_by(Person("Ann")).define(growing.settings.changed(WEIGHT, 3.0), progress=tell)
        importing.join(60)
        again = [one for one, before in zip(shares[1:], shares, strict=False) if one < before]
        assert again, "nothing was followed up"
        team.seen_by(Person("Ann")).set(WEIGHT, 3.0)
        assert kept(growing) == kept(team)
        assert maintenance.verify(growing) == []


def more(folder: Path) -> Path:
    """Write the usage of the last month to a file of its own."""
    (target := folder / "more").mkdir()
    return write(target, Story([], signals=used_in(MONTHS[3])))


def test_where_health_cannot_follow_the_facts_stand(tmp_path: Path) -> None:
    """A table of health is gone: files go in, the workspace opens, and `verify` says what is so."""
    with workspace_of(tmp_path, company(MONTHS[:3])) as workspace:
        folder = workspace.path
        with workspace.deriving() as cursor:
            cursor.execute("drop table health_levels")
        assert imports.import_file(workspace, more(tmp_path)).error is None
        assert maintenance.verify(workspace)[0].startswith("health_fails")
        assert workspace.is_health_behind
    with open_workspace(folder) as workspace:
        assert asking.run(workspace, "renewals", View(LAST)).num_rows == len(NAMES)

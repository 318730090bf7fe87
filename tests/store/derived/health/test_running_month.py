"""Health of a day in the month that is running: no month end tells of what was entered since."""

import contextlib
import random
from datetime import date, timedelta

import duckdb
import pytest

from tend.language.errors import TendError
from tend.queries import asking
from tend.settings.company import Settings
from tend.store.derived.health import check, daily, of_few
from tend.store.derived.health.daily import TABLES, HealthDays
from tend.store.derived.health.of_few import Tables
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import Companies

UNTIL = date.today()
# A month end is kept; any other day is scored when it is asked for.
IS_MONTH_END = (UNTIL + timedelta(days=1)).day == 1
STEPS = 12


def test_an_answer_of_today_counts_today(companies: Companies) -> None:
    """An answer after an entry of today is that of a workspace that kept nothing."""
    today = View(date.today())
    with open_workspace(companies.sample(customers=40, until=date.today())) as workspace:
        before = asked(workspace, today)
        words = asking.words("health_on_day")
        stands = workspace.snapshots.marks(workspace).of(words)
        for number in range(1, 6):
            fact = {"customer_id": f"C000{number}", "answered_on": today.as_of, "nps": 0.0}
            entries.enter(workspace, "surveys", [fact | {"respondent": "Ann"}])
        later = asked(workspace, today)
        assert workspace.snapshots.marks(workspace).of(words) > stands
        path = workspace.path
    with open_workspace(path) as workspace:
        assert later == asked(workspace, today)
    assert later != before


def test_few_are_scored_anew(companies: Companies, wholly: list[date]) -> None:
    """After what few customers were touched by, all stands as if everybody had been scored."""
    with open_workspace(companies.sample(until=UNTIL)) as workspace:
        customer = _named(workspace)[0]
        before = _stands(workspace, workspace.health_days)
        _enter(workspace, "touches", customer, touched_on=UNTIL, kind="call")
        later = _stands(workspace, workspace.health_days)
        assert wholly == ([] if IS_MONTH_END else [UNTIL])
        assert later != before
        assert later == _stands(workspace, HealthDays())


def test_where_the_newest_touch_is_another_all_are_scored(
    companies: Companies, wholly: list[date]
) -> None:
    """Windows of everybody end with the newest touch where it is long ago (M36)."""
    with open_workspace(companies.sample(until=UNTIL - timedelta(days=60))) as workspace:
        customer = _named(workspace)[0]
        _stands(workspace, workspace.health_days)
        _enter(workspace, "touches", customer, touched_on=UNTIL, kind="call")
        later = _stands(workspace, workspace.health_days)
        assert len(wholly) == (0 if IS_MONTH_END else 2)
        assert later == _stands(workspace, HealthDays())
        assert check.differs(workspace) == []


def test_where_limits_are_learned_from_them_they_are_learned_again(
    companies: Companies, followed: list[str]
) -> None:
    """Touches before the day on which renewed customers are looked back on move everybody's."""
    with open_workspace(companies.sample(until=UNTIL)) as workspace:
        with workspace.cursor() as cursor:
            seen = cursor.execute(
                "select customer_id, max(day) from health_renewals group by all order by 2 desc"
            ).fetchmany(10)
            limits = cursor.execute("from health_limits order by all").fetchall()
        touched = [
            {"customer_id": one, "touched_on": day - timedelta(days=number), "kind": "call"}
            for one, day in seen
            for number in range(30)
        ]
        entries.enter(workspace, "touches", touched)
        assert followed == ["months"]
        assert check.differs(workspace) == []
        with workspace.cursor() as cursor:
            assert limits != cursor.execute("from health_limits order by all").fetchall()


@pytest.mark.parametrize("seed", range(3))
def test_it_stands_as_if_all_were_scored(
    companies: Companies, wholly: list[date], followed: list[str], seed: int
) -> None:
    """After any entries, undos and settings a day is as it is where nothing was kept of it."""
    chance = random.Random(seed)
    alone: list[str] = []
    with open_workspace(companies.sample(until=UNTIL)) as workspace:
        customers = chance.sample(_named(workspace), 6)
        _stands(workspace, workspace.health_days)
        for step in range(STEPS):
            _happens(workspace, chance, customers)
            if step % 2:
                del wholly[:]
                kept = _stands(workspace, workspace.health_days)
                alone += [] if wholly else ["day"]
                assert kept == _stands(workspace, HealthDays()), step
                assert check.differs(workspace) == [], step
    assert {*alone, *followed} == {"day", "months"}  # else this would show nothing


def _happens(workspace: Workspace, chance: random.Random, customers: list[str]) -> None:
    day = UNTIL - timedelta(days=chance.choice((0, 0, 0, 40)))
    customer = chance.choice(customers)
    way = chance.randrange(12)
    if way < 6:
        _enter(workspace, "touches", customer, touched_on=day, kind="call")
    elif way < 10:
        _enter(workspace, "surveys", customer, answered_on=day, nps=float(chance.randrange(11)))
    elif way < 11:
        with contextlib.suppress(TendError):
            imports.undo(workspace, chance.randrange(5, 15))
    else:
        workspace.set("health_indicators.engagement.weight", 1.0 + chance.random())


def _enter(workspace: Workspace, dataset: str, customer: str, **fact: object) -> None:
    entries.enter(workspace, dataset, [{"customer_id": customer, **fact}])


def _named(workspace: Workspace) -> list[str]:
    with workspace.cursor() as cursor:
        found = cursor.execute(
            "select distinct customer_id from stg_contracts"
            " where start_date < $day and end_date > $day order by all",
            {"day": UNTIL},
        )
        return [customer for (customer,) in found.fetchall()]


def _stands(workspace: Workspace, days: HealthDays) -> list[list[tuple[object, ...]]]:
    marks = workspace.snapshots.marks(workspace)
    with days.on_days(workspace, [UNTIL], marks) as name, workspace.whole_cursor() as cursor:
        return [cursor.execute(f"from {name}.{t} order by all").fetchall() for t in TABLES]


@pytest.fixture
def wholly(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """Tell of which days all customers were scored."""
    found: list[date] = []
    score = daily._score

    def told(cursor: duckdb.DuckDBPyConnection, settings: Settings, day: date) -> Tables:
        found.append(day)
        return score(cursor, settings, day)

    monkeypatch.setattr(daily, "_score", told)
    return found


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Tell how often health of months that are kept followed for few customers alone."""
    found: list[str] = []
    update = of_few.update

    def told(opened: Workspace, few: of_few.Few, version: int, after: int) -> bool:
        is_all = update(opened, few, version, after)
        found.extend(["months"] if is_all else [])
        return is_all

    monkeypatch.setattr(of_few, "update", told)
    return found


def asked(workspace: Workspace, view: View) -> list[dict[str, object]]:
    """Give health of a day."""
    rows: list[dict[str, object]] = asking.run(workspace, "health_on_day", view).to_pylist()
    return rows

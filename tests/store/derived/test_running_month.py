"""Health of a day in the month that is running: no month end tells of what was entered since."""

import contextlib
import random
from datetime import date, timedelta

import duckdb
import pytest

from tend.language.errors import TendError
from tend.queries import asking
from tend.settings.company import Settings
from tend.store.derived import health_days
from tend.store.derived.health_days import TABLES, HealthDays
from tend.store.derived.health_of_few import Tables
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import Companies

# An entry of today is in no month end yet, but on the last of a month.
UNTIL = date.today()
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


@pytest.mark.skipif(IS_MONTH_END, reason="today is a month end, which is kept")
def test_few_are_scored_anew(companies: Companies, wholly: list[date]) -> None:
    """After what few customers were touched by, all stands as if everybody had been scored."""
    with open_workspace(companies.sample(until=UNTIL)) as workspace:
        customer = _named(workspace)[0]
        before = _stands(workspace, workspace.health_days)
        _enter(workspace, "touches", customer, touched_on=UNTIL, kind="call")
        later = _stands(workspace, workspace.health_days)
        assert wholly == [UNTIL]
        assert later != before
        assert later == _stands(workspace, HealthDays())
        # where the newest touch of all is another one, windows end elsewhere for everybody
        _enter(workspace, "touches", customer, touched_on=UNTIL + timedelta(days=1), kind="call")
        assert _stands(workspace, workspace.health_days) == _stands(workspace, HealthDays())


@pytest.mark.skipif(IS_MONTH_END, reason="today is a month end, which is kept")
@pytest.mark.parametrize("seed", range(3))
def test_it_stands_as_if_all_were_scored(
    companies: Companies, wholly: list[date], seed: int
) -> None:
    """After any entries, undos and settings a day is as it is where nothing was kept of it."""
    chance = random.Random(seed)
    alone = 0
    with open_workspace(companies.sample(until=UNTIL)) as workspace:
        customers = chance.sample(_named(workspace), 6)
        _stands(workspace, workspace.health_days)
        for step in range(STEPS):
            _happens(workspace, chance, customers)
            if step % 2:
                wholly.clear()
                kept = _stands(workspace, workspace.health_days)
                alone += not wholly
                assert kept == _stands(workspace, HealthDays()), step
    assert alone  # else this would show nothing


def _happens(workspace: Workspace, chance: random.Random, customers: list[str]) -> None:
    day = UNTIL - timedelta(days=chance.choice((0, 0, 0, 0, 0, 30)))
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
    score = health_days._score

    def told(cursor: duckdb.DuckDBPyConnection, settings: Settings, day: date) -> Tables:
        found.append(day)
        return score(cursor, settings, day)

    monkeypatch.setattr(health_days, "_score", told)
    return found


def asked(workspace: Workspace, view: View) -> list[dict[str, object]]:
    """Give health of a day."""
    rows: list[dict[str, object]] = asking.run(workspace, "health_on_day", view).to_pylist()
    return rows

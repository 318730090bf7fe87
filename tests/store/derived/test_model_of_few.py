"""Tables of the model are brought up to date for few where they lie: as if made anew of all."""

import random
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

import duckdb
import pytest

from tend.language.errors import TendError
from tend.store.derived import model, model_of_few, sqlfiles
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace
from tests.kit.derived.rebuilt import FILES, unlike_made_anew

AS_OF = date(2026, 6, 30)
DAYS = (AS_OF, date(2026, 3, 15), date(2027, 2, 1))
KNOWN, STEPS = 4, 5
FOLLOWING = {file.name for file in FILES if file.follows and not file.is_macro}


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    """Give a few customers, each with contracts one after the other, and what was done for them."""
    names = [f"C{number}" for number in range(KNOWN)]
    listed = [{"customer_id": one, "customer_name": one, "name_key": one.lower()} for one in names]
    years = [(one, year) for one in names for year in (2024, 2025, 2026)]
    sold = [
        {
            "customer_id": one,
            "contract_id": f"{one}-{year}",
            "start_date": date(year, 1, 1),
            "end_date": date(year, 12, 31),
            "amount": 1_000.0 * (year - 2020) + len(one),
        }
        for one, year in years
    ]
    with workspace.together():
        entries.enter(workspace, "customers", listed)
        entries.enter(workspace, "contracts", sold)
        entries.enter(workspace, "touches", [_touch("C0"), _touch("C1")])
    return workspace


@pytest.mark.parametrize("seed", range(3))
def test_what_is_brought_up_to_date_is_as_made_anew(company: Workspace, seed: int) -> None:
    """After any entries, undos and settings, on any day, each table holds what all would give."""
    chance = random.Random(seed)
    ways = _ways(company, chance)
    assert unlike_made_anew(company, DAYS) == []
    for step in range(STEPS):
        for _ in range(chance.choice((1, 1, 3))):
            try:
                chance.choice(ways)()
            except TendError:  # an import that is undone already
                continue
        assert unlike_made_anew(company, DAYS) == [], step


def test_a_touch_makes_no_table_anew_that_follows_by_customer(
    company: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is made anew of all after a touch is small, and of all by what it says."""
    entries.enter(company, "touches", [_touch("C2")])
    assert unlike_made_anew(company, DAYS) == []
    anew: list[str] = []
    make = model.make

    def noted(
        cursor: duckdb.DuckDBPyConnection,
        files: Iterable[sqlfiles.SqlFile],
        given: Mapping[str, object],
    ) -> None:
        files = list(files)
        anew.extend(file.name for file in files if not file.is_macro)
        make(cursor, files, given)

    monkeypatch.setattr(model, "make", noted)
    entries.enter(company, "touches", [_touch("C3")])
    with company.snapshots.lend(company, AS_OF, FILES) as (cursor, _):
        told = cursor.execute("select customer_id from last_touches order by all").fetchall()
    assert [name for (name,) in told] == ["C0", "C1", "C2", "C3"]
    assert "reach" in anew
    assert not FOLLOWING & {*anew}


def test_a_file_follows_by_a_key_that_its_table_has(company: Workspace) -> None:
    """What a header says of a table can be looked up in it."""
    assert {"last_touches", "task_states", "stages_told", "process"} <= FOLLOWING
    with company.snapshots.lend(company, AS_OF, FILES) as (cursor, _):
        for file in FILES:
            if file.name in FOLLOWING:
                assert file.follows in model_of_few.KEYS, file.name
                cursor.execute(f"select {file.follows} from {file.name}")


def _ways(workspace: Workspace, chance: random.Random) -> list[Callable[[], object]]:
    """Give what may happen: it is drawn when it does."""

    def enter(dataset: str, day: str, *more: str, **choices: object) -> Callable[[], object]:
        def act() -> int:
            drawn = {
                name: chance.choice(one) if isinstance(one, tuple) else one
                for name, one in choices.items()
            }
            when = {one: AS_OF - timedelta(days=chance.randrange(-40, 140)) for one in (day, *more)}
            fact = {"customer_id": f"C{chance.randrange(KNOWN)}", **when, **drawn}
            return entries.enter(workspace, dataset, [fact])

        return act

    contracts = (None, *(f"C{one}-{year}" for one in range(KNOWN) for year in (2025, 2026)))
    return [
        enter("touches", "touched_on", kind="call"),
        enter("touches", "touched_on", kind="call"),
        enter("surveys", "answered_on", nps=(1.0, 9.0)),
        enter("stages", "entered_on", contract_id=contracts, stage=("plan", "quote")),
        enter("stages", "entered_on", contract_id=contracts, stage=("plan", "quote")),
        enter("calls", "called_on", contract_id=contracts, call=("commit", "lost")),
        enter(
            "tasks",
            "made_on",
            "due_on",
            task_id=("T1", "T2", "T3"),
            task="call them",
            cause=(None, "sop", "not_touched", "first_visit"),
            about=("2026-05", "large/critical"),
        ),
        enter("tickets", "opened_on", ticket_id=("A", "B")),
        enter("contracts", "start_date", contract_id=("C1-2026", "X"), amount=(9.0, 9_000.0)),
        lambda: imports.undo(workspace, chance.randint(3, 12)),
        lambda: workspace.set("forgotten_days", chance.randint(1, 60)),
    ]


def _touch(name: str) -> dict[str, object]:
    return {"customer_id": name, "touched_on": AS_OF, "kind": "call"}

"""Facts of few customers are folded where they lie: as if all had been made anew."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tend.acts import merges
from tend.language.errors import TendError
from tend.schema import DATASETS
from tend.store import maintenance
from tend.store.derived import in_place
from tend.store.facts import entries, imports
from tend.store.workspace import Workspace

FIRST = date(2026, 1, 1)
KNOWN, STEPS, LOOKS_EVERY = 5, 24, 4
Fact = dict[str, object]


@pytest.fixture
def company(workspace: Workspace) -> Workspace:
    """Give five customers that a list names, and their use, which gives only their ids."""
    names = [f"C{number}" for number in range(KNOWN)]
    listed = [{"customer_id": n, "customer_name": n, "name_key": n.lower()} for n in names]
    month = {"period_start": FIRST, "period_end": date(2026, 1, 31), "granularity": "month"}
    used = [{"customer_id": n, "measure": "users", "value": 3.0, **month} for n in names]
    with workspace.together():
        entries.enter(workspace, "customers", listed)
        entries.enter(workspace, "usage", used)
    return workspace


def test_few_facts_change_where_they_lie(company: Workspace) -> None:
    """A touch leaves the table where it is, with the touches of others; its undo does as well."""
    _enter(company, "touches", "C1", touched_on=FIRST, kind="call")
    place = _place(company, "stg_touches")
    number = _enter(company, "touches", "C2", touched_on=FIRST, kind="visit", hours=2.0)
    assert _facts(company, "touches") == [("C1", None), ("C2", 2.0)]
    _enter(company, "touches", "C2", touched_on=FIRST, kind="visit", hours=3.0)
    assert _facts(company, "touches") == [("C1", None), ("C2", 3.0)]
    with company.together():
        imports.undo(company, number + 1)
        imports.undo(company, number)
    assert _facts(company, "touches") == [("C1", None)]
    assert _place(company, "stg_touches") == place


def test_who_is_new_is_a_customer(company: Workspace) -> None:
    """An entry for somebody nobody knows makes a customer, who is gone with it."""
    number = _enter(company, "touches", "C99", touched_on=FIRST)
    assert _count(company, "customer_id = 'C99'") == 1
    _enter(company, "surveys", "C99", answered_on=FIRST, nps=9.0)
    with company.together():
        imports.undo(company, number)
    assert _count(company, "customer_id = 'C99'") == 1  # the answer still names it
    with company.together():
        imports.undo(company, number + 1)
    assert _count(company, "customer_id = 'C99'") == 0
    assert _other_than_rebuilt(company) == []


def test_a_label_is_spelled_as_most_rows_write_it(company: Workspace) -> None:
    """Whose own rows say nothing new follows, too: a contract where customers tip the scales."""
    _enter(company, "customers", "C0", industry="retail")
    _enter(company, "contracts", "C0", contract_id="K1", start_date=FIRST, product="seats")
    place = _place(company, "stg_contracts")
    named: list[Fact] = [{"customer_id": one, "industry": "Retail"} for one in ("C1", "C2")]
    entries.enter(company, "customers", named)
    assert _spelled(company) == ("Retail", "seats")
    assert _place(company, "stg_contracts") == place  # no contract has an industry
    own: list[Fact] = [{**one, "extra": [("product", "Seats")]} for one in named]
    number = entries.enter(company, "customers", own)
    assert _spelled(company) == ("Retail", "Seats")
    assert _other_than_rebuilt(company) == []
    imports.undo(company, number)
    assert _spelled(company) == ("Retail", "seats")


def test_who_pays_in_the_last_month_of_all_still_runs(company: Workspace) -> None:
    """A month that somebody else pays for ends what does not reach it."""
    january = {"start_date": FIRST, "end_date": date(2026, 1, 31)}
    february = {"start_date": date(2026, 2, 1), "end_date": date(2026, 2, 28)}
    paid = {"amount_basis": "month", "amount": 9.0}
    _enter(company, "contracts", "C1", **january, **paid)
    assert _ends(company) == [("C1", None)]
    number = _enter(company, "contracts", "C2", **february, **paid)
    assert _ends(company) == [("C1", date(2026, 1, 31)), ("C2", None)]
    assert _other_than_rebuilt(company) == []
    imports.undo(company, number)
    assert _ends(company) == [("C1", None)]


def test_whose_facts_change_is_noted_of_each_data_set(company: Workspace) -> None:
    """Health and the model follow by it: whose, and from the day of the fact on."""
    facts: dict[str, Fact] = {
        "customers": {"csm": "Ann"},
        "contracts": {"contract_id": "K1", "start_date": FIRST, "signed_date": FIRST},
        "usage": {"measure": "users", "period_start": FIRST, "period_end": FIRST, "value": 9.0},
        "surveys": {"answered_on": FIRST, "nps": 9.0},
        "touches": {"touched_on": FIRST, "kind": "call"},
        "stages": {"entered_on": FIRST, "contract_id": "K1", "stage": "plan"},
        "calls": {"called_on": FIRST, "contract_id": "K1", "call": "lost"},
        "tickets": {"opened_on": FIRST, "ticket_id": "T1"},
        "tasks": {"made_on": FIRST, "task_id": "A1", "task": "call them"},
        "decisions": {"decided_on": FIRST, "decision_id": "D1", "decision": "no"},
    }
    assert facts.keys() == DATASETS.keys() - {"notebooks"}  # they are of no customer
    for dataset, fact in facts.items():
        before = company.version
        _enter(company, dataset, "C1", **fact)
        with company.cursor() as cursor:
            noted = in_place.whose(cursor, {f"stg_{dataset}"}, before)
        since = FIRST if dataset != "customers" else date.min
        assert noted == {"C1": since}, dataset


@pytest.mark.parametrize("seed", range(3))
def test_in_place_is_as_rebuilt(company: Workspace, seed: int) -> None:
    """After any sequence of entries, undos and merges the facts are those made from all rows."""
    chance = random.Random(seed)
    ways = _ways(company, chance)
    with company.together():
        for step in range(STEPS):
            try:
                chance.choice(ways)()
            except TendError:  # an import that is undone already, a merge in a circle
                continue
            if step % LOOKS_EVERY == 0:
                assert _other_than_rebuilt(company) == [], step


def _ways(workspace: Workspace, chance: random.Random) -> list[Callable[[], object]]:
    """Give what may happen: it is drawn when it does."""

    def entered(dataset: str, day: str, **fact: object) -> Callable[[], object]:
        def enter() -> int:
            own = {name: one() if callable(one) else one for name, one in fact.items()}
            when = FIRST + timedelta(days=chance.randrange(2))
            return _enter(workspace, dataset, _somebody(chance), **{day: when}, **own)

        return enter

    def undo() -> None:
        imports.undo(workspace, chance.randint(3, 12))

    return [
        entered("touches", "touched_on", kind="call"),
        entered("surveys", "answered_on", nps=lambda: chance.choice((1.0, 9.0))),
        entered("stages", "entered_on", contract_id="K1", stage="plan"),
        entered("calls", "called_on", contract_id="K1", call="lost"),
        entered("tasks", "due_on", task="call them"),
        entered("decisions", "decided_on", decision="no"),
        entered("contracts", "start_date", contract_id="K1", amount=9.0),
        undo,
        undo,
        lambda: merges.merge(workspace, _somebody(chance), _somebody(chance)),
        lambda: merges.unmerge(workspace, _somebody(chance)),
    ]


def _somebody(chance: random.Random) -> str:
    return f"C{chance.randrange(KNOWN + 1)}"  # the last is in no list


def _enter(workspace: Workspace, dataset: str, customer: str, **fact: object) -> int:
    with workspace.together():
        return entries.enter(workspace, dataset, [{"customer_id": customer, **fact}])


def _facts(workspace: Workspace, dataset: str) -> list[tuple[object, ...]]:
    with workspace.cursor() as cursor:
        return cursor.execute(
            f"select customer_id, hours from stg_{dataset} order by all"
        ).fetchall()


def _spelled(workspace: Workspace) -> object:
    """Give how the industry and the product of C0 are spelled."""
    with workspace.cursor() as cursor:
        asked = "select industry, product from stg_customers join stg_contracts using (customer_id)"
        return cursor.execute(asked).fetchone()


def _ends(workspace: Workspace) -> list[tuple[object, ...]]:
    with workspace.cursor() as cursor:
        return cursor.execute(
            "select customer_id, end_date from stg_contracts order by all"
        ).fetchall()


def _count(workspace: Workspace, which: str) -> int:
    with workspace.cursor() as cursor:
        found = cursor.execute(f"select count(*) from stg_customers where {which}").fetchone()
    assert found is not None
    return int(found[0])


def _place(workspace: Workspace, table: str) -> object:
    with workspace.cursor() as cursor:
        asked = "select table_oid from duckdb_tables() where table_name = ?"
        return cursor.execute(asked, [table]).fetchone()


def _other_than_rebuilt(workspace: Workspace) -> list[str]:
    """Name the tables of facts that are not what is made from all rows; nothing is kept."""
    with workspace.rehearsing() as cursor:
        return maintenance.unlike_rebuilt(cursor)

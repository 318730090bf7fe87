"""What somebody gets of their customers is what a workspace of these customers alone would tell."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tend.people.person import Person
from tend.queries import asking, library
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import Companies
from tests.kit.samples import planted

# A day gone by, with contracts of the window that are decided and such as are open.
VIEW = View(date(2026, 3, 31), date(2025, 10, 1), date(2026, 9, 30))
# What is not what a workspace of the own customers alone would tell, each with the reason. All of
# it is still what who sees all gets of these customers.
BY_LIMITS = {  # where a number is good or bad is learned from all customers
    *("customer", "customer_health", "customer_indicators", "customer_move", "customer_timeline"),
    *("customers", "customers_summary", "four_goals", "health", "health_alerts"),
    *("health_backtest", "health_calibration", "health_distribution", "health_flows"),
    *("health_indicators", "health_on_day", "health_steadiness", "movement_customers"),
    *("movement_grid", "movement_summary", "priorities", "quadrant_movement"),
    *("score_distribution", "score_limits", "task_causes", "untouched", "usage_state_customers"),
    *("usage_states", "week_fell", "week_fell_list", "week_uncovered_list"),
}
BY_CHANCES = {  # what becomes of a contract is learned from all that were decided
    *("call_contracts", "call_outcomes", "call_record", "forecast_calibration", "forecast_check"),
    *("foretold_contracts", "renewal_forecast"),
}
# where rows lie in files, and by whom and when the files came in
BY_FILES = {"activity", "customer_log", "data_sets", "imported_sheets", "sources"}
BY_FILES |= {"week_decide_list"}
# What counts customers, and a filter does not part: these are counts of the own ones, also where
# one is held against its own kind, as that of two would tell the other's.
PARTED = {
    *("customer_indicators", "data_sets", "filter_options", "freshness", "health_distribution"),
    *("imported_sheets", "score_distribution", "usage_measures"),
}
# What a row tells of the list it stands in.
OF_THE_LIST = {"arr_share", "group_place", "group_arr", "group_customers"}


@pytest.fixture(scope="module")
def two(companies: Companies) -> Iterator[tuple[Workspace, Workspace, list[str]]]:
    """Give a random company as a CSM sees it, and a workspace of the CSM's customers alone."""
    company = planted.sheets(14, 23)
    [(csm, _)] = Counter(row["csm"] for row in company["customers"]).most_common(1)
    mine = planted.of_csm(company, csm)
    assert 2 < len(mine) < 8

    def files(folder: Path, name: str) -> list[Path]:
        told = company if name == "all" else planted.only(company, mine)
        return [planted.written(folder / f"{name}.xlsx", told)]

    folders = [
        companies.copy(f"planted {name}", lambda folder, name=name: files(folder, name))[0]  # type: ignore[misc]
        for name in ("all", "mine")
    ]
    whole, alone = (open_workspace(folder) for folder in folders)
    person = Person("Ann", "csm", "p1", csms=(csm,), sees_all=False)
    yield whole.seen_by(person), alone, mine
    whole.close()
    alone.close()


def ask(
    workspace: Workspace, query: library.Query, mine: list[str], view: View = VIEW
) -> list[dict[str, Any]]:
    """Ask with the parameters a query needs: of one of the own customers, and its contract."""
    given: dict[str, object] = {
        "dimensions": list(asking.dimensions(workspace)),
        "customer_id": mine[0],
        "contract_id": next(
            row["contract_id"]
            for row in asking.run(workspace, "renewals", VIEW).to_pylist()
            if row["customer_id"] in mine
        ),
        **({"dataset": "contracts", "key": mine[0]} if query.name == "sources" else {}),
    }
    own = {name: value for name, value in given.items() if name in query.parameters}
    rows: list[dict[str, Any]] = asking.run(workspace, query.name, view, **own).to_pylist()
    return rows


def plain(rows: list[dict[str, Any]]) -> list[str]:
    """Give rows as texts in an order; numbers to nine digits."""
    told = [
        {
            name: f"{v:.9g}" if isinstance(v, float) else str(v)
            for name, v in row.items()
            if name not in OF_THE_LIST
        }
        for row in rows
    ]
    return sorted(map(str, told))


@pytest.fixture(scope="module")
def own(two: tuple[Workspace, Workspace, list[str]]) -> Mapping[str, list[dict[str, Any]]]:
    """Give what the CSM gets of every named query."""
    seen, _, mine = two
    return {query.name: ask(seen, query, mine) for query in library.queries().values()}


def test_what_one_gets_is_the_unscoped_answer_cut_to_own_customers(
    two: tuple[Workspace, Workspace, list[str]], own: Mapping[str, list[dict[str, Any]]]
) -> None:
    """Every query: as who sees all gets it with a filter on the CSM, else its rows of these."""
    seen, _, mine = two
    whole, filtered = seen.seen_by(Person()), (("csm", seen.person.csms or ()),)
    faults = []
    for query in library.queries().values():
        # with filters decisions of nobody's customers are left out
        is_filtered = "filters" in query.parameters and query.name != "meeting_decisions"
        rows = ask(whole, query, mine, replace(VIEW, filters=filtered if is_filtered else ()))
        cut = [row for row in rows if is_filtered or row.get("customer_id", mine[0]) in mine]
        if query.name not in PARTED and plain(own[query.name]) != plain(cut):
            faults.append(query.name)
    assert faults == []
    assert sum(map(len, own.values())) > 500


def test_numbers_are_those_of_the_own_customers(
    two: tuple[Workspace, Workspace, list[str]], own: Mapping[str, list[dict[str, Any]]]
) -> None:
    """Where nothing is learned from all, and only there, a workspace of theirs tells the same."""
    _, alone, mine = two
    other = {
        query.name
        for query in library.queries().values()
        if plain(own[query.name]) != plain(ask(alone, query, mine))
    }
    assert other == BY_LIMITS | BY_CHANCES | BY_FILES

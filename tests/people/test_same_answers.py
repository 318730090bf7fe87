"""What somebody gets of their customers is what a workspace of these customers alone would tell."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tend.people.person import Person
from tend.queries import asking, library
from tend.store.workspace import Workspace, open_workspace
from tend.view import View
from tests.kit.companies import UNTIL, Companies
from tests.kit.samples import planted

VIEW = View(UNTIL, date(2025, 10, 1), UNTIL)
# Made of everybody, so that a customer stands the same whoever looks; each with the reason.
BY_LIMITS = {  # where a number is good or bad is learned from all customers
    *("customer", "customer_health", "customer_indicators", "customer_move", "customer_timeline"),
    *("customers", "customers_summary", "health", "health_alerts", "health_backtest"),
    *("health_calibration", "health_distribution", "health_flows", "health_indicators"),
    *("health_on_day", "health_steadiness", "movement_customers", "movement_grid"),
    *("movement_summary", "priorities", "quadrant_movement", "renewals_in_hand", "renewals_due"),
    *("score_distribution", "score_limits", "task_causes", "untouched", "week_due_list"),
    *("usage_state_customers", "usage_states", "week_fell", "week_fell_list", "week_decide"),
    *("week_uncovered", "week_uncovered_list", "renewals_to_save", "task_causes", "week_due"),
    *("workbench_summary", "sop_customers", "customer_plan", "tasks"),
}
BY_CHANCES = {  # what becomes of a contract is learned from all that were decided
    *("call_contracts", "call_outcomes", "call_record", "forecast_calibration", "forecast_check"),
    *("foretold_contracts", "renewal_forecast", "renewal_forecast_total", "contract"),
    *("renewal_cohorts", "week_path"),
}
BY_FILES = {  # how fresh data are is told by all files; the very files are others
    *("activity", "data_sets", "freshness", "imported_sheets", "sources", "customer_log"),
    *("contract_stages", "renewal_process", "week_decide_list", "touch_rate", "csm_coverage"),
    *("process_funnel", "last_meeting", "meeting_decisions", "week_decided"),
}
# Lists in which each row is of one customer: it is the very row that whoever sees all has.
ROWS = {
    *("health", "customers", "renewals", "renewal_forecast", "health_on_day", "nps_respondents"),
    *("customer_values", "movement_customers", "call_contracts"),
}
# What a row tells of the list it stands in.
OF_THE_LIST = {"arr_share", "group_place", "group_arr", "group_customers"}
OF_THE_LIST |= {"cumulative_share", "tier_effort_share"}


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


def ask(workspace: Workspace, query: library.Query, mine: list[str]) -> list[dict[str, Any]]:
    """Ask with the parameters a query needs."""
    given: dict[str, object] = {
        "dimensions": list(asking.dimensions(workspace)),
        "customer_id": mine[0],
        "contract_id": asking.run(workspace, "renewals", VIEW)["contract_id"][0].as_py(),
        **({"dataset": "contracts", "key": mine[0]} if query.name == "sources" else {}),
    }
    own = {name: value for name, value in given.items() if name in query.parameters}
    rows: list[dict[str, Any]] = asking.run(workspace, query.name, VIEW, **own).to_pylist()
    return rows


def plain(rows: list[dict[str, Any]]) -> list[str]:
    """Give rows as texts in an order; numbers to nine digits."""
    told = [
        {name: f"{v:.9g}" if isinstance(v, float) else str(v) for name, v in row.items()}
        for row in rows
    ]
    return sorted(map(str, told))


def test_numbers_are_those_of_the_own_customers(
    two: tuple[Workspace, Workspace, list[str]],
) -> None:
    """Rates, ARR, counts, lists: wherever nothing is learned from all, they are the same."""
    seen, alone, mine = two
    same, told = [], 0
    for query in library.queries().values():
        if query.name not in BY_LIMITS | BY_CHANCES | BY_FILES:
            rows = ask(seen, query, mine)
            assert plain(rows) == plain(ask(alone, query, mine)), query.name
            same.append(query.name)
            told += len(rows)
    assert (len(same), told > 400) >= (60, True)


def test_a_customer_stands_the_same_whoever_looks(
    two: tuple[Workspace, Workspace, list[str]],
) -> None:
    """State, limits and chances are those that who sees all customers has."""
    seen, _, mine = two
    whole = seen.seen_by(Person())
    for name in ROWS:
        query = library.find(name)
        of_mine = [row for row in ask(whole, query, mine) if row["customer_id"] in mine]
        assert of_mine or name == "renewal_forecast"
        told = [ask(seen, query, mine), of_mine]
        for row in (row for rows in told for row in rows):
            for column in OF_THE_LIST & row.keys():
                del row[column]
        assert plain(told[0]) == plain(told[1]), name

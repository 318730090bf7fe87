"""What is kept of contracts at past month ends is what was known then."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given

from tend.store.derived import staging
from tend.store.workspace import Workspace, open_workspace
from tests.kit.product import fill
from tests.kit.samples.histories import companies
from tests.metrics.renewals.test_properties import batches
from tests.oracle.facts.company import Company
from tests.oracle.health.indicators import is_in_force, licensed_by_contract

# One import is of today, others were made in between: what has no start is known from then on (A6).
IMPORTED = (date.today(), date(2023, 3, 5), date(2024, 1, 1))
Rows = dict[str, tuple[Any, ...]]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Give a workspace that holds one company after the other."""
    with open_workspace(tmp_path_factory.mktemp("then")) as opened:
        yield opened


def imported_on(workspace: Workspace, company: Company, day: date) -> Company:
    """Commit a company as if its import had been made on a day."""
    contracts = [
        replace(one, import_day=day, licensed_users=float(1 + place % 7))
        for place, one in enumerate(company.contracts)
    ]
    company = Company(contracts, company.customers, company.settings)
    with workspace.together():
        fill(workspace, company, workspace.version)
        with workspace.writing("edit") as cursor:
            cursor.execute("update imports set imported_at = ?", [datetime.combine(day, time())])
            staging.rebuild(cursor)
    return company


def in_force(company: Company, month: date) -> Rows:
    """Judge as of a month end: the contracts in force, with the ARR of that day."""
    return {
        deal.fact.contract_id: (
            deal.fact.customer_id,
            None if deal.arr is None else deal.arr_on(month),
            deal.fact.licensed_users,
        )
        for deal in company.deals(month)
        if is_in_force(deal, month)
    }


def renewed(company: Company, month: date) -> Rows:
    """Judge as of a month end: the contracts renewed, with the users licensed 90 days before."""
    deals = company.deals(month)
    found = [
        (deal, date.fromordinal(deal.last.toordinal() - 90))
        for deal in deals
        if deal.last and deal.outcome in ("renewed_on_time", "renewed_late")
    ]
    return {
        deal.fact.contract_id: (
            deal.fact.customer_id,
            day,
            licensed_by_contract(
                (one for one in deals if one.fact.customer_id == deal.fact.customer_id), day
            ),
        )
        for deal, day in found
    }


def kept(workspace: Workspace, table: str, columns: str) -> dict[date, Rows]:
    """Give the rows of every month end."""
    with workspace.cursor() as cursor:
        months = cursor.execute("select month from health_inputs").fetchall()
        rows = cursor.execute(f"select month, contract_id, {columns} from {table}").fetchall()
    found: dict[date, Rows] = {month: {} for (month,) in months}
    for month, contract_id, *rest in rows:
        found[month][contract_id] = tuple(rest)
    return found


def held_against(workspace: Workspace, company: Company) -> tuple[int, int]:
    """Hold every month end against the oracle's as of it; give how many months and renewals."""
    contracts = kept(workspace, "health_contracts", "customer_id, arr, licensed_users")
    renewals = kept(workspace, "health_renewals", "customer_id, day, licensed_users")
    seen: set[str] = set()
    for month in contracts:
        assert (month, contracts[month]) == (month, in_force(company, month))
        found, then = renewals[month], renewed(company, month)
        assert (month, found.keys()) == (month, then.keys())
        assert all(found[name][:2] == then[name][:2] for name in then)
        # licences are those of the month end by which the renewal was first known
        assert all(found[name] == then[name] for name in then if name not in seen)
        seen |= then.keys()
    return len(contracts), len(seen)


def test_past_month_ends_are_as_known_then(workspace: Workspace) -> None:
    """In force, renewed and licensed at each month end: as judged as of it, of random companies."""
    held: list[tuple[int, int]] = []

    @batches(2 * len(IMPORTED))
    @given(companies(25))
    def hold(drawn: tuple[Company, date]) -> None:
        day = IMPORTED[len(held) % len(IMPORTED)]
        held.append(held_against(workspace, imported_on(workspace, drawn[0], day)))

    hold()
    assert sum(months for months, _ in held) > 300
    assert sum(renewals for _, renewals in held) > 60

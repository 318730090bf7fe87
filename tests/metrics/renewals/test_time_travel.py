"""The page on a past day is what it would have been: later facts change nothing."""

from collections.abc import Iterator
from datetime import date
from math import isclose
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tend.queries import asking
from tend.store.workspace import Workspace, open_workspace
from tend.view import View, month_end, months_before, quarter_start
from tests.kit.companies import Companies

DAYS = (date(2025, 6, 30), date(2026, 2, 14))
# Everything the renewal page asks for.
ASKED = (
    *("renewal_headline", "renewal_rates", "renewals", "renewals_due", "renewal_matrix"),
    *("renewal_change", "renewal_cohorts", "renewal_forecast", "renewal_forecast_total"),
    *("forecast_check", "forecast_calibration", "loss_reasons", "losses", "win_backs"),
    *("arr_movements", "retention_12m"),
)
# The day from which a row of a sheet is known; a contract is from its signing, else its start (A6).
DATED = {
    "Surveys": "Answered on",
    "Touches": "Touch date",
    "Renewal stages": "Entered on",
    "Tickets": "Opened on",
}


@pytest.fixture(scope="module")
def book(companies: Companies) -> Path:
    """A company of 90 customers as a workbook, with all that became known until the end."""
    [path] = companies.books(customers=90)
    return path


@pytest.fixture(scope="module")
def now(companies: Companies) -> Workspace:
    """A workspace with everything."""
    return companies.read(customers=90)


@pytest.fixture(scope="module", params=DAYS, ids=str)
def then(
    request: pytest.FixtureRequest, book: Path, companies: Companies
) -> Iterator[tuple[date, Workspace]]:
    """A day, and a workspace that holds only what had been written down by then."""
    day: date = request.param
    folder, _ = companies.copy(
        f"known by {day}", lambda folder: [known_by(book, day, folder / "known.xlsx")]
    )
    with open_workspace(folder) as workspace:
        yield day, workspace


def known_by(book: Path, day: date, path: Path) -> Path:
    """Write the workbook anew with the facts dated up to a day; undated ones are as now (A7)."""
    sheets = pd.read_excel(book, sheet_name=None, engine="openpyxl")
    last = pd.Timestamp(day)
    contracts = sheets["Contracts"]
    known = contracts["Signed date"].fillna(contracts["Start date"])
    sheets["Contracts"] = contracts = contracts[known <= last].copy()
    contracts.loc[contracts["Ended on"] > last, "Ended on"] = None
    usage = sheets["Usage"]
    ends = pd.to_datetime(usage["Month"]) + pd.offsets.MonthEnd(0)
    sheets["Usage"] = usage[ends <= last]
    for name, column in DATED.items():
        sheets[name] = sheets[name][sheets[name][column] <= last].copy()
    tickets = sheets["Tickets"]
    tickets.loc[tickets["Resolved on"] > last, "Resolved on"] = None
    with pd.ExcelWriter(path, engine="openpyxl") as out:
        for name, sheet in sheets.items():
            sheet.to_excel(out, sheet_name=name, index=False)
    return path


def views(day: date) -> list[View]:
    """Give the views of the page: windows back and ahead, by one and two dimensions, filtered."""
    quarter = View(day, quarter_start(day), month_end(months_before(quarter_start(day), -2)))
    year = View(day, months_before(day, 12), day)
    return [
        quarter,
        View(day),
        year.grouped("industry").split("size"),
        View(day, months_before(day, 24), months_before(day, -9), "size"),
        View(day, filters=(("size", ("mid", "large")), ("region", ("West",)))),
    ]


def is_same(one: Any, other: Any) -> bool:
    """Compare two cells; sums of many rows to nine digits."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


@pytest.mark.parametrize("name", ASKED)
def test_later_facts_change_nothing(
    now: Workspace, then: tuple[date, Workspace], name: str
) -> None:
    """Asked today as of the day, and asked then: the same rows, cell by cell."""
    day, workspace = then
    count = 0
    for view in views(day):
        told = asking.run(now, name, view).to_pylist()
        wanted = asking.run(workspace, name, view).to_pylist()
        count += len(wanted)
        assert len(told) == len(wanted), f"{name} {view}"
        for mine, theirs in zip(told, wanted, strict=True):
            different = {k: (mine[k], theirs[k]) for k in theirs if not is_same(mine[k], theirs[k])}
            assert different == {}, f"{name} {view}: {theirs}"
    assert count


def test_the_days_differ_from_now(now: Workspace, then: tuple[date, Workspace]) -> None:
    """The guard bites: asked as of the end, the short workspace tells another story."""
    _, workspace = then
    last = View(date(2026, 9, 30))
    assert asking.run(now, "renewals", last) != asking.run(workspace, "renewals", last)

"""What the pages ask beside the rates, recounted by hand from the single contracts and the file."""

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tend.queries import asking
from tend.store.workspace import Workspace
from tend.view import View, previous_window, year_before
from tests.kit.companies import Companies

AS_OF = date(2026, 9, 30)
YEAR = View(AS_OF, date(2025, 10, 1), date(2026, 9, 30))
QUARTER = View(AS_OF, date(2026, 4, 1), date(2026, 6, 30))
RENEWED = ("renewed_on_time", "renewed_late", "renewed_early")
Row = dict[str, Any]


@pytest.fixture(scope="module")
def book(companies: Companies) -> Path:
    """A company of 90 customers as a workbook."""
    [path] = companies.books(customers=90)
    return path


@pytest.fixture(scope="module")
def filled(companies: Companies) -> Workspace:
    """A workspace that holds the company."""
    return companies.read(customers=90)


def ask(workspace: Workspace, name: str, view: View, **own: object) -> list[Row]:
    """Give a query's rows."""
    rows: list[Row] = asking.run(workspace, name, view, **own).to_pylist()
    return rows


def quarter(day: date) -> str:
    """Name the quarter of a day."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def test_freshness_counts_what_the_file_holds(filled: Workspace, book: Path) -> None:
    """Rows, customers and the newest day of each data set, as a reader of the file counts them."""
    sheets = dict(
        zip(
            (
                *("customers", "contracts", "usage", "surveys", "touches", "stages", "calls"),
                *("tickets", "decisions"),
            ),
            pd.read_excel(book, sheet_name=None, engine="calamine").values(),
            strict=True,
        )
    )
    shown = {row["dataset"]: row for row in ask(filled, "freshness", View(AS_OF))}
    assert shown.keys() == {*sheets, "tasks"}
    for name in ("customers", "contracts", "surveys", "touches", "stages", "calls", "tickets"):
        assert shown[name]["rows"] == len(sheets[name])
        assert shown[name]["customers"] == sheets[name]["Customer ID"].nunique()
    assert shown["touches"]["latest"] == sheets["touches"]["Touch date"].max().date()
    assert shown["surveys"]["latest"] == sheets["surveys"]["Answered on"].max().date()
    assert shown["usage"]["latest"] == AS_OF
    assert shown["customers"]["latest"] is None


@pytest.mark.parametrize("view", [YEAR, View(AS_OF)], ids=["year", "no window"])
def test_loss_reasons_count_lost_contracts(filled: Workspace, view: View) -> None:
    """Contracts, customers and ARR of each group, and shares that add up to one."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in ask(filled, "renewals", view):
        if row["outcome"] == "lost":
            groups[row["loss_reason_group"]].append(row)
    told = ask(filled, "loss_reasons", view)
    assert {row["reason_group"] for row in told} == groups.keys()
    for row in told:
        lost = groups[row["reason_group"]]
        assert row["contracts"] == len(lost)
        assert row["customers"] == len({one["customer_id"] for one in lost})
        assert row["arr"] == pytest.approx(sum(one["arr"] for one in lost))
        assert row["share"] == pytest.approx(len(lost) / sum(map(len, groups.values())))


@pytest.mark.parametrize("dimension", ["size", "industry", "csm"])
def test_matrix_counts_contracts_by_segment_and_quarter(filled: Workspace, dimension: str) -> None:
    """Each cell is what the single contracts of the segment and quarter say."""
    cells: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in ask(filled, "renewals", YEAR):
        cells[row[dimension] or "unknown", quarter(row["end_date"])][row["outcome"]] += 1
    told = ask(filled, "renewal_matrix", YEAR.grouped(dimension))
    assert {(row["segment"], row["split"]) for row in told} == cells.keys()
    for row in told:
        count = cells[row["segment"], row["split"]]
        renewed = sum(count[outcome] for outcome in RENEWED)
        decided = renewed + count["lost"]
        assert (row["renewed"], row["lost"]) == (renewed, count["lost"])
        assert (row["overdue"], row["due"]) == (count["overdue"], count["due"])
        assert row["contracts"] == sum(count.values())
        assert row["decided"] == decided
        assert row["contract_renewal_rate"] == (
            pytest.approx(renewed / decided) if decided else None
        )
        is_open = count["overdue"] + count["due"] > 0 or row["split"] >= quarter(AS_OF)
        assert row["is_open"] is is_open


@pytest.mark.parametrize("view", [QUARTER, YEAR], ids=["quarter", "year"])
def test_headline_compares_three_windows(filled: Workspace, view: View) -> None:
    """Value, the period before and the year before are the rates of those windows."""
    assert view.start
    assert view.end
    windows = {
        "value": (view.start, view.end),
        "previous": previous_window(view.start, view.end),
        "year_before": year_before(view.start, view.end),
    }
    rates = {
        name: ask(filled, "renewal_rates", view.between(*days))[0] for name, days in windows.items()
    }
    told = ask(filled, "renewal_headline", view)
    assert [row["measure"] for row in told] == [
        "contract_renewal_rate",
        "logo_renewal_rate",
        "net_renewal_rate",
        "gross_renewal_rate",
        "on_time_rate",
    ]
    for row in told:
        now, *before = (rates[name][row["measure"]] for name in windows)
        assert [row[name] for name in windows] == pytest.approx([now, *before])
        assert row["numerator"] / row["denominator"] == pytest.approx(now)
        changes = (row["change_previous"], row["change_year_before"])
        assert changes == pytest.approx(tuple(now - then for then in before))


def test_due_list_holds_every_open_contract(filled: Workspace) -> None:
    """All due and overdue contracts, whatever the window, the next end first."""
    view = View(AS_OF)
    open_ones = {
        row["contract_id"]: row
        for row in ask(filled, "renewals", view)
        if row["outcome"] in ("due", "overdue")
    }
    told = ask(filled, "renewals_due", view)
    assert {row["contract_id"] for row in told} == open_ones.keys()
    assert [row["end_date"] for row in told] == sorted(row["end_date"] for row in told)
    for row in told:
        assert row["days_left"] == (row["end_date"] - AS_OF).days
        assert (row["days_left"] < 0) == (row["outcome"] == "overdue")
        assert row["arr"] == open_ones[row["contract_id"]]["arr"]

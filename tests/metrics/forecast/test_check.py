"""Forecasts of the past: what the check says is what was forecast then, and what came since."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks import forecast_check as benchmark
from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.comparing import differences
from tests.kit.samples.health import Sample
from tests.kit.samples.spreadsheets import sheets
from tests.metrics.forecast.test_forecast import chance
from tests.oracle.facts.days import add_months, month_end
from tests.oracle.forecast import check as forecast_check
from tests.oracle.forecast.forecast import Stage

VIEWS = (
    View(UNTIL),
    View(date(2026, 6, 12), date(2025, 1, 1), date(2026, 3, 31), filters=(("size", ("mid",)),)),
)


@pytest.fixture(scope="module")
def stages(english: Sample) -> list[Stage]:
    """Give the renewal process of the sample workbook, read by pandas alone."""
    [path] = english.workspace.uploads.iterdir()
    sheet = sheets(path)["Renewal stages"]
    return [
        Stage(
            row["Contract ID"], row["Entered on"].date(), chance(row["Probability"]), row["Stage"]
        )
        for row in sheet.to_dict("records")
    ]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_month_and_tenth(english: Sample, stages: list[Stage], view: View) -> None:
    """Each forecast made anew by the oracle, as of its own day."""
    for name in ("forecast_check", "forecast_calibration"):
        rows = english.rows(name, view)
        assert rows
        wanted = getattr(forecast_check, name)(english.health, view, stages)
        assert differences(name, rows, wanted) == []


def test_the_past_forecast_is_the_one_of_that_day(unmarked: Workspace) -> None:
    """What the page showed on an earlier day is what is checked now, to the last digit."""
    rows = asking.run(unmarked, "forecast_check", View(UNTIL)).to_pylist()
    for back in (4, 9, 17):
        month = month_end(add_months(UNTIL, -back))
        [checked] = [r for r in rows if (r["lead"], r["month_end"]) == (3, month)]
        view = View(checked["made_on"], month.replace(day=1), month)
        [shown] = asking.run(unmarked, "renewal_forecast_total", view).to_pylist()
        for name in ("contracts", "arr", "expected_arr", "low", "high"):
            assert checked[name] == pytest.approx(shown[name], rel=1e-12)


def test_two_years_are_checked(english: Sample) -> None:
    """At least 24 months at each lead, and the interval of 80 % holds about 80 % of them."""
    rows = english.rows("forecast_check", View(UNTIL))
    for lead in (1, 3, 6):
        [told] = {
            (r["months_checked"], r["months_inside"], r["coverage_low"], r["coverage_high"])
            for r in rows
            if r["lead"] == lead
        }
        checked, inside, low, high = told
        assert checked >= 24
        assert low <= 0.8 <= high, f"{inside} of {checked} months at a lead of {lead}"


def test_nothing_over_is_nothing_checked(workspace: Workspace, tmp_path: Path) -> None:
    """A company with its first contracts has no past forecast, and no row is made up."""
    path = tmp_path / "book.csv"
    path.write_text(
        "Contract no,Customer,Start date,End date,Amount\nK1,N,2025-01-01,2025-12-31,100\n",
        encoding="utf-8",
    )
    assert imports.import_file(workspace, path).error is None
    for name in ("forecast_check", "forecast_calibration"):
        assert asking.run(workspace, name, View(date(2025, 10, 31))).num_rows == 0
        # ended and overdue: but nothing had been decided when a forecast would have been made
        assert asking.run(workspace, name, View(date(2026, 1, 31))).num_rows == 0


def test_the_document_says_what_was_measured(english: Sample) -> None:
    """docs/forecast.md is what the check of the sample company gives."""
    assert english.health.company.contracts
    written = benchmark.PAGE.read_text(encoding="utf-8")
    assert written == benchmark.page(english.workspace)

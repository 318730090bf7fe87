"""The forecast of open contracts, held against the second calculation and against what came."""

from datetime import date
from math import isnan
from pathlib import Path

import pytest

from tend.queries import asking
from tend.store.facts import imports
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import UNTIL
from tests.kit.comparing import differences
from tests.kit.samples.health import Sample
from tests.kit.samples.spreadsheets import sheets
from tests.oracle.forecast import forecast
from tests.oracle.forecast.forecast import Stage

VIEWS = (
    View(UNTIL),
    View(UNTIL, date(2026, 10, 1), date(2026, 12, 31)),
    View(date(2025, 12, 31)),
    View(date(2025, 6, 15), filters=(("size", ("large",)), ("product", ("Base",)))),
    View(UNTIL, group_by="month"),
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


def chance(given: float) -> float | None:
    """Give the file's own probability; a blank is none."""
    return None if isnan(given) else float(given)


@pytest.mark.parametrize("view", VIEWS[:-1], ids=str)
def test_renewal_forecast(english: Sample, stages: list[Stage], view: View) -> None:
    """Chance, its basis and expected ARR of every open contract of the sample company."""
    rows = english.rows("renewal_forecast", view)
    assert {row["basis"] for row in rows} >= {"quadrant"}
    wanted = forecast.renewal_forecast(english.health, view, stages)
    assert differences("renewal_forecast", rows, wanted) == []


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_renewal_forecast_total(english: Sample, stages: list[Stage], view: View) -> None:
    """Expected ARR and its 80 % interval, in all and by month."""
    rows = english.rows("renewal_forecast_total", view)
    assert rows
    wanted = forecast.renewal_forecast_total(english.health, view, stages)
    assert differences("renewal_forecast_total", rows, wanted) == []


def test_a_forecast_without_health_goes_by_size(workspace: Workspace, tmp_path: Path) -> None:
    """No quadrant: the size band's rate, drawn towards the overall one (D10), worked by hand."""
    lines = ["Contract no,Customer,Size,Start date,End date,Amount,Status"]
    # 3 of 4 small ones renewed, 1 of 2 large ones; then one of each waits
    for number, (size, is_renewed) in enumerate(
        [("50", True)] * 3 + [("50", False)] + [("5000", True), ("5000", False)]
    ):
        lines.append(f"A{number},N{number},{size},2024-01-01,2024-12-31,100,")
        if is_renewed:
            lines.append(f"B{number},N{number},{size},2025-01-01,2025-12-31,100,")
    path = tmp_path / "book.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert imports.import_file(workspace, path).error is None
    rows = asking.run(workspace, "renewal_forecast", View(date(2025, 10, 31))).to_pylist()
    told = {row["contract_id"]: (row["basis"], row["probability"]) for row in rows}
    assert told == {
        **{f"B{n}": ("size", pytest.approx((3 + 10 * 4 / 6) / 14)) for n in range(3)},
        "B4": ("size", pytest.approx((1 + 10 * 4 / 6) / 12)),
    }


def test_nothing_decided_foretells_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """Without a decided contract there is no chance, and nothing that is made up."""
    path = tmp_path / "book.csv"
    path.write_text(
        "Contract no,Customer,Start date,End date,Amount\nK1,N,2025-01-01,2025-12-31,100\n",
        encoding="utf-8",
    )
    assert imports.import_file(workspace, path).error is None
    view = View(date(2025, 10, 31))
    [row] = asking.run(workspace, "renewal_forecast", view).to_pylist()
    assert (row["probability"], row["expected_arr"]) == (None, None)
    [total] = asking.run(workspace, "renewal_forecast_total", view).to_pylist()
    assert (total["arr"], total["expected_arr"], total["low"]) == (100, None, None)


def test_eight_of_ten_sums_lie_in_the_interval(unmarked: Workspace) -> None:
    """Forecasts at 24 past month ends for the next quarter, against what came: at least 70 %."""
    now = {r["contract_id"]: r for r in asking.run(unmarked, "renewals", View(UNTIL)).to_pylist()}
    inside = []
    for day in forecast.month_ends_before(UNTIL, 24):
        window = (day, forecast.months_after(day, 3))
        rows = asking.run(unmarked, "renewal_forecast", View(day, *window)).to_pylist()
        decided = [r for r in rows if now[r["contract_id"]]["outcome"] not in ("due", "overdue")]
        came = sum(
            r["arr"] for r in decided if now[r["contract_id"]]["outcome"].startswith("renewed")
        )
        low, high = forecast.interval([(r["probability"], r["arr"]) for r in decided])
        inside.append(low <= came <= high)
    assert len(inside) == 24
    assert sum(inside) / 24 >= 0.7

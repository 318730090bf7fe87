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
        view = View(day, day, forecast.months_after(day, 3))
        [total] = asking.run(unmarked, "renewal_forecast_total", view).to_pylist()
        rows = asking.run(unmarked, "renewal_forecast", view).to_pylist()
        outcomes = [(r["arr"], now[r["contract_id"]]["outcome"]) for r in rows]
        came = sum(arr for arr, outcome in outcomes if outcome.startswith("renewed"))
        still_open = sum(arr for arr, outcome in outcomes if outcome in ("due", "overdue"))
        inside.append(total["low"] <= came + still_open and came <= total["high"])
    assert len(inside) == 24
    assert sum(inside) / 24 >= 0.7


BOOK = [
    # three renewed of three: what anybody would call certain
    *((f"A{n}", f"N{n}", "2023-01-01", "2023-12-31", 100) for n in range(3)),
    *((f"B{n}", f"N{n}", "2024-01-01", "2024-12-31", 100) for n in range(3)),
]


def test_three_of_three_are_no_certainty(workspace: Workspace, tmp_path: Path) -> None:
    """Nothing lost yet: all is expected, and the interval says how little three cases tell.

    The rate of all is a beta of 4 and 1: mean 0.8, square 2/3. Three alike: (3 + 8) / 13 is likely,
    its square (9 + 60 x 0.8 + 100 x 2/3) / 169; three contracts of 100 stand on it together.
    """
    lines = ["Contract no,Customer,Start date,End date,Amount"]
    path = tmp_path / "book.csv"
    path.write_text("\n".join([*lines, *(",".join(map(str, r)) for r in BOOK)]), encoding="utf-8")
    assert imports.import_file(workspace, path).error is None
    [total] = asking.run(workspace, "renewal_forecast_total", View(date(2024, 11, 30))).to_pylist()
    assert (total["arr"], total["expected_arr"], total["high"]) == pytest.approx((300, 300, 300))
    likely, square = 11 / 13, (9 + 48 + 200 / 3) / 169
    within, shared = (likely - square) / 14, square - likely**2
    variance = 3 * 100**2 * (likely - square - within) + 300**2 * (within + shared)
    lean = 3 * 100**3 * likely * (1 - likely) * (1 - 2 * likely) / variance
    # all three may come: nothing lies above, and what lies outside is the lowest fifth
    low = 300 * likely - 0.8416212336 * variance**0.5 + (0.8416212336**2 - 1) / 6 * lean
    assert total["low"] == pytest.approx(low)
    assert 150 < total["low"] < 200


def test_far_from_its_end_others_as_far_tell(workspace: Workspace, tmp_path: Path) -> None:
    """Half a year ahead, quarters that all renewed say nothing: they were never so far away."""
    lines = ["Contract no,Customer,Start date,End date,Amount"]
    ends = ("03-31", "06-30", "09-30", "12-31")
    starts = ("01-01", "04-01", "07-01", "10-01")
    for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
        lines.append(f"Q{n},Quarterly,2023-{start},2023-{end},100")
    lines += [f"Y{n},N{n},2023-01-01,2023-12-31,100" for n in range(4)]
    lines += ["Z0,N0,2024-01-01,2024-12-31,100", "Z1,N1,2024-01-01,2024-12-31,100"]
    path = tmp_path / "book.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert imports.import_file(workspace, path).error is None
    rows = asking.run(workspace, "renewal_forecast", View(date(2024, 6, 30))).to_pylist()
    # of four years two renewed; quarters would have made it five of eight
    assert [(r["at_days_left"], r["probability"]) for r in rows] == [(180, 0.5), (180, 0.5)]

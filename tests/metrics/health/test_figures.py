"""Every other query of health on the sample company: the cells equal a calculation in Python."""

from datetime import date, timedelta

import pytest

from tend.view import View
from tests.kit.asking import Row
from tests.kit.companies import UNTIL
from tests.kit.comparing import differences
from tests.kit.samples.health import FILTERS, MONTH_ENDS, Sample
from tests.oracle.health import figures as health_figures
from tests.oracle.health import reasons as health_reasons

OVER_TIME = ("health_flows", "usage_states", "health_alerts")
LEARNED = ("score_limits", "score_distribution", "health_distribution", "usage_measures")
MOVED = ("movement_summary", "movement_grid", "movement_customers")
PAIRS = [
    (date(2026, 8, 31), UNTIL),
    (date(2025, 9, 12), date(2026, 3, 17)),
    (date(2024, 1, 31), date(2026, 6, 30)),
    (None, date(2026, 3, 31)),
]


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("name", OVER_TIME)
@pytest.mark.parametrize("view", [View(UNTIL), View(date(2026, 5, 14), date(2025, 6, 1), UNTIL)])
def test_months(english: Sample, name: str, view: View, filters: str) -> None:
    """Flows, use and alerts of every month, of all customers and of some."""
    chosen = View(view.as_of, view.start, view.end, filters=FILTERS[filters])
    assert english.differences(name, chosen) == []


@pytest.mark.parametrize("name", LEARNED)
@pytest.mark.parametrize("day", [*MONTH_ENDS[::7], date(2025, 6, 15)], ids=str)
def test_what_is_learned(english: Sample, name: str, day: date) -> None:
    """Limits, distributions and measures, at month ends and between."""
    assert english.differences(name, View(day)) == []


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("grid", [None, "2x2"])
@pytest.mark.parametrize("name", MOVED)
@pytest.mark.parametrize(("start", "end"), PAIRS, ids=str)
def test_movement(
    english: Sample, name: str, grid: str | None, start: date | None, end: date, filters: str
) -> None:
    """Summary, grid and customers on both grids, with the reasons."""
    view = View(UNTIL, start, end, grid, FILTERS[filters])
    assert english.differences(name, view) == []


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize(
    "view", [View(UNTIL), View(UNTIL, date(2025, 10, 1), UNTIL), View(date(2025, 6, 15))]
)
def test_calibration(english: Sample, view: View, filters: str) -> None:
    """Renewal by fifths of the score 90 days before the end."""
    chosen = View(view.as_of, view.start, view.end, filters=FILTERS[filters])
    assert english.differences("health_calibration", chosen) == []


def test_customers(english: Sample) -> None:
    """The path of every fifth customer, what its scores are made of, and why they moved."""
    everybody = sorted(english.health.months[MONTH_ENDS[7]].standings)
    day, view = MONTH_ENDS[7], View(UNTIL, MONTH_ENDS[12], MONTH_ENDS[3])
    found = []
    for name in everybody[::5]:
        for query, at, expected in (
            ("customer_health", View(day), health_figures.customer_health),
            ("health_indicators", View(day), health_figures.health_indicators),
            ("customer_move", view, health_reasons.customer_move),
        ):
            rows = english.rows(query, at, customer_id=name)
            assert rows
            found += differences(query, rows, expected(english.health, at, name))
    assert found == []


@pytest.mark.parametrize("filters", FILTERS)
def test_use_adds_up(english: Sample, filters: str) -> None:
    """Every customer in force, and all its ARR, is in one state of use; shares add up to 1."""
    names = ("well", "badly", "not_at_all", "unknown")
    flows = english.rows("health_flows", View(UNTIL, filters=FILTERS[filters]))
    rows = english.rows("usage_states", View(UNTIL, filters=FILTERS[filters]))
    assert [row["customers"] for row in rows] == [row["customers"] for row in flows]
    for row in rows:
        assert sum(row[name] for name in names) == row["customers"]
        assert sum(row[f"{name}_arr"] for name in names) == pytest.approx(row["arr"])
        assert sum(row[f"{name}_rate"] for name in names) == pytest.approx(1)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("grid", ["3x3", "2x2"])
@pytest.mark.parametrize(("start", "end"), PAIRS[:3], ids=str)
def test_the_grid_closes(english: Sample, grid: str, start: date, end: date, filters: str) -> None:
    """What came into a cell, stayed and was not compared is what is in it; out of it likewise."""
    view = View(UNTIL, start, end, grid, FILTERS[filters])
    went = english.rows("movement_customers", view)
    rows = english.rows("movement_grid", view)
    ways = [row for row in rows if row["kind"] == "way"]
    cells = [row for row in rows if row["kind"] == "cell"]
    assert len(cells) == (9 if grid == "3x3" else 4)
    for cell in cells:
        number = cell["to_quadrant"]
        into = [row for row in ways if row["to_quadrant"] == number]
        out = [row for row in ways if row["from_quadrant"] == number]
        inside = [row for row in went if row["to_quadrant"] == number]
        left = [row for row in went if row["from_quadrant"] == number]
        new = [row for row in inside if row["from_quadrant"] is None]
        gone = [row for row in left if row["to_quadrant"] is None]
        assert cell["customers"] == len(inside) == total(into, "customers") + len(new)
        assert cell["arr"] == pytest.approx(total(into, "arr") + total(new, "arr"))
        assert len(left) == total(out, "customers") + len(gone)
        for name, ways_of_cell in (("in", into), ("out", out)):
            for way in ("fall", "rise"):
                part = [row for row in ways_of_cell if row["direction"] == way]
                key = f"{'fell' if way == 'fall' else 'rose'}_{name}"
                assert cell[key] == total(part, "customers")
        chosen = english.rows("movement_customers", view, to_quadrant=number)
        assert ids(chosen) == ids(inside)
        chosen = english.rows("movement_customers", view, from_quadrant=number)
        assert ids(chosen) == ids(left)


@pytest.mark.parametrize("grid", ["3x3", "2x2"])
@pytest.mark.parametrize(("start", "end"), PAIRS[1:2], ids=str)
def test_every_way_lists_its_customers(english: Sample, grid: str, start: date, end: date) -> None:
    """The customers of a way, by both its cells and its direction, are as many as it says."""
    view = View(UNTIL, start, end, grid)
    ways = [row for row in english.rows("movement_grid", view) if row["kind"] == "way"]
    assert len({row["direction"] for row in ways}) > 2
    for way in ways:
        names = ("direction", "from_quadrant", "to_quadrant")
        listed = english.rows("movement_customers", view, **{name: way[name] for name in names})
        assert len(listed) == way["customers"]
        assert total(listed, "arr") == pytest.approx(way["arr"])
    summary = english.rows("movement_summary", view)[0]
    for way_name, column in (("fall", "fallen"), ("rise", "risen"), ("mixed", "mixed")):
        part = [row for row in ways if row["direction"] == way_name]
        assert summary[column] == total(part, "customers")
        assert summary[f"{column}_arr"] == pytest.approx(total(part, "arr"))


@pytest.mark.parametrize(("start", "end"), PAIRS[:3], ids=str)
def test_reasons_add_up(english: Sample, start: date, end: date) -> None:
    """Where both scores are known, the changes of the indicators add up to that of the score."""
    went = english.rows("movement_customers", View(UNTIL, start, end))
    assert len(went) > 50
    for row in went[::20]:
        moved = english.rows(
            "customer_move", View(UNTIL, start, end), customer_id=row["customer_id"]
        )
        for score in ("outcome", "experience"):
            before, after = row[f"from_{score}_score"], row[f"{score}_score"]
            if before is not None and after is not None:
                steps = [one["change"] or 0 for one in moved if one["score"] == score]
                assert sum(steps) == pytest.approx(after - before, abs=1e-9)
    # of those that rose or fell, the reasons point the same way and are in order
    for row in [row for row in went if row["indicators"]][::8]:
        moved = english.rows(
            "customer_move", View(UNTIL, start, end), customer_id=row["customer_id"]
        )
        change = {one["indicator"]: one["change"] for one in moved}
        sizes = [round(abs(change[name]), 9) for name in row["indicators"]]
        assert sizes == sorted(sizes, reverse=True)
        assert all(sizes)


@pytest.mark.parametrize("day", MONTH_ENDS[::9], ids=str)
def test_parts_add_up_to_the_score(english: Sample, day: date) -> None:
    """What the indicators give adds up to the score of the path and of health."""
    for row in english.rows("health", View(day))[::6]:
        parts = english.rows("health_indicators", View(day), customer_id=row["customer_id"])
        path = english.rows("customer_health", View(day), customer_id=row["customer_id"])
        for score in ("outcome", "experience"):
            given = [p["part"] for p in parts if p["score"] == score and p["part"] is not None]
            expected = row[f"{score}_score"]
            assert path[-1][f"{score}_score"] == expected
            assert (sum(given) if given else None) == pytest.approx(expected)


@pytest.mark.parametrize("filters", FILTERS)
def test_alerts_come_once(english: Sample, filters: str) -> None:
    """No cause begins in two months on end, but a fall; none is told twice in a month."""
    rows = english.rows("health_alerts", View(UNTIL, filters=FILTERS[filters]))
    begun = [(row["customer_id"], row["cause"], row["month"]) for row in rows]
    day_before = timedelta(days=1)
    assert len(set(begun)) == len(begun) > 5
    again = [
        (name, cause, day)
        for name, cause, day in begun
        if cause != "quadrant_fall" and (name, cause, day.replace(day=1) - day_before) in begun
    ]
    assert again == []


@pytest.mark.parametrize("filters", ["none", "product_and_size"])
@pytest.mark.parametrize("name", OVER_TIME)
def test_the_past_stays(english: Sample, name: str, filters: str) -> None:
    """Asked month by month, as of then, the answer is that of asking once for all months."""
    months = MONTH_ENDS[:6]
    chosen = FILTERS[filters]
    whole = english.rows(name, View(UNTIL, months[-1], UNTIL, filters=chosen))
    parts = [row for day in months for row in english.rows(name, View(day, day, day, None, chosen))]
    assert len(whole) == len(parts) > 5
    assert differences(name, [past(row) for row in whole], [past(row) for row in parts]) == []


def past(row: Row) -> Row:
    """Give what an alert says about its month: whether it lasts is known later."""
    return {name: value for name, value in row.items() if name != "is_lasting"}


def total(rows: list[Row], column: str) -> float:
    """Add up a column."""
    return float(sum(row[column] for row in rows))


def ids(rows: list[Row]) -> set[str]:
    """Give the customers of rows."""
    return {row["customer_id"] for row in rows}

"""Movement, recounted in plain Python from scores and limits: on the grid of nine and of four."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from tend.queries import asking
from tend.store.workspace import Workspace
from tend.view import View
from tests.kit.companies import Companies

AS_OF = date(2026, 9, 30)
FIRST, LAST = date(2026, 3, 31), date(2026, 8, 31)
GRIDS = pytest.mark.parametrize(("grid", "sides"), [(None, 3), ("2x2", 2)])
AXES = ("outcome", "experience")
EVERYBODY = {"direction": None, "from_quadrant": None, "to_quadrant": None}
Row = dict[str, Any]
Place = tuple[int, int]


@pytest.fixture(scope="module")
def filled(companies: Companies) -> Workspace:
    """A workspace that holds a company of 90 customers."""
    return companies.read(customers=90)


def ask(workspace: Workspace, name: str, grid: str | None, **own: object) -> list[Row]:
    """Give a query's rows between the two dates."""
    view = View(AS_OF, FIRST, LAST, grid)
    rows: list[Row] = asking.run(workspace, name, view, **own).to_pylist()
    return rows


def table(workspace: Workspace, name: str, month: date) -> list[Row]:
    """Read what is kept of a month."""
    with workspace.cursor() as cursor:
        found = cursor.execute(f"from {name} where month = $month", {"month": month})
        rows: list[Row] = found.to_arrow_table().to_pylist()
        return rows


def places(workspace: Workspace, month: date, sides: int) -> dict[str, Place | None]:
    """Say where each customer stood: its steps to the right and upwards."""
    limits = {row["score"]: row for row in table(workspace, "health_levels", month)}
    found: dict[str, Place | None] = {}
    for row in table(workspace, "health_months", month):
        levels = [row[f"{axis}_level"] for axis in AXES]
        if None in levels:
            found[row["customer_id"]] = None
            continue
        halves = [step(row[f"{axis}_level"], row[f"{axis}_score"], limits[axis]) for axis in AXES]
        right, up = levels if sides == 3 else halves
        found[row["customer_id"]] = (right, up)
    return found


def step(level: int, score: float, limits: Row) -> int:
    """Put average on the side whose limit is nearer (J10)."""
    if level != 1:
        return level // 2
    low, high = limits["average_from"], limits["healthy_from"]
    return int(abs(high - score) <= abs(score - low))


def direction(before: Place | None, after: Place | None) -> str | None:
    """Tell a rise from a fall by the definition."""
    if before is None or after is None:
        return None
    signs = {(b > a) - (b < a) for a, b in zip(before, after, strict=True)}
    if signs == {0}:
        return "stay"
    if signs == {1, -1}:
        return "mixed"
    return "rise" if 1 in signs else "fall"


def moves(workspace: Workspace, sides: int) -> dict[str, tuple[Place | None, Place | None]]:
    """Give each customer's place at both dates."""
    before, after = (places(workspace, month, sides) for month in (FIRST, LAST))
    return {name: (before.get(name), after.get(name)) for name in before.keys() | after.keys()}


def number(place: Place | None, sides: int) -> int | None:
    """Number a cell."""
    return None if place is None else sides * place[0] + place[1] + 1


@GRIDS
def test_each_customer_goes_the_way_of_its_scores(
    filled: Workspace, grid: str | None, sides: int
) -> None:
    """Cells and direction of every customer, from its scores and the limits of the month."""
    told = {row["customer_id"]: row for row in ask(filled, "movement_customers", grid, **EVERYBODY)}
    by_hand = moves(filled, sides)
    assert told.keys() == by_hand.keys()
    for name, (before, after) in by_hand.items():
        assert told[name]["from_quadrant"] == number(before, sides)
        assert told[name]["to_quadrant"] == number(after, sides)
        assert told[name]["direction"] == direction(before, after)
    assert {direction(*way) for way in by_hand.values()} >= {"rise", "fall", "stay"}


@GRIDS
def test_the_summary_counts_them(filled: Workspace, grid: str | None, sides: int) -> None:
    """Counts and ARR of the sentence are those of the customers."""
    [told] = ask(filled, "movement_summary", grid)
    by_hand = moves(filled, sides)
    arr = {row["customer_id"]: row["arr"] for row in table(filled, "health_months", LAST)}
    for name, way in (("fallen", "fall"), ("risen", "rise"), ("mixed", "mixed")):
        went = [c for c, ends in by_hand.items() if direction(*ends) == way]
        assert told[name] == len(went)
        assert told[f"{name}_arr"] == pytest.approx(sum(arr[c] for c in went))
    top = sides - 1
    for name, trap in (("pleased", (0, top)), ("succeeding", (top, 0))):
        assert told[name] == sum(after == trap for _, after in by_hand.values())
    assert told["customers"] == len(arr)
    assert told["arr"] == pytest.approx(sum(arr.values()))
    assert told["compared"] == sum(direction(*ends) is not None for ends in by_hand.values())


@GRIDS
def test_what_comes_in_and_stays_is_what_is_there(
    filled: Workspace, grid: str | None, sides: int
) -> None:
    """In-flow and stay, with those unknown before, are a cell's customers (J8)."""
    rows = ask(filled, "movement_grid", grid)
    cells = {row["to_quadrant"]: row for row in rows if row["kind"] == "cell"}
    ways = [row for row in rows if row["kind"] == "way"]
    by_hand = moves(filled, sides)
    assert cells.keys() == set(range(1, sides * sides + 1))
    there = Counter(number(after, sides) for _, after in by_hand.values())
    fresh = Counter(number(after, sides) for before, after in by_hand.values() if before is None)
    for cell, row in cells.items():
        assert row["customers"] == there[cell]
        into = [way for way in ways if way["to_quadrant"] == cell]
        assert sum(way["customers"] for way in into) + fresh[cell] == there[cell]
        out = [way for way in ways if way["from_quadrant"] == cell]
        for which, column in (("fall", "fell"), ("rise", "rose")):
            went = sum(way["customers"] for way in into if way["direction"] == which)
            assert row[f"{column}_in"] == went
            went = sum(way["customers"] for way in out if way["direction"] == which)
            assert row[f"{column}_out"] == went


def test_a_way_lists_its_customers(filled: Workspace) -> None:
    """What is asked for one way or one cell is what stands in the grid."""
    for row in ask(filled, "movement_grid", None):
        chosen = {"from_quadrant": row["from_quadrant"], "to_quadrant": row["to_quadrant"]}
        listed = ask(filled, "movement_customers", None, direction=None, **chosen)
        assert len(listed) == row["customers"]
        assert sum(one["arr"] for one in listed) == pytest.approx(row["arr"])


def test_reasons_point_the_way_the_customer_went(filled: Workspace) -> None:
    """Effects add up to the change of the score; reasons are the strongest of the right sign."""
    for row in ask(filled, "movement_customers", None, **EVERYBODY | {"direction": "fall"}):
        parts = ask(filled, "customer_move", None, customer_id=row["customer_id"])
        for axis in AXES:
            effects = [p["change"] for p in parts if p["score"] == axis and p["change"] is not None]
            change = row[f"{axis}_score"] - row[f"from_{axis}_score"]
            assert sum(effects) == pytest.approx(change, abs=1e-9)
        before, after = divmod(row["from_quadrant"] - 1, 3), divmod(row["to_quadrant"] - 1, 3)
        fell = {axis for axis, a, b in zip(AXES, before, after, strict=True) if b < a}
        down = [
            part
            for part in parts
            if part["score"] in fell
            and (part["change"] or 0) < 0
            and part["from_value"] != part["to_value"]
        ]
        ranked = sorted(down, key=lambda part: (part["change"], part["indicator"]))
        assert (row["indicators"] or []) == [part["indicator"] for part in ranked]

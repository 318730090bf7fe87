"""A tile counts as many as its list has rows: every tile, on several days and in filters."""

from datetime import date

import pytest

from tend.figures import drill, looks
from tend.figures.collection import FIGURES
from tend.ui.state import data
from tend.view import View
from tests.ui.conftest import Open
from tests.ui.health.test_movement import AS_OF

# Which column of its answer each tile counts by; a rate by what it is of.
COUNTED = {
    "tile_critical": "critical",
    "tile_less_satisfied": "fallen",
    "tile_not_asked": "not_asked",
    "tile_nps": "answers",
    "tile_open_steps": "open_steps",
    "tile_overdue": "overdue",
    "tile_open": "open",
    "tile_renewals": "renewals",
    "tile_stuck": "stuck",
    "tile_touch_rate": "customers",
    "tile_fallen": "fallen",
    "tile_risen": "risen",
    "tile_at_risk": "at_risk",
    "tile_pleased": "pleased",
    "tile_succeeding": "succeeding",
    "tile_arr": "customers",
    "tile_lifetime": "customers_decided",
    "tile_ltv_cac": "customers_with_cac",
    "tile_effort": "customers",
    "tile_nrr": "opening_customers",
    "tile_grr": "opening_customers",
    "tile_in_force": "customers",
    "tile_running": "customers",
    "tile_forecast_due": "contracts",
    "tile_forecast_expected": "contracts",
    "tile_forecast_called": "called",
}
VIEWS = [
    View(AS_OF),
    View(date(2025, 11, 30), filters=(("size", ("mid", "large")),)),
    View(AS_OF, date(2026, 6, 30), AS_OF, filters=(("region", ("west", "unknown")),)),
]


@pytest.mark.parametrize("name", COUNTED)
def test_a_tile_counts_the_rows_of_its_list(opened: Open, name: str) -> None:
    """The list is asked for as a page asks, and has as many rows as the tile says."""
    opened("sample-en")
    figure, counted = FIGURES[name], []
    for view in VIEWS:
        [row] = data.ask(figure.query, figure.ask(view)).to_pylist()
        asked, own = drill.listed(figure, view, {})
        listed = data.ask(FIGURES[figure.listed].query, asked, **own)
        assert len(listed) == row[COUNTED[name]], view
        counted.append(len(listed))
    if name not in ("tile_open_steps", "tile_overdue", "tile_open"):  # nobody has made tasks there
        assert sum(counted)


def test_tiles_of_two_numbers_list_what_makes_them(opened: Open) -> None:
    """Won and lost add up to what the quick ratio is of; touched customers to the touch rate."""
    opened("sample-en")
    for view in VIEWS[:2]:
        figure = FIGURES["tile_quick"]
        [row] = data.ask(figure.query, looks.at_large(view)).to_pylist()
        asked, own = drill.listed(figure, view, {})
        moves = data.ask("arr_movers", asked, **own).to_pylist()
        won = sum(one["arr_change"] for one in moves if one["arr_change"] > 0)
        lost = sum(one["arr_change"] for one in moves if one["arr_change"] < 0)
        assert (won, -lost) == pytest.approx((row["won"], row["lost"]))
        [work] = data.ask("workbench_summary", view).to_pylist()
        asked, own = drill.listed(FIGURES["tile_touch_rate"], view, {})
        touched = data.ask("touched_customers", asked, **own)["touches"].to_pylist()
        assert sum(one > 0 for one in touched if one is not None) == work["touched"]


def test_no_tile_is_left_out() -> None:
    """Whichever tile there is, its list is held against it, here or where its page is tried."""
    others = {"tile_contracts", "tile_customers", "tile_amount", "tile_on_time", "tile_quick"}
    tiles = {name for name in FIGURES if name.startswith("tile_")}
    assert tiles == COUNTED.keys() | others

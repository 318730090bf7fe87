"""From every figure of every page to rows of the spreadsheet: its list, a member, the row."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from tend.figures import drill
from tend.figures.collection import FIGURES
from tend.figures.figure import Figure, told
from tend.figures.reading import Reading
from tend.language import text
from tend.queries import library
from tend.ui.figures import opens
from tend.ui.state import data
from tend.view import View, window
from tests.ui.conftest import Open
from tests.ui.health.test_movement import AS_OF

Row = dict[str, Any]
VIEW = View(AS_OF, *window("last_12_months", AS_OF)).grouped("industry").split("size")
DATASETS = {"contract_id": "contracts", "customer_id": "customers"}
MOST = 3  # members of a figure that are followed
# Headlines lead by their tiles, grids by their cells, tried beside them; nobody made tasks there.
OTHERWISE = {
    *("renewals_headline", "forecast_total", "movement_headline", "sop_headline", "work_headline"),
    *("movement_grid", "sop_matrix", "tile_open", "tile_open_steps"),
    "tile_overdue",
}
# What a list adds up to: its column, and that of the mark.
SUMS = {
    "arr_bridge": {"arr_change": "amount"},
    "cohort_arr": {"arr_at_start": "arr", "kept_arr": "kept_arr", "is_kept": "kept_customers"},
    "concentration_curve": {"arr": "arr"},
    "csm_coverage": {"arr": "arr"},
    "effort_by_tier": {"arr": "arr", "service_cost": "service_cost"},
    "forecast_months": {"arr": "arr", "expected_arr": "expected_arr"},
    "movement_matrix": {"arr": "arr"},
    "retention_trend": {
        name: name for name in ("opening_arr", "arr_now", "kept_arr", "overdue_arr")
    },
    "sop_movement": {"arr": "arr"},
    "sop_potential": {"arr": "arr", "open_steps": "open_steps"},
    "value_base": {"arr_change": "arr"},
}


def marks(figure: Figure, rows: pa.Table) -> Iterator[dict[str, str]]:
    """Give what marks of a figure tell; a tile or a block tells nothing, and leads as a whole."""
    for row in rows.to_pylist() if figure.behind else []:
        own = {column: told(row[column]) for column in figure.tells if column in row}
        bar = {figure.tells[-1]: figure.bars[-1][0]} if figure.bars else {}
        if not row.get("is_total") and row.get("kind") != "cell":
            yield own | bar
    if text.has(f"drill.all.{figure.name}"):
        yield {}


def members(figure: Figure) -> pa.Table | None:
    """List what the last mark that has members leads to, or what a figure's own rows are."""
    is_grouped = library.find(figure.query).is_grouped_by(VIEW.group_by or "")
    asked = VIEW if is_grouped else VIEW.grouped(None)
    rows = Reading(data.ask, "en", "CNY").answer(figure, asked)
    if opens.column_of(rows) and not figure.behind:
        return rows
    for mark in reversed(list(marks(figure, rows))):
        view, own = drill.listed(figure, asked, mark)
        found = data.ask(FIGURES[figure.listed].query, view, **own)
        if len(found):
            return found
    return None


def rows_of(dataset: str, key: str) -> list[Row]:
    """Ask where a contract or a customer comes from, as the page does."""
    found: list[Row] = data.ask(
        "sources", View(date.max), dataset=dataset, key=key, of_row=None
    ).to_pylist()
    return found


def test_every_figure_leads_to_rows_of_the_file(opened: Open) -> None:
    """A mark, a member of its list, its row: the row's own cells name the member."""
    [book] = (opened("sample-en") / "uploads").iterdir()
    sheets = pd.read_excel(book, sheet_name=None, header=None, engine="calamine")
    followed, walked = dict[tuple[str, str], bool](), list[str]()
    for figure in FIGURES.values():
        found = members(figure)
        if found is None:
            continue
        column = opens.column_of(found)
        assert column, figure.name
        keys = [key for key in found[column].to_pylist()[:MOST] if key]
        for key in keys:
            if (column, key) not in followed:
                rows = rows_of(DATASETS[column], key)
                cells = [set(sheets[row["sheet"]].iloc[row["row_no"] - 1]) for row in rows]
                followed[column, key] = bool(cells) and all(key in some for some in cells)
            assert followed[column, key], (figure.name, key)
        walked.append(figure.name)
    assert FIGURES.keys() - set(walked) == OTHERWISE


@pytest.mark.parametrize("name", SUMS)
def test_a_list_adds_up_to_its_mark(opened: Open, name: str) -> None:
    """Amounts of the members, added up in Python, are those of the mark."""
    opened("sample-en")
    figure = FIGURES[name]
    rows = Reading(data.ask, "en", "CNY").answer(figure, VIEW.grouped(None))
    kept = [
        row for row in rows.to_pylist() if not row.get("is_total") and row.get("kind") != "cell"
    ]
    told = list(marks(figure, rows))
    assert len(told) == len(kept) > 1
    for row, mark in list(zip(kept, told, strict=True))[:: max(1, len(kept) // 6)]:
        view, own = drill.listed(figure, VIEW.grouped(None), mark)
        found = data.ask(FIGURES[figure.listed].query, view, **own).to_pylist()
        for column, summed in SUMS[name].items():
            assert sum(one[column] or 0 for one in found) == pytest.approx(row[summed] or 0), mark

"""The page on performance: all that was measured is on it, and what was not is said."""

import json
from typing import Any

import pytest

from benchmarks.measures.costs import Cost, Floor
from docs import performance

pytestmark = pytest.mark.quick
NAMES = performance.words()


def _found(*costs: Cost) -> dict[str, Any]:
    where = {
        "on": "2026-11-28",
        "processors": 2,
        "processor": "a processor",
        "memory_gb": 16,
        "system": "Linux x86_64",
        "python": "3.11",
    }
    told = {cost.name: cost.told() | {"load": 1.5} for cost in costs}
    size = {"where": where, "rows": {"customers": 250}, "costs": told, "missed": {"walk": "late"}}
    return {"sizes": {"250": size}, "growth": {"cell": 0.25}}


def test_a_cost_is_a_row() -> None:
    """Figure, ratio, floor and growth stand in one row; what was not measured is named."""
    page = performance.page(_found(Cost("cell", [0.3], Floor("named_query", [0.1]))), NAMES)
    [row] = [line for line in page.splitlines() if line.startswith("| the same as a cell")]
    cells = ["the same as a cell of a notebook", "0.3 s (once)", "3"]
    assert row.strip("| ").split(" | ") == [*cells, "the same, asked by the app", "0.25"]
    assert "250 customers, walk: late" in page
    assert "import_1000" in page
    assert "load lay between 1.5 and 1.5" in page


def test_a_ratio_is_a_mark() -> None:
    """The picture has a mark for each ratio, at its place on the scale of tens."""
    floor = Floor("named_query", [0.1])
    drawn = performance.picture(
        _found(Cost("cell", [0.1], floor), Cost("export", [10.0], floor)), NAMES
    )
    assert drawn.count("<circle") == 2
    assert "<title>250: 100</title>" in drawn


def test_tend_stands_beside_the_plain_page() -> None:
    """The second picture has both at each step, in seconds."""
    plain = Floor("plain_pandas", [0.5])
    drawn = performance.picture_beside(_found(Cost("beside_load", [0.25], plain)), NAMES)
    assert "<title>Tend: 0.25 s</title>" in drawn
    assert "<title>plain page: 0.5 s</title>" in drawn


def test_all_that_was_measured_is_named() -> None:
    """Each cost and each floor of the last runs has its words on the page."""
    assert performance.FOUND.exists()
    found = json.loads(performance.FOUND.read_text(encoding="utf-8"))
    known = {name for group in NAMES["groups"] for name in group["costs"]}
    for told in found["sizes"].values():
        assert told["costs"].keys() <= known
        assert {cost["floor"] for cost in told["costs"].values()} <= NAMES["floors"].keys()

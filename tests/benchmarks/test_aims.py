"""Aims: each is held against what was measured in its own size, and none is forgotten."""

import tomllib
from typing import Any

import pytest

from benchmarks.measures import aims
from docs import performance

pytestmark = pytest.mark.quick


def _sizes(**costs: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {size.strip("_"): {"costs": found} for size, found in costs.items()}


def _met(sizes: dict[str, dict[str, Any]]) -> dict[tuple[str, str, int], tuple[object, object]]:
    return {(one.said, one.cost, one.size): (one.found, one.is_met) for one in aims.held(sizes)}


def test_a_cost_is_held_against_what_its_aim_says() -> None:
    """Its floor, itself, another cost, and the same at another size; what is not there is none."""
    found = _met(
        _sizes(
            _250={"touch": {"s": 0.2, "ratio": 9.0}, "sessions_50_errors": {"count": 0.0}},
            _10000={"touch": {"s": 0.5, "ratio": 3.0}, "filter_new": {"s": 1.0, "ratio": 2.6}},
            _100000={
                "import_1000": {"s": 5.0, "ratio": 99.0},
                "import_touches": {"s": 50.0, "ratio": 9.0},
                "memory": {"mb": 2048.5, "ratio": 2.0},
            },
        )
    )
    entry = "From entry to redraw, to "
    assert found[entry + "that at 250 customers", "touch", 10_000] == (2.5, False)
    assert found[entry + "an empty page's redraw", "touch", 10_000] == (3.0, True)
    assert found[entry + "that at 250 customers", "touch", 100_000] == (None, None)
    new = "A redraw that nobody asked for before, to an empty page's"
    assert found[new, "filter_new", 10_000] == (2.6, False)
    whole = "1,000 rows more, to the import of the whole file"
    assert found[whole, "import_1000", 100_000] == (0.1, True)
    assert found["Memory of the server, in MB", "memory", 100_000] == (2048.5, False)
    assert found["Many people at once: errors", "sessions_50_errors", 250] == (0.0, True)


def test_every_aim_names_what_is_measured() -> None:
    """Costs of aims stand on the page, and what they are held against is there."""
    groups = performance.words()["groups"]
    known = {name for group in groups for name in group["costs"]}
    listed = tomllib.loads(aims.AIMS.read_text(encoding="utf-8"))["aims"]
    assert {cost for aim in listed for cost in aim["costs"]} <= known
    assert {aim["of"] for aim in listed} <= known | {"floor", "itself", "250"}
    assert {size for aim in listed for size in aim["sizes"]} <= performance.SIZES

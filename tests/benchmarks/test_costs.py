"""What benchmarks compute of what they measured: ratios, growth, one report from several runs."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measures import report
from benchmarks.measures.costs import Cost, Floor, growth, ratio

pytestmark = pytest.mark.quick
SIZES = st.sets(st.integers(2, 1_000_000), min_size=2, max_size=5)


@given(sizes=SIZES, exponent=st.floats(-1, 3), once=st.floats(1e-4, 1e4))
def test_growth_is_the_power_of_a_power(sizes: set[int], exponent: float, once: float) -> None:
    """A cost of a times the size to the power k grows with k, whatever a is."""
    found = growth({size: once * size**exponent for size in sizes})
    assert found == pytest.approx(exponent, abs=1e-6)


def test_growth_of_uneven_costs() -> None:
    """Between three sizes the line is the one of least squares: here by hand."""
    assert growth({10: 1.0, 100: 10.0, 1000: 10.0}) == pytest.approx(0.5)
    assert growth({250: 3.0}) is None


@given(
    taken=st.lists(st.floats(0.001, 1000), min_size=1, max_size=9),
    floor=st.lists(st.floats(0.001, 1000), min_size=1, max_size=9),
    times=st.floats(0.01, 100),
)
def test_a_slower_machine_changes_no_ratio(
    taken: list[float], floor: list[float], times: float
) -> None:
    """Cost and floor as many times slower give the same ratio."""
    slower = ratio([times * one for one in taken], [times * one for one in floor])
    assert slower == pytest.approx(ratio(taken, floor))


def test_a_cost_is_told_by_its_median() -> None:
    """One slow run changes neither figure nor ratio."""
    floor = Floor("bare_scan", [0.1, 0.1, 9.0])
    told = Cost("cell", [0.3, 0.2, 0.3, 5.0, 0.3], floor, server=[0.2]).told()
    assert (told["s"], told["ratio"], told["runs"]) == (0.3, 3.0, 5)
    assert (told["floor"], told["floor_s"], told["server_s"]) == ("bare_scan", 0.1, 0.2)
    assert (told["least"], told["most"]) == (0.2, 5.0)


def _run(size: str, why: str | None = None, **costs: float) -> dict[str, Any]:
    own = {name: {"s": one} for name, one in costs.items()}
    return {"sizes": {size: {"rows": {}, "costs": own, "missed": {"part": why}}}}


def test_runs_come_together() -> None:
    """What was measured again takes the place of what was, all else stays, and growth is of all."""
    found: dict[str, Any] = {}
    for one in (_run("10000", "late", a=5, b=1), _run("250", a=5), _run("10000", a=50)):
        found = report.merged(found, one)
    assert list(found["sizes"]) == ["250", "10000"]
    assert found["sizes"]["10000"]["costs"] == {"a": {"s": 50}, "b": {"s": 1}}
    assert found["sizes"]["10000"]["missed"] == {}
    assert found["growth"] == {"a": pytest.approx(0.62, abs=0.01)}

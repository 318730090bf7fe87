"""In which order cells run, and what a circle of them says."""

from itertools import pairwise

import pytest

from tend.notebook import order
from tend.queries.door.refused import Refused

pytestmark = pytest.mark.quick
READS = {
    "c": frozenset({"B", "customers"}),
    "a": frozenset({"contracts"}),
    "b": frozenset({"a"}),
    "d": frozenset({"a", "c"}),
}


def test_what_a_cell_needs_comes_before_it() -> None:
    """Directly or through others, wherever it stands; tables are no cells."""
    assert order.behind("D", READS) == ("a", "b", "c")
    assert order.behind("a", READS) == ()
    assert order.order(READS) == ("a", "b", "c", "d")
    apart = {"x": frozenset({"z"}), "y": frozenset[str](), "z": frozenset[str]()}
    assert order.order(apart) == ("z", "x", "y")  # as they stand, where nothing else says so
    assert order.needing("a", READS) == {"b", "c", "d"}
    assert order.needing("d", READS) == frozenset()


def test_a_circle_is_refused_with_its_cells() -> None:
    """Only those of the circle are named; cells beside it still run."""
    reads = READS | {"a": frozenset({"c"}), "e": frozenset({"f"}), "f": frozenset()}
    with pytest.raises(Refused) as refused:
        order.behind("d", reads)
    circle = str(refused.value.params["cells"]).split(" → ")
    assert (circle[0], sorted(circle[1:])) == (circle[-1], ["a", "b", "c"])
    assert all(two in reads[one] or two.upper() in reads[one] for one, two in pairwise(circle))
    assert order.behind("e", reads) == ("f",)
    ladder = {f"c{n}": frozenset({f"c{n - 1}", f"c{n - 2}"}) for n in range(200)}
    assert len(order.behind("c199", ladder)) == 199  # at once, however many ways lead there
    with pytest.raises(Refused):
        order.behind("x", {"x": frozenset({"X"})})

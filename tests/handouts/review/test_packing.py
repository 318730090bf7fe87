"""What is packed comes out as it was: rows of views, columns, specifications."""

from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tend.handouts.review.packing import Json, Rows, Texts, applied, packed, patch, plain

pytestmark = pytest.mark.quick
_LEAF = some.none() | some.booleans() | some.integers(-3, 3) | some.text("ab", max_size=2)
SPECS = some.recursive(
    _LEAF,
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.sampled_from("xyz"), inner, max_size=3)
    ),
    max_leaves=12,
)


def unpacked(column: Json) -> list[Json]:
    """Give the values of a packed column, as the browser reads them."""
    return [column["of"][at] for at in column["at"]] if isinstance(column, dict) else column


@given(SPECS, SPECS)
def test_a_patch_makes_the_other_specification(one: Json, other: Json) -> None:
    """Whatever differs, also what is there in one of them only; where nothing does, it is empty."""
    assert applied(one, patch(one, other)) == other
    assert patch(one, one) == []


@given(some.lists(some.sampled_from(["at risk", "healthy", "", None, 3, 0.5, True])))
def test_a_column_comes_out_as_it_went_in(values: list[Json]) -> None:
    """With its values, or with the numbers of the few that it has."""
    assert unpacked(packed(values)) == values


def test_rows_of_a_filtered_list_are_those_of_the_whole() -> None:
    """A view is the numbers of its rows; in languages that differ, a value is one for each."""
    names = pa.array(["Acme", "Bolt", "Cedar"])
    states = [pa.array(["at risk", "healthy", "at risk"]), pa.array(["危险", "健康", "危险"])]
    whole = [pa.table({"name": names, "state": state}) for state in states]
    rows = Rows(("name", "state"))
    assert rows.put(whole, ["A", "B", "C"]) == [0, 1, 2]
    assert rows.put([table.take([2, 0]) for table in whole], ["C", "A"]) == [2, 0]
    assert rows.put([table.slice(0, 0) for table in whole], []) == []
    assert rows.put([table.slice(0, 1) for table in whole], ["D"]) == [3]  # alike, and another's
    assert rows.keys() == [0, 1, 2, 3]
    assert len(rows) == 4
    name, state = map(unpacked, rows.cells())
    assert name == ["Acme", "Bolt", "Cedar", "Acme"]
    assert state == [["at risk", "危险"], ["healthy", "健康"], *[["at risk", "危险"]] * 2]


def test_a_text_that_is_said_again_stands_once() -> None:
    """Views name its number; in languages that differ, it is one for each."""
    texts = Texts()
    said = [texts.put(one) for one in (["a", "b"], ["a", "a"], ["a", "b"])]
    assert said == [0, 1, 0]
    assert texts.all() == [["a", "b"], "a"]


def test_values_are_written_as_json_has_them() -> None:
    """Days by their ISO form, numbers that are none as missing, ten digits of any."""
    assert plain(date(2026, 9, 30)) == "2026-09-30"
    assert plain(datetime(2026, 9, 30, 8, 5, 9)) == "2026-09-30T08:05"
    assert [plain(float(one)) for one in ("nan", "inf", "-inf")] == [None, None, None]
    assert plain(0.1 + 0.2) == 0.3
    assert plain(12.0) == 12
    assert plain(["a", "b"]) == "a, b"
    assert plain(True) is True

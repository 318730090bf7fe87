"""What columns of an answer hold, and charts of them."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from tend.figures.collection import FIGURES
from tend.figures.palette import DARK, LIGHT
from tend.notebook import charts, columns
from tend.notebook.cells import Cell
from tend.notebook.charts import Chart

pytestmark = pytest.mark.quick
TABLE = pa.table(
    {
        "size": ["small", "large"],
        "arr": [1.0, 2.0],
        "renewal_rate": [0.5, 0.25],
        "n": [1, 2],
        "a.b [c]": [1.5, 2.5],
        "last": [date(2026, 1, 1), date(2026, 2, 1)],
        "csm": ["A", "B"],
        "is_open": [True, False],
        "segment": pa.array([1, 2]),
    }
)


def test_kinds_follow_names_where_the_types_fit() -> None:
    """As queries call them; a rate by its ending; else by the type."""
    found = {name: kind.name for name, kind in columns.kinds_of(TABLE).items()}
    assert found == {
        "size": "label",
        "arr": "money",
        "renewal_rate": "rate",
        "n": "count",
        "a.b [c]": "mixed",
        "last": "date",
        "csm": "label",
        "is_open": "flag",
        "segment": "count",  # elsewhere a label: numbers are none
    }


def test_a_figure_says_what_its_columns_hold() -> None:
    """The header of its query comes first."""
    table = pa.table({"segment": ["a"], "rate_low": [0.1]})
    kinds = columns.kinds_of(table, FIGURES["renewals_by_segment"])
    assert (kinds["segment"].name, kinds["rate_low"].name) == ("label", "rate")


def test_answers_are_in_plain_types() -> None:
    """Sums of whole numbers, decimals, lists and structs: what tables and charts can show."""
    found = columns.plain(
        pa.table(
            {
                "sum": pa.array([Decimal(3)], pa.decimal128(38, 0)),
                "part": pa.array([Decimal("1.5")], pa.decimal128(18, 2)),
                "both": pa.array([{"a": 1}]),
                "names": pa.array([["x"]]),
                "numbers": pa.array([[1]]),
                "small": pa.array([1], pa.int8()),
            }
        )
    )
    assert found.to_pylist() == [
        {"sum": 3, "part": 1.5, "both": "{'a': 1}", "names": ["x"], "numbers": "[1]", "small": 1}
    ]
    assert [str(kind) for kind in found.schema.types[:2]] == ["int64", "double"]


@pytest.mark.parametrize("mark", charts.MARKS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_mark_is_drawn_from_columns_of_any_name(mark: str, language: str) -> None:
    """The rows are bound by their roles; titles are the columns' own; both themes have specs."""
    chart = Chart(mark, "a.b [c]", "size", "csm", "is_open")
    kinds = columns.kinds_of(TABLE)
    parts = charts.facets(chart, TABLE)
    assert [value for value, _ in parts] == [True, False]
    assert parts[0][1].column_names == ["x", "y", "color", "facet"]
    light, dark = (charts.spec(chart, kinds, {}, language, is_dark) for is_dark in (False, True))
    assert LIGHT.series[1] in str(light)
    assert DARK.series[1] in str(dark)
    assert "a.b [c]" in str(light)
    assert "data" not in light


def test_a_chart_begins_with_what_fits() -> None:
    """Over time a line, else bars by name; nothing where nothing has a size."""
    kinds = columns.kinds_of(TABLE)
    assert charts.suggested(kinds) == Chart("line", "last", "arr")
    assert charts.suggested({n: kinds[n] for n in ("n", "size")}) == Chart("bar", "n", "size")
    assert charts.suggested({"size": kinds["size"]}) is None
    assert charts.missing(Chart("bar", "arr", "gone"), kinds) == ("gone",)


def test_a_cell_says_its_chart() -> None:
    """A mark with two columns is one; without, or with a mark nobody knows, there is none."""
    cell = Cell("c", "sql", options=(("mark", "bar"), ("x", "arr"), ("y", "size")))
    assert charts.of(cell) == Chart("bar", "arr", "size")
    assert charts.of(cell.saying(mark="pie")) is None
    assert charts.of(cell.saying(y=None)) is None

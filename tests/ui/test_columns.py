"""Columns of tables: none shows a number as the database happens to hold it."""

from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pytest

from tend.figures.collection import FIGURES
from tend.figures.figure import Figure
from tend.queries import asking
from tend.store.workspace import Workspace, open_workspace
from tend.ui.parts import columns
from tend.view import View

pytestmark = pytest.mark.quick

TABLES = [cell for cell in FIGURES.values() if not cell.chart]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Open a workspace without data: columns have their types all the same."""
    opened = open_workspace(tmp_path_factory.mktemp("columns") / "workspace")
    yield opened
    opened.close()


@pytest.mark.parametrize("cell", TABLES, ids=lambda cell: cell.name)
def test_every_number_has_a_kind(cell: Figure, empty: Workspace) -> None:
    """A new column of a table says whether it is money, a rate, hours or a count."""
    view = cell.ask(View(date(2026, 9, 30)))
    schema = asking.run(empty, cell.query, view, **dict(cell.given)).schema
    assert [field.name for field in schema if columns.kind(field) == "raw"] == []


def test_a_number_nobody_knows_is_told() -> None:
    """The guard bites: a fraction without a kind is raw, a whole number is a count."""
    assert columns.kind(pa.field("brand_new", pa.float64())) == "raw"
    assert columns.kind(pa.field("brand_new", pa.decimal128(12, 2))) == "raw"
    assert columns.kind(pa.field("brand_new", pa.int64())) == "count"


def test_formats_have_their_decimals() -> None:
    """Money whole, rates with one decimal, parameters with three digits, headers as they are."""
    named = ("arr_per_hour", "cost_rate", "hours", "alpha", "log_likelihood")
    config = columns.config(pa.schema([(name, pa.float64()) for name in named]), "en")
    kinds = {name: config[name]["type_config"] for name in named}
    assert (kinds["cost_rate"]["format"], kinds["cost_rate"]["step"]) == ("percent", 0.001)
    shown = [kinds[name]["format"] for name in ("arr_per_hour", "hours", "alpha")]
    assert shown == ["%,.0f", "%,.1f", "%.3g"]
    assert config["log_likelihood"]["label"] == "Log-likelihood"


def test_rates_are_rounded_not_cut_off() -> None:
    """The browser cuts off beyond the step: 6.28 % has to come as 6.3 %."""
    table = pa.table({"cost_rate": [0.0628, -0.0628, None], "hours": [1.26, 2.0, None]})
    shown = columns.written(table).to_pydict()
    assert shown == {"cost_rate": [0.063, -0.063, None], "hours": [1.26, 2.0, None]}

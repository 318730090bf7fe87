"""Columns of tables: each is written by the kind that the header of its query says."""

import pyarrow as pa
import pytest

from tend.ui.parts import columns

pytestmark = pytest.mark.quick


def test_formats_have_their_decimals() -> None:
    """Money whole, rates with one decimal, coefficients with three digits, headers as they are."""
    names = ["arr_per_hour", "cost_rate", "hours", "customers", "brought_in"]
    config = columns.config("csm_coverage", names, "en", "CNY")
    kinds = {name: config[name]["type_config"] for name in names[:-1]}
    assert (kinds["cost_rate"]["format"], kinds["cost_rate"]["step"]) == ("percent", 0.001)
    shown = [kinds[name]["format"] for name in ("arr_per_hour", "hours", "customers")]
    assert shown == ["%,.0f", "%,.1f", "%,.0f"]
    assert "type_config" not in config["brought_in"]
    assert config["arr_per_hour"]["label"] == "ARR per hour, CNY"
    assert config["hours"]["label"] == "Hours"
    config = columns.config("retention_curve", ["alpha", "log_likelihood"], "en", "CNY")
    assert config["alpha"]["type_config"]["format"] == "%.3g"
    assert config["log_likelihood"]["label"] == "Log-likelihood"


def test_days_and_months_are_written_alike_everywhere() -> None:
    """A day by its date, a month without one."""
    config = columns.config("losses", ["end_date", "won_back_month", "arr"], "zh", "人民币")
    shown = [config[name]["type_config"]["format"] for name in config]
    assert shown == ["YYYY-MM-DD", "YYYY-MM", "%,.0f"]
    assert config["arr"]["label"] == "ARR（人民币）"


def test_rates_are_rounded_not_cut_off() -> None:
    """The browser cuts off beyond the step: 6.28 % has to come as 6.3 %."""
    table = pa.table({"cost_rate": [0.0628, -0.0628, None], "hours": [1.26, 2.0, None]})
    shown = columns.written("csm_coverage", table).to_pydict()
    assert shown == {"cost_rate": [0.063, -0.063, None], "hours": [1.26, 2.0, None]}

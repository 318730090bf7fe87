"""How each column of a table is written: money whole, rates and hours with one decimal."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from tend.ui.parts import words

_MONEY = frozenset(
    {"arr", "arr_change", "arr_before", "arr_without_largest", "arr_per_customer", "arr_per_hour"}
    | {"contracted_to_date", "service_cost", "remaining_value", "acquisition_cost", "ltv", "cac"}
    | {"mrr", "point_value", "ltv_plus_point", "amount", "expected_amount"}
)
_SHARES = frozenset(
    {"share", "rate", "rate_low", "rate_high", "probability", "coverage"}
    | {"nrr", "nrr_without_largest", "grr", "logo_retention"}
    # what a headline holds against the period before and the year before
    | {"value", "previous", "year_before", "change_previous", "change_year_before"}
)
_TENTHS = frozenset(
    {
        "nps",
        "nps_mean",
        "csat",
        "csat_scale",
        "hours",
        "service_hours",
        "hours_per_customer",
        "ltv_cac",
        "quick_ratio",
    }
    | {"lifetime_years", "expected_years", "discounted_years", "remaining_years"}
    | {"foretold_years", "foretold_remaining_years"}
    | {"outcome_score", "experience_score", "from_outcome_score", "from_experience_score"}
    | {"log_likelihood", "priority", "weight"}
    | {"renewal_part", "health_part", "fall_part", "touch_part", "task_part", "stage_part"}
)
# Parameters of a model say something by their size alone.
_PARAMETERS = frozenset({"alpha", "beta"})
# Counts that files or queries give as numbers with a fraction.
_COUNTS = frozenset({"active_users", "licensed_users", "features_used", "numerator", "denominator"})
_COUNTED = ("_numerator", "_denominator")
_DAYS = frozenset(
    {"end_date", "start_date", "latest", "entered_on", "last_action", "period_end", "last_touch"}
)
_MONTHS = frozenset({"month", "lost_month", "won_back_month"})

# An outcome with its mark is longer than the sign of most rows.
_WIDTHS: Mapping[str, int] = MappingProxyType({"outcome": 150})

# A rate is a fraction: a thousandth of it is a tenth of a per cent.
_STEP, _DIGITS = 0.001, 3
_PRINTED = MappingProxyType(
    {"money": "%,.0f", "count": "%,.0f", "tenth": "%,.1f", "parameter": "%.3g"}
)


def config(schema: pa.Schema, language: str) -> Mapping[str, Any]:
    """Give header, unit and format of each column in the reader's language."""
    return {
        # a header is drawn as it is: an escaped one would show its backslashes
        field.name: _column(kind(field), words.dimension(field.name, language), field.name)
        for field in schema
    }


def written(table: pa.Table) -> pa.Table:
    """Give the table with its rates at one decimal of a per cent.

    The browser cuts off what is beyond a column's step: it has to be rounded before.
    """
    for place, field in enumerate(table.schema):
        if kind(field) == "share" and pa.types.is_floating(field.type):
            rounded = pc.round(table.column(place), _DIGITS, "half_towards_infinity")
            table = table.set_column(place, field, rounded)
    return table


def kind(field: pa.Field) -> str:
    """Tell what a column holds; "raw" where nobody has said how its numbers are written."""
    name = field.name
    by_name = {
        "money": name in _MONEY or name.endswith("_arr"),
        "share": name in _SHARES or name.endswith(("_rate", "_share")),
        "tenth": name in _TENTHS,
        "parameter": name in _PARAMETERS,
        "count": name in _COUNTS or name.endswith(_COUNTED) or pa.types.is_integer(field.type),
        "day": name in _DAYS,
        "month": name in _MONTHS,
    }
    found = next((kind for kind, is_so in by_name.items() if is_so), None)
    return found or ("raw" if _is_number(field.type) else "other")


def _column(kind: str, label: str, name: str) -> Any:
    kinds = st.column_config
    if kind == "share":
        return kinds.NumberColumn(label, format="percent", step=_STEP)
    if kind in _PRINTED:
        return kinds.NumberColumn(label, format=_PRINTED[kind])
    if kind in ("day", "month"):
        return kinds.DateColumn(label, format="YYYY-MM-DD" if kind == "day" else "YYYY-MM")
    return kinds.Column(label, width=_WIDTHS.get(name))


def _is_number(type_: pa.DataType) -> bool:
    return bool(pa.types.is_floating(type_) or pa.types.is_decimal(type_))

"""Hold the product's rows against the oracle's."""

from math import isclose
from typing import Any

from tests.metrics.asking import Row

COLUMNS = {
    "renewals": (
        *("contract_id", "customer_id", "customer_name", "end_date", "arr", "outcome"),
        *("successor_id", "successor_arr", "loss_reason", "days_left", "is_marked_lost"),
    ),
    "renewal_rates": (
        *("segment", "contracts", "renewed", "renewed_on_time", "renewed_late", "lost", "overdue"),
        *("due", "due_arr", "renewed_arr", "kept_arr", "contract_renewal_rate"),
        *("logo_renewal_rate", "net_renewal_rate", "gross_renewal_rate", "on_time_rate"),
    ),
    "retention_12m": (
        *("segment", "opening_customers", "kept_customers", "opening_arr", "kept_arr", "arr_now"),
        *("nrr", "grr", "logo_retention"),
    ),
    "arr_movements": (
        *("month", "segment", "opening", "new", "reactivation", "expansion", "contraction"),
        *("churn", "closing", "customers"),
    ),
    "health": (
        *("customer_id", "month", "outcome_score", "experience_score", "outcome_state"),
        *("experience_state", "quadrant", "coverage"),
    ),
    "quadrant_movement": ("from_quadrant", "to_quadrant", "customers", "arr", "direction"),
    "health_backtest": (
        *("quadrant", "contracts", "renewed", "rate", "rate_low", "rate_high"),
        *("outcome_auc", "experience_auc", "auc"),
    ),
}
KEYS = {
    "sop_matrix": ("segment", "scale", "satisfaction"),
    "sop_movement": ("scale", "was", "satisfaction"),
    "priorities": ("customer_id",),
    "untouched": ("customer_id",),
    "touch_rate": ("segment", "csm", "month"),
    "customer": ("customer_id",),
    "customer_values": ("customer_id",),
    "cohort_retention": ("cohort", "age"),
    "retention_curve": ("cohort",),
    "lifecycle": ("stage",),
    "lifecycle_moves": ("customer_id",),
    "arr_periods": ("period",),
    "arr_bridge": ("place",),
    "arr_movers": ("customer_id", "move"),
    "retention_trend": ("month",),
    "contract_lifetimes": ("segment", "months"),
    "effort_by_tier": ("tier",),
    "value_effort": ("customer_id",),
    "value_base": ("month",),
    "rfm": ("customer_id",),
    "renewal_forecast": ("contract_id",),
    "renewal_change": ("segment", "split"),
    "win_backs": ("customer_id", "month"),
    "losses": ("contract_id",),
    "loss_reasons": ("segment", "reason_group"),
    "renewal_matrix": ("segment", "split"),
    "renewal_cohorts": ("quarter", "age"),
    "forecast_check": ("lead", "month_end"),
    "forecast_calibration": ("chance_from",),
    "renewals": ("contract_id",),
    "arr_movements": ("month", "segment"),
    "health": ("customer_id",),
    "quadrant_movement": ("from_quadrant", "to_quadrant"),
    "health_backtest": ("quadrant",),
    "health_flows": ("month",),
    "usage_states": ("month",),
    "health_alerts": ("month", "customer_id", "cause"),
    "health_calibration": ("fifth",),
    "customer_health": ("month",),
    "health_indicators": ("indicator",),
    "customer_move": ("indicator",),
    "movement_grid": ("kind", "from_quadrant", "to_quadrant"),
    "movement_customers": ("customer_id",),
    "movement_summary": (),
    "score_limits": ("score",),
    "score_distribution": ("score", "bin_from"),
    "health_distribution": ("indicator", "place"),
    "usage_measures": ("measure",),
}
# Scores and rates are small, and no sum of large amounts stands behind them.
NEAR = {"health": 1e-9, "health_backtest": 1e-12}
# A lost contract has no successors' ARR: nothing and 0 say the same (B13).
NOTHING_IS_ZERO = ("successor_arr", "due_arr", "renewed_arr", "kept_arr")


def differences(name: str, product: list[Row], oracle: list[Row]) -> list[str]:
    """List every row and cell in which the two differ, as text."""
    keys = KEYS.get(name, ("segment",))
    if name == "health_distribution":
        product = numbered(product)
    mine = {tuple(row[key] for key in keys): row for row in oracle}
    theirs = {tuple(row[key] for key in keys): row for row in product}
    found = [] if len(theirs) == len(product) else [f"{name}: two rows of one key"]
    for key in sorted(mine.keys() | theirs.keys(), key=str):
        if key not in mine or key not in theirs:
            where = "oracle" if key in mine else "product"
            found.append(f"{name} {key}: only in the {where}: {mine.get(key) or theirs.get(key)}")
            continue
        found += [
            f"{name} {key} {column}: product {theirs[key][column]}, oracle {mine[key][column]}"
            for column in COLUMNS.get(name, tuple(mine[key]))
            if not is_same(column, theirs[key][column], mine[key][column], NEAR.get(name, 1e-6))
        ]
    return found


def numbered(rows: list[Row]) -> list[Row]:
    """Number the bins of each indicator: edges that are sums are no key."""
    names = [row["indicator"] for row in rows]
    return [row | {"place": n - names.index(row["indicator"])} for n, row in enumerate(rows)]


def is_same(column: str, one: Any, other: Any, near: float = 1e-6) -> bool:
    """Compare two cells; amounts and rates to nine digits."""
    if column in NOTHING_IS_ZERO:
        one, other = one or 0, other or 0
    if isinstance(one, list) and isinstance(other, list):
        cells = zip(one, other, strict=False)
        return len(one) == len(other) and all(is_same(column, *pair, near) for pair in cells)
    if isinstance(one, float) or isinstance(other, float):
        if one is None or other is None:
            return False
        return isclose(one, other, rel_tol=1e-9, abs_tol=near)
    return bool(one == other)

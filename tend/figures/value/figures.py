"""The figures of Customer value: what moved, who makes the value, who stays, at what cost."""

from typing import Any

from tend.figures import looks
from tend.figures.figure import GROUP, WINDOW, Figure, tile
from tend.figures.value import arr_charts, cohort_charts, effort_charts, findings
from tend.figures.value import value_charts as charts

_WHO = ("customer_name", "arr", "csm", "tier", "industry", "size")
_CUSTOMERS = (
    *("customer_name", "arr", "arr_share", "cumulative_share", "tier", "months"),
    *("contracted_to_date", "remaining_value", "service_cost", "effort_share"),
    *("tier_effort_share", "overdue_arr", "csm", "industry", "size", "region"),
    *("source_channel", "acquisition_cost", "customer_id"),
)
# A customer's life: what cells, lines and curves of cohorts count.
_AGED = (("cohort", "cohort"), ("age", "age"))
_LIVES: dict[str, Any] = {"listed": "customer_lives", "counts": "customers"}
ALL = (
    Figure(
        "arr_periods",
        "arr_periods",
        chart=arr_charts.arr_periods,
        ask=looks.by_step,
        finding=findings.periods,
        behind=(("period", WINDOW), ("move", "move")),
        bars=tuple((move, move) for move in findings.MOVES),
        listed="arr_movers",
    ),
    Figure(
        "arr_movers",
        "arr_movers",
        columns=("customer_name", "arr_change", *_WHO[1:]),
        given=(("move", None),),
    ),
    Figure(
        "arr_bridge",
        "arr_bridge",
        chart=arr_charts.arr_bridge,
        ask=looks.at_large,
        finding=findings.bridge,
        behind=(("move", "move"),),
        listed="arr_movers",
        counts="customers",
    ),
    Figure(
        "retention_trend",
        "retention_trend",
        chart=charts.retention_trend,
        ask=looks.two_years,
        finding=findings.retention,
        behind=(("month", "in_month"),),
        listed="retention_customers",
        counts="opening_customers",
    ),
    Figure(
        "concentration_curve",
        "concentration_curve",
        chart=charts.concentration_curve,
        ask=looks.as_a_whole,
        finding=findings.concentration,
        behind=(("place", "largest"),),
        listed="customers_behind",
        counts="place",
    ),
    Figure(
        "customer_values",
        "customer_values",
        ask=looks.as_a_whole,
        columns=_CUSTOMERS,
        given=(("search", None),),
    ),
    Figure(
        "concentration_segments",
        "concentration",
        finding=findings.concentrated,
        columns=(
            *("segment", "customers", "arr", "top_20_percent_share", "customers_for_80_percent"),
            *("largest_share", "largest_customer_name", "arr_without_largest"),
            *("nrr", "nrr_without_largest"),
        ),
        behind=(("segment", GROUP),),
        listed="customers_behind",
        counts="customers",
        narrowed=(("has_arr", True),),
    ),
    Figure(
        "lifetime_value",
        "lifetime_value",
        chart=charts.lifetime_value,
        finding=findings.lifetime,
        with_total=True,
        behind=(("segment", GROUP),),
        listed="customers_behind",
        counts="customers",
        narrowed=(("has_arr", True),),
    ),
    Figure(
        "value_base",
        "value_base",
        chart=charts.value_base,
        ask=looks.two_years,
        finding=findings.base,
        behind=(("month", WINDOW),),
        listed="arr_movers",
        counts="customers",
        narrowed=(("move", "closing"),),
    ),
    *(
        Figure(name, "cohort_retention", chart=chart, ask=looks.as_a_whole, behind=_AGED, **_LIVES)
        for name, chart in (
            ("cohort_customers", cohort_charts.cohort_customers),
            ("cohort_arr", cohort_charts.cohort_arr),
        )
    ),
    Figure(
        "cohort_curves",
        "cohort_curves",
        chart=cohort_charts.cohort_curves,
        ask=looks.as_a_whole,
        finding=findings.curves,
        behind=_AGED,
        seen="kept_customers",
        **_LIVES,
    ),
    Figure(
        "retention_curve",
        "retention_curve",
        ask=looks.as_a_whole,
        finding=findings.fits,
        behind=_AGED[:1],
        **_LIVES,
        columns=(
            *("cohort", "customers", "ages", "kept_customers", "is_steady", "foretold_years"),
            *("foretold_remaining_years", "alpha", "beta", "log_likelihood"),
        ),
    ),
    Figure(
        "contract_lifetimes",
        "contract_lifetimes",
        chart=cohort_charts.contract_lifetimes,
        behind=(("segment", GROUP), ("months", "at_months")),
        listed="customer_lives",
        counts="still_there",
    ),
    Figure(
        "customer_lives",
        "customer_lives",
        columns=(
            *("customer_name", "first_start", "months", "is_kept", "is_in_force", "arr_at_start"),
            *("arr_then", "kept_arr", "years_on", "cohort", "csm", "tier", "industry"),
            "customer_id",
        ),
    ),
    Figure(
        "value_effort",
        "value_effort",
        chart=effort_charts.value_effort,
        ask=looks.as_a_whole,
        finding=findings.effort,
        stands_on=("touches",),
        opens="customer_id",
    ),
    Figure(
        "customers_behind",
        "customer_values",
        ask=looks.as_a_whole,
        columns=_CUSTOMERS,
    ),
    Figure(
        "effort_by_tier",
        "effort_by_tier",
        ask=looks.as_a_whole,
        stands_on=("touches",),
        behind=(("tier", "tier"),),
        listed="customers_behind",
        counts="customers",
        narrowed=(("in_force", True),),
    ),
    Figure(
        "tier_moves",
        "tier_moves",
        ask=looks.at_large,
        columns=(
            *("customer_name", "from_tier", "to_tier", "arr_before", "arr", "given_tier", "csm"),
        ),
    ),
    Figure(
        "four_goals",
        "four_goals",
        with_total=True,
        behind=(("segment", GROUP),),
        listed="customers_behind",
        counts="customers",
        narrowed=(("in_force", True),),
    ),
    Figure(
        "lifecycle",
        "lifecycle",
        chart=charts.lifecycle,
        ask=looks.as_a_whole,
        behind=(("stage", "stage"),),
        listed="lifecycle_customers",
        counts="customers",
    ),
    Figure(
        "lifecycle_customers",
        "lifecycle_customers",
        columns=(
            *("customer_name", "stage", "arr", "days_left", "go_live_date", "csm", "tier"),
            "customer_id",
        ),
    ),
    tile("arr", "concentration", listed="customers_behind", narrowed=(("has_arr", True),)),
    tile("quick", "arr_growth", listed="arr_movers", ask=looks.at_large),
    tile("lifetime", "lifetime_value", listed="renewal_customers", ask=looks.year_to_day),
    tile(
        "ltv_cac",
        "lifetime_value",
        listed="customers_behind",
        narrowed=(("has_arr", True), ("has_cost", True)),
    ),
    tile("effort", "service_effort", listed="customers_behind", narrowed=(("in_force", True),)),
    Figure(
        "lifecycle_moves",
        "lifecycle_moves",
        ask=looks.at_large,
        columns=("customer_name", "from_stage", "to_stage", "arr", "arr_before", "csm", "tier"),
    ),
    Figure(
        "rfm",
        "rfm",
        ask=looks.as_a_whole,
        columns=(
            *("customer_name", "rfm", "recency", "frequency_score", "money", "arr", "industry"),
            *("last_action", "frequency", "peers"),
        ),
    ),
    Figure(
        "value_signs",
        "value_signs",
        ask=looks.as_a_whole,
        columns=(
            *("sign", "customer_name", "arr", "active_share", "active_users", "licensed_users"),
            *("features_used", "days_left", "period_end", "csm", "tier"),
        ),
    ),
)

"""The cells of Customer value: what moved, who makes the value, who stays, at what cost."""

from datetime import timedelta

from tend.figures.cell import GROUP, Cell
from tend.figures.value import cohort_charts, effort_charts
from tend.figures.value import value_charts as charts
from tend.figures.value import value_findings as findings
from tend.view import View, months_before

# How many months of movements each step shows.
SHOWN = {"month": 12, "quarter": 36, "year": 120}
_TREND = 24


def by_step(view: View) -> View:
    """Show as many periods of the step as tell something, up to the as-of date."""
    months = SHOWN[view.group_by or "quarter"]
    return view.between(months_before(view.as_of + timedelta(days=1), months), view.as_of)


def last_year(view: View) -> View:
    """Show the 12 full months before the as-of date."""
    return view.between(None, None).grouped(None)


def two_years(view: View) -> View:
    """Show 24 months, as they lead to the as-of date."""
    first = months_before(view.as_of + timedelta(days=1), _TREND)
    return view.between(first, view.as_of).grouped(None)


def ungrouped(view: View) -> View:
    """Ask for all together."""
    return view.grouped(None)


_WHO = ("customer_name", "arr", "csm", "tier", "industry", "size")
_CUSTOMERS = (
    *("customer_name", "arr", "arr_share", "cumulative_share", "tier", "months"),
    *("contracted_to_date", "remaining_value", "service_cost", "effort_share"),
    *("tier_effort_share", "overdue_arr", "csm", "industry", "size", "region"),
    *("source_channel", "acquisition_cost", "customer_id"),
)
_SEGMENT = (("segment", GROUP),)
ALL = (
    Cell("arr_periods", "arr_periods", chart=charts.periods, ask=by_step, finding=findings.periods),
    Cell(
        "arr_movers",
        "arr_movers",
        columns=("customer_name", "arr_change", *_WHO[1:]),
        given=(("move", None),),
    ),
    Cell(
        "arr_bridge",
        "arr_bridge",
        chart=charts.bridge,
        ask=last_year,
        finding=findings.bridge,
    ),
    Cell(
        "retention_trend",
        "retention_trend",
        chart=charts.retention,
        ask=two_years,
        finding=findings.retention,
    ),
    Cell(
        "concentration_curve",
        "concentration_curve",
        chart=charts.concentration,
        ask=ungrouped,
        finding=findings.concentration,
    ),
    Cell(
        "customer_values",
        "customer_values",
        ask=ungrouped,
        columns=_CUSTOMERS,
        given=(("search", None),),
    ),
    Cell(
        "concentration_segments",
        "concentration",
        finding=findings.concentrated,
        columns=(
            *("segment", "customers", "arr", "top_20_percent_share", "customers_for_80_percent"),
            *("largest_share", "largest_customer_name", "arr_without_largest"),
            *("nrr", "nrr_without_largest"),
        ),
    ),
    Cell(
        "lifetime_value",
        "lifetime_value",
        chart=charts.lifetime,
        finding=findings.lifetime,
        with_total=True,
        behind=_SEGMENT,
    ),
    Cell("value_base", "value_base", chart=charts.base, ask=two_years, finding=findings.base),
    Cell(
        "cohort_customers", "cohort_retention", chart=cohort_charts.cohort_customers, ask=ungrouped
    ),
    Cell("cohort_arr", "cohort_retention", chart=cohort_charts.cohort_arr, ask=ungrouped),
    Cell(
        "cohort_curves",
        "cohort_curves",
        chart=cohort_charts.curves,
        ask=ungrouped,
        finding=findings.curves,
    ),
    Cell(
        "retention_curve",
        "retention_curve",
        ask=ungrouped,
        finding=findings.fits,
        columns=(
            *("cohort", "customers", "ages", "kept_customers", "is_steady", "foretold_years"),
            *("foretold_remaining_years", "alpha", "beta", "log_likelihood"),
        ),
    ),
    Cell("contract_lifetimes", "contract_lifetimes", chart=cohort_charts.lifetimes),
    Cell(
        "value_effort",
        "value_effort",
        chart=effort_charts.effort,
        ask=ungrouped,
        finding=findings.effort,
        opens="customer_id",
    ),
    Cell("effort_by_tier", "effort_by_tier", ask=ungrouped),
    Cell(
        "tier_preview",
        "tier_preview",
        ask=ungrouped,
        columns=("from_tier", "to_tier", "customers", "arr"),
        given=(("strategic_draft", None), ("core_draft", None)),
    ),
    Cell(
        "tier_moves",
        "tier_moves",
        ask=last_year,
        columns=(
            *("customer_name", "from_tier", "to_tier", "arr_before", "arr", "given_tier", "csm"),
        ),
    ),
    Cell("four_goals", "four_goals", with_total=True),
    Cell("lifecycle", "lifecycle", chart=charts.lifecycle, ask=ungrouped),
    Cell(
        "lifecycle_moves",
        "lifecycle_moves",
        ask=last_year,
        columns=("customer_name", "from_stage", "to_stage", "arr", "arr_before", "csm", "tier"),
    ),
    Cell(
        "rfm",
        "rfm",
        ask=ungrouped,
        columns=(
            *("customer_name", "rfm", "recency", "frequency_score", "money", "arr", "industry"),
            *("last_action", "frequency", "peers"),
        ),
    ),
    Cell(
        "value_signs",
        "value_signs",
        ask=ungrouped,
        columns=(
            *("sign", "customer_name", "arr", "active_share", "active_users", "licensed_users"),
            *("features_used", "days_left", "period_end", "csm", "tier"),
        ),
    ),
)

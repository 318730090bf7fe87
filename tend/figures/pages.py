"""The pages: their figures in their order, and the days each looks at by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from tend.figures.figure import Figure
from tend.queries import library
from tend.view import GRIDS, View, months_before, since, window

Days = tuple[date | None, date | None]
# What a figure is grouped by on its page, where the reader has chosen nothing else.
_SPLIT, _ACROSS, _STEP = "size", "quarter", "quarter"


@dataclass(frozen=True)
class Page:
    """The figures of a page in their order, and the days that it looks at by itself."""

    days: Callable[[date], Days]
    first: tuple[str, ...]
    # Further views of the page: their names, and the figures of each.
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    numbers: tuple[str, ...] = ()  # told as numbers above all others
    split: tuple[str, ...] = ()  # grouped by the dimension that the reader chooses
    step: tuple[str, ...] = ()  # grouped by a step of time

    @property
    def figures(self) -> tuple[str, ...]:
        """Give the figures of all views of the page."""
        return (*self.first, *(name for _, names in self.parts for name in names))


def _any_days(_: date) -> Days:
    return None, None


def _year(day: date) -> Days:
    return window("last_12_months", day)


def _moved(day: date) -> Days:
    return since("quarter", day)


def _last_monday(day: date) -> Days:
    return day - timedelta(days=day.weekday() or 7), None


def _quarter_back(day: date) -> Days:
    return months_before(day, 3), None


PAGES: Mapping[str, Page] = MappingProxyType(
    {
        "week": Page(
            _last_monday,
            (
                *("week_due", "week_due_list", "week_fell", "week_fell_list", "week_uncovered"),
                *("week_uncovered_list", "week_renewing", "week_decide", "week_decide_list"),
                "meeting_decisions",
            ),
            numbers=("week_due", "week_fell", "week_uncovered", "week_renewing", "week_decide"),
        ),
        "renewals": Page(
            _year,
            (
                *("renewals_headline", "renewals_by_period", "renewals_by_segment"),
                *("renewals_due", "process_board", "renewal_cohorts", "retention_trend"),
                "process_funnel",
            ),
            (
                (
                    "why",
                    (
                        *("renewals_change", "loss_reasons", "renewals_matrix"),
                        *("losses_by_segment", "losses", "win_backs"),
                    ),
                ),
                (
                    "next",
                    (
                        *("forecast_total", "forecast_months", "call_outcomes", "forecast_list"),
                        *("call_record", "forecast_check", "forecast_calibration"),
                    ),
                ),
            ),
            numbers=("renewals_headline", "forecast_total"),
            split=("renewals_by_segment", "renewals_matrix", "losses_by_segment"),
            step=("renewals_by_period",),
        ),
        "customers": Page(_any_days, ("customers",)),
        "value": Page(
            _any_days,
            (
                *("tile_arr", "tile_quick", "tile_lifetime", "arr_periods", "concentration_curve"),
                *("customer_values", "lifetime_value", "value_base", "concentration_segments"),
                *("arr_bridge", "retention_trend", "cohort_customers", "cohort_arr"),
                *("cohort_curves", "contract_lifetimes", "retention_curve", "value_effort"),
                *("effort_by_tier", "tier_moves", "four_goals", "lifecycle", "lifecycle_moves"),
                *("rfm", "value_signs"),
            ),
            numbers=("tile_arr", "tile_quick", "tile_lifetime"),
            split=(
                *("lifetime_value", "concentration_segments", "cohort_customers", "cohort_arr"),
                *("cohort_curves", "contract_lifetimes", "retention_curve", "four_goals"),
            ),
            step=("arr_periods",),
        ),
        "movement": Page(
            _moved,
            (
                *("movement_headline", "movement_grid", "fallen", "risen", "both_ways"),
                *("movement_matrix", "health_flows", "usage_states", "health_backtest"),
                "health_calibration",
            ),
            numbers=("movement_headline",),
        ),
        "sop": Page(
            _quarter_back,
            ("sop_headline", "sop_matrix", "sop_movement", "sop_potential", "sop_nps"),
            numbers=("sop_headline",),
        ),
        "workbench": Page(
            _any_days,
            (
                *("work_headline", "priorities", "proposals", "tasks", "renewals_in_hand"),
                *("renewals_to_save", "untouched", "touch_rate", "csm_coverage"),
            ),
            numbers=("work_headline",),
        ),
    }
)


def framed(name: str, view: View) -> View:
    """Give the view a page begins with: its own days, where the reader has chosen none."""
    own = PAGES[name].days(view.as_of)
    return view if view.start or view.end else view.between(*own)


def asked(name: str, figure: Figure, view: View) -> View:
    """Give the view of a figure on its page: grouped as the reader chose, else as the page does."""
    page, is_grid = PAGES[name], view.group_by in GRIDS
    grouped = view if is_grid and not page.split else view.grouped(None)
    if figure.name in page.step:
        grouped = view.grouped(_STEP)
    elif figure.name in page.split:
        grouped = view.grouped(view.group_by or _SPLIT)
    if "split_by" in library.find(figure.query).parameters:
        return grouped.split(view.split_by or _ACROSS)
    return grouped

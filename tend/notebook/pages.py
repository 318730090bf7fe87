"""A page as a notebook: its figures, each a cell that looks at the data as the page does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from tend.figures.collection import FIGURES
from tend.language import text
from tend.notebook import figure_cell
from tend.notebook.cells import Cell, Notebook
from tend.queries import library
from tend.view import View, months_before, since, window

Days = tuple[date | None, date | None]
# What a figure is grouped by on its page, where the reader has chosen nothing else.
_SPLIT, _ACROSS, _STEP = "size", "quarter", "quarter"


@dataclass(frozen=True)
class Page:
    """The figures of a page in their order, and the days that it looks at by itself."""

    days: Callable[[date], Days]
    figures: tuple[str, ...]
    split: tuple[str, ...] = ()  # grouped by the dimension that the reader chooses
    step: tuple[str, ...] = ()  # grouped by a step of time


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
        ),
        "renewals": Page(
            _year,
            (
                *("renewals_headline", "renewals_by_period", "renewals_by_segment"),
                *("renewals_due", "process_board", "renewal_cohorts", "retention_trend"),
                *("process_funnel", "renewals_change", "loss_reasons", "renewals_matrix"),
                *("losses_by_segment", "losses", "win_backs", "forecast_total", "forecast_months"),
                *("call_outcomes", "forecast_list", "call_record", "forecast_check"),
                "forecast_calibration",
            ),
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
        ),
        "sop": Page(
            _quarter_back,
            ("sop_headline", "sop_matrix", "sop_movement", "sop_potential", "sop_nps"),
        ),
        "workbench": Page(
            _any_days,
            (
                *("work_headline", "priorities", "proposals", "tasks", "renewals_in_hand"),
                *("renewals_to_save", "untouched", "touch_rate", "csm_coverage"),
            ),
        ),
    }
)


def framed(name: str, view: View) -> View:
    """Give the view a page begins with: its own days, where the reader has chosen none."""
    own = PAGES[name].days(view.as_of)
    return view if view.start or view.end else view.between(*own)


def notebook(name: str, view: View, language: str) -> Notebook:
    """Give a page as a notebook for a view that it is framed by."""
    page, made = PAGES[name], Notebook("", text.say(f"ui.pages.{name}", language))
    for figure_name in page.figures:
        for cell in _cells(page, figure_name, view, language):
            made = made.with_cell(cell)
    return made


def _cells(page: Page, name: str, view: View, language: str) -> tuple[Cell, ...]:
    """Give what a figure asks as Markdown, and its cell."""
    figure = FIGURES[name]
    asked = view.grouped(None)
    if name in page.step:
        asked = view.grouped(_STEP)
    elif name in page.split:
        asked = view.grouped(view.group_by or _SPLIT)
    if "split_by" in library.find(figure.query).parameters:
        asked = asked.split(view.split_by or _ACROSS)
    cell = figure_cell.opened(figure, asked, view, {})
    title = figure.key("title")
    if not text.has(title):
        return (cell,)
    return Cell(f"about_{name}", "markdown", f"### {text.say(title, language)}"), cell

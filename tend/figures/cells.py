"""Cells: what a page is made of. Title, named query, parameters, chart and note, in one value each.

Its texts are found by room and name: `cells.NAME.title`, `.unit`, `.definition`, `.empty`.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from tend.figures import charts, findings
from tend.figures.cell import GROUP, SPLIT, Cell
from tend.figures.forecast import forecast_charts
from tend.figures.health import health_charts
from tend.figures.renewals import contract_charts, renewal_charts, renewal_findings
from tend.figures.service import service_charts
from tend.figures.value import value_cells
from tend.view import PERIODS, View, month_end, months_before, quarter_start

__all__ = ["CELLS", "GROUP", "SPLIT", "Cell"]

# How far trend and matrix look back from the end of the window, in months.
SHOWN = MappingProxyType({"month": 18, "quarter": 36})
# What is due in these days is what a meeting decides on.
_SOON = timedelta(days=120)
# How many months back a forecast looks for contracts that ended and are undecided.
_OVERDUE_MONTHS = 3


def look_back(view: View) -> View:
    """Show the periods that lead to the window: one alone makes no trend."""
    if view.end is None:
        return view
    last = month_end(months_before(quarter_start(view.end), -2))
    months = SHOWN["month" if view.group_by == "month" else "quarter"]
    first = months_before(date(last.year, last.month, 1), months - 1)
    return view.between(min(first, view.start or first), last)


def across(view: View) -> View:
    """Show the periods that lead to the window, where the second dimension is one."""
    if view.split_by not in PERIODS:
        return view
    return look_back(view.grouped(view.split_by)).grouped(view.group_by)


def whatever_the_window(view: View) -> View:
    """Ask without the window: what is due is due, whenever."""
    return view.between(None, None)


def soon(view: View) -> View:
    """Ask for what is overdue, and what is due in the time in which one acts on it."""
    return view.between(None, view.as_of + _SOON)


def quarters_around(view: View) -> View:
    """Show the quarters that lead to the window, and the one ahead, which begins to resolve."""
    back = look_back(view.grouped("quarter"))
    last = back.end and month_end(months_before(back.end, -3))
    return back.between(back.start, last).grouped(None)


def months_ahead(view: View) -> View:
    """Show what is to come in the next twelve months, and what ended and is still undecided."""
    first = months_before(view.as_of.replace(day=1), _OVERDUE_MONTHS)
    return view.between(first, month_end(months_before(view.as_of, -12))).grouped("month")


def months_before_end(view: View) -> View:
    """Show the months that lead to the later date: what moves is seen against them."""
    end = view.end or view.as_of
    return view.between(months_before(end, SHOWN["month"]), end)


def all_ended(view: View) -> View:
    """Ask for every contract decided so far: what health foretold needs all there are."""
    return view.between(None, None).grouped(None)


def as_a_whole(view: View) -> View:
    """Ask without a grouping."""
    return view.grouped(None)


def by_potential(view: View) -> View:
    """Split every cell by the third axis."""
    return view.grouped("potential")


def nps_by_size(view: View) -> View:
    """Ask for the NPS of the last 12 months by size."""
    return view.between(None, None).grouped("size")


_COUNTS = ("contract_renewal_rate", "renewed", "lost", "overdue", "due")
_RATES = ("logo_renewal_rate", "net_renewal_rate", "gross_renewal_rate", "on_time_rate")
_MONEY = ("due_arr", "renewed_arr", "kept_arr")
_WHOSE = ("csm", "tier", "industry", "size", "contract_type", "region", "contract_id")
_DUE = (
    *("customer_name", "days_left", "outcome", "outcome_state", "stage", "last_touch", "arr"),
    *("csm", "end_date", *_WHOSE[1:]),
)
_IN_HAND = (
    "customer_name",
    "days_left",
    "stage",
    "days_in_stage",
    "limit_days",
    "arr",
    "outcome_state",
    "experience_state",
    "last_touch",
    "csm",
    "tier",
    "end_date",
    "contract_id",
)
_BY_POTENTIAL = (
    *("segment", "scale", "satisfaction", "customers", "arr", "nps", "answers"),
    *("open_steps", "overdue_steps"),
)
_BEHIND = ("customer_name", "outcome", "arr", "successor_arr", "end_date", "days_left", *_WHOSE)
_PROCESS = (
    *("stage", "customer_name", "arr", "days_in_stage", "limit_days", "end_date", "days_left"),
    *("outcome_state", "csm", "tier", "last_touch", "note", "contract_id"),
)
_CHANCES = (
    "days_left",
    "customer_name",
    "arr",
    "probability",
    "basis",
    "expected_arr",
    "count_decided",
    "count_renewed",
    "outcome",
    "stage",
    "end_date",
    "csm",
    "size",
    "contract_id",
)
_LOST = (
    "end_date",
    "customer_name",
    "arr",
    "loss_reason_group",
    "loss_reason",
    "won_back_month",
    "won_back_arr",
    *_WHOSE,
)
_BACK = (
    *("month", "customer_name", "arr", "lost_arr", "lost_month", "months_away"),
    *("loss_reason", "csm", "industry", "size", "customer_id"),
)
_ROOM = "renewal_figures"
_MOVED = ("customer_name", "arr", "days_left", "csm", "outcome_score", "experience_score")
_RENEWAL_FIGURES = (
    Cell(
        "renewals_change",
        "renewal_change",
        chart=renewal_charts.change,
        finding=renewal_findings.change,
        behind=(("segment", GROUP), ("split", SPLIT)),
        room=_ROOM,
    ),
    Cell(
        "renewal_cohorts",
        "renewal_cohorts",
        chart=renewal_charts.cohorts,
        ask=quarters_around,
        finding=renewal_findings.cohorts,
        behind=(("quarter", "quarter"), ("month_end", "known_on")),
        room=_ROOM,
    ),
    Cell(
        "forecast_months",
        "renewal_forecast_total",
        chart=forecast_charts.forecast,
        ask=months_ahead,
        finding=renewal_findings.forecast,
        with_total=True,
        room=_ROOM,
    ),
    Cell(
        "forecast_list",
        "renewal_forecast",
        ask=whatever_the_window,
        columns=_CHANCES,
        room=_ROOM,
    ),
    Cell(
        "forecast_check",
        "forecast_check",
        chart=forecast_charts.check,
        ask=whatever_the_window,
        finding=renewal_findings.check,
        behind=(("month", "month"), ("made_on", "open_on")),
        room=_ROOM,
    ),
    Cell(
        "forecast_calibration",
        "forecast_calibration",
        chart=forecast_charts.calibration,
        ask=whatever_the_window,
        finding=renewal_findings.calibration,
        room=_ROOM,
    ),
    Cell(
        "losses_by_segment",
        "loss_reasons",
        chart=renewal_charts.losses,
        behind=(("segment", GROUP), ("reason_group", "reason_group")),
        room=_ROOM,
    ),
    Cell("losses", "losses", columns=_LOST, room=_ROOM),
    Cell("win_backs", "win_backs", columns=_BACK, room=_ROOM),
)
_ALL = (
    Cell("renewals_headline", "renewal_headline"),
    Cell(
        "renewals_by_period",
        "renewal_rates",
        chart=charts.trend,
        ask=look_back,
        finding=renewal_findings.trend,
        columns=("segment", *_COUNTS, *_RATES, *_MONEY),
        behind=(("segment", GROUP),),
    ),
    Cell(
        "renewals_by_segment",
        "renewal_rates",
        chart=charts.segments,
        finding=findings.segments,
        with_total=True,
        columns=("segment", *_COUNTS, "rate_low", "rate_high", *_RATES, *_MONEY),
        behind=(("segment", GROUP),),
    ),
    Cell(
        "renewals_matrix",
        "renewal_matrix",
        chart=renewal_charts.matrix,
        ask=across,
        behind=(("segment", GROUP), ("split", SPLIT)),
    ),
    Cell("renewals_due", "renewals_due", ask=soon, columns=_DUE),
    Cell("renewals_due_all", "renewals_due", ask=whatever_the_window, columns=_DUE),
    Cell(
        "loss_reasons",
        "loss_reasons",
        chart=charts.reasons,
        finding=renewal_findings.reasons,
        behind=(("reason_group", "reason_group"),),
    ),
    *_RENEWAL_FIGURES,
    Cell("contracts_behind", "renewals", columns=_BEHIND),
    Cell(
        "process_board",
        "renewal_process",
        ask=whatever_the_window,
        finding=findings.process,
        columns=_PROCESS,
    ),
    Cell("process_funnel", "process_funnel", chart=contract_charts.funnel),
    Cell("movement_headline", "movement_summary"),
    Cell("movement_grid", "movement_grid", finding=findings.movement),
    *(
        Cell(name, "movement_customers", columns=_MOVED, given=(("direction", way),))
        for name, way in (("fallen", "fall"), ("risen", "rise"), ("both_ways", "mixed"))
    ),
    Cell("movement_matrix", "movement_grid", chart=health_charts.matrix),
    Cell(
        "health_flows",
        "health_flows",
        chart=health_charts.flows,
        ask=months_before_end,
        finding=findings.flows,
    ),
    Cell(
        "usage_states",
        "usage_states",
        chart=health_charts.usage,
        ask=months_before_end,
        finding=findings.usage,
    ),
    Cell(
        "health_backtest",
        "health_backtest",
        chart=health_charts.backtest,
        ask=all_ended,
        finding=findings.backtest,
    ),
    Cell(
        "health_calibration",
        "health_calibration",
        chart=health_charts.calibration,
        ask=all_ended,
        finding=findings.calibration,
    ),
    Cell("sop_headline", "sop_summary"),
    Cell("sop_matrix", "sop_matrix", ask=as_a_whole),
    Cell("sop_movement", "sop_movement"),
    Cell("sop_potential", "sop_matrix", ask=by_potential, columns=_BY_POTENTIAL),
    Cell("sop_nps", "nps", ask=nps_by_size),
    Cell("work_headline", "workbench_summary"),
    Cell("priorities", "priorities"),
    Cell("tasks", "tasks", given=(("states", None),)),
    Cell("renewals_in_hand", "renewals_in_hand", columns=_IN_HAND),
    Cell("untouched", "untouched"),
    Cell("touch_rate", "touch_rate", chart=service_charts.touches),
    Cell("csm_coverage", "csm_coverage"),
)
CELLS: Mapping[str, Cell] = MappingProxyType(
    {cell.name: cell for cell in (*_ALL, *value_cells.ALL)}
)

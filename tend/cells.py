"""Cells: what a page is made of. Title, named query, parameters, chart and note, in one value each.

Texts of a cell are found by its name: `cells.NAME.title`, `.unit`, `.definition`, `.empty`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import pyarrow as pa

from tend import charts, contract_charts, findings, health_charts, service_charts
from tend.view import View, month_end, months_before, quarter_start

GROUP = "group"
Chart = Callable[[str, bool], dict[str, object]]
Finding = Callable[[pa.Table, str], str | None]
# How far trend and matrix look back from the end of the window, in months.
SHOWN = MappingProxyType({"month": 18, "quarter": 36})


@dataclass(frozen=True)
class Cell:
    """One figure: a named query, how it is asked, and how it is shown."""

    name: str
    query: str
    chart: Chart | None = None
    # How the page's view becomes this cell's view, e.g. a trend that looks further back.
    ask: Callable[[View], View] = lambda view: view
    # What the data say, for the title; without it the title is the question.
    finding: Finding | None = None
    # All segments together as one more row: what to compare with.
    with_total: bool = False
    # Columns of the table, those one decides by first; none: all of the query.
    columns: tuple[str, ...] = ()
    # Parameters that only this cell sets.
    given: tuple[tuple[str, object], ...] = ()
    # What a selected mark tells, column by column: GROUP (a value of the figure's grouping), a
    # dimension, or a parameter of the list of contracts. Nothing: marks cannot be selected.
    behind: tuple[tuple[str, str], ...] = ()

    def key(self, part: str) -> str:
        """Give the key of one of the cell's texts."""
        return f"cells.{self.name}.{part}"


def look_back(view: View) -> View:
    """Show the periods that lead to the window: one alone makes no trend."""
    if view.end is None:
        return view
    last = month_end(months_before(quarter_start(view.end), -2))
    months = SHOWN["month" if view.group_by == "month" else "quarter"]
    first = months_before(date(last.year, last.month, 1), months - 1)
    return view.between(min(first, view.start or first), last)


def whatever_the_window(view: View) -> View:
    """Ask without the window: what is due is due, whenever."""
    return view.between(None, None)


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
_DUE = (
    "days_left",
    "outcome",
    "customer_name",
    "arr",
    "end_date",
    "csm",
    "tier",
    "industry",
    "size",
    "contract_type",
    "region",
    "contract_id",
)
_IN_HAND = (
    "customer_name",
    "days_left",
    "stage",
    "stage_days",
    "stage_limit",
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
_BEHIND = ("customer_name", "outcome", "arr", "successor_arr", "end_date", "days_left", *_DUE[5:])
_PROCESS = (
    *("stage", "customer_name", "arr", "days_in_stage", "limit_days", "end_date", "days_left"),
    *("outcome_state", "csm", "tier", "last_touch", "note", "contract_id"),
)
_MOVED = ("customer_name", "arr", "days_left", "csm", "outcome_score", "experience_score")
_ALL = (
    Cell("renewals_headline", "renewal_headline"),
    Cell(
        "renewals_by_period",
        "renewal_rates",
        chart=charts.trend,
        ask=look_back,
        finding=findings.trend,
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
        chart=charts.matrix,
        ask=look_back,
        behind=(("segment", GROUP), ("period", "quarter")),
    ),
    Cell("renewals_due", "renewals_due", ask=whatever_the_window, columns=_DUE),
    Cell(
        "loss_reasons",
        "loss_reasons",
        chart=charts.reasons,
        finding=findings.reasons,
        behind=(("reason_group", "reason_group"),),
    ),
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
CELLS: Mapping[str, Cell] = MappingProxyType({cell.name: cell for cell in _ALL})

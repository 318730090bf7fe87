"""Cells: what a page is made of. Title, named query, parameters, chart and note, in one value each.

Texts of a cell are found by its name: `cells.NAME.title`, `.unit`, `.definition`, `.empty`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import pyarrow as pa

from tend import charts, findings
from tend.view import View, month_end, months_before, quarter_start

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
_ALL = (
    Cell("renewals_headline", "renewal_headline"),
    Cell(
        "renewals_by_period",
        "renewal_rates",
        chart=charts.trend,
        ask=look_back,
        finding=findings.trend,
        columns=("segment", *_COUNTS, *_RATES, *_MONEY),
    ),
    Cell(
        "renewals_by_segment",
        "renewal_rates",
        chart=charts.segments,
        finding=findings.segments,
        with_total=True,
        columns=("segment", *_COUNTS, "rate_low", "rate_high", *_RATES, *_MONEY),
    ),
    Cell("renewals_matrix", "renewal_matrix", chart=charts.matrix, ask=look_back),
    Cell("renewals_due", "renewals_due", ask=whatever_the_window, columns=_DUE),
    Cell("loss_reasons", "loss_reasons", chart=charts.reasons, finding=findings.reasons),
)
CELLS: Mapping[str, Cell] = MappingProxyType({cell.name: cell for cell in _ALL})

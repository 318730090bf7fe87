"""What stands on which sheet: figures of the pages, how each is laid out, what is drawn of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tend.handouts.workbook.native import Native, Series


@dataclass(frozen=True)
class Cross:
    """A table turned to rows and columns: what goes down, what across, and what its cells hold."""

    down: str
    across: str
    value: str
    # By which number the columns are ordered; none: as they come.
    place: str = ""


@dataclass(frozen=True)
class Part:
    """One figure on a sheet."""

    figure: str
    # Of its columns these; none: all that its page shows.
    columns: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    cross: Cross | None = None
    drawn: Native | None = None
    # The page it is of, where that is not the sheet's.
    page: str = ""


@dataclass(frozen=True)
class Plan:
    """One sheet: the page whose sentence it begins with, and its figures."""

    name: str
    page: str
    parts: tuple[Part, ...]


_LOST = Part("losses", bars=("arr",))
SHEETS = (
    Plan(
        "week",
        "week",
        (
            Part(
                "week_due",
                columns=(
                    *("horizon", "contracts", "arr", "at_risk", "at_risk_arr", "average"),
                    *("healthy", "unknown", "contracts_before", "arr_before", "arr_change"),
                ),
                drawn=Native(
                    "column",
                    "horizon",
                    tuple(
                        Series(state, state)
                        for state in ("at_risk", "average", "healthy", "unknown")
                    ),
                    is_stacked=True,
                ),
            ),
            Part("week_uncovered"),
            Part("week_decide"),
            Part("meeting_decisions"),
            Part("week_uncovered_list", bars=("arr",)),
            Part("week_decide_list", bars=("arr",)),
        ),
    ),
    Plan(
        "renewals",
        "renewals",
        (
            Part(
                "renewals_by_period",
                drawn=Native(
                    "line",
                    "segment",
                    (Series("net_renewal_rate", "context"), Series("contract_renewal_rate")),
                    unfinished="open",
                ),
            ),
            Part("renewals_by_segment", bars=("contract_renewal_rate", "net_renewal_rate")),
            Part(
                "renewals_matrix",
                cross=Cross("segment", "split", "contract_renewal_rate", "split_place"),
            ),
            Part("loss_reasons", drawn=Native("bar", "reason_group", (Series("arr"),))),
            _LOST,
        ),
    ),
    Plan("due", "renewals", (Part("week_due_list", bars=("arr",), page="week"),)),
    Plan(
        "movement",
        "movement",
        (
            Part(
                "health_flows",
                drawn=Native("column", "month", (Series("fallen"), Series("risen", "context"))),
            ),
            Part("fallen", bars=("arr",)),
            Part("risen", bars=("arr",)),
            Part("week_fell_list", bars=("arr",), page="week"),
        ),
    ),
    Plan(
        "value",
        "value",
        (
            Part("arr_periods", drawn=Native("column", "period", (Series("closing"),))),
            Part("concentration_segments", bars=("arr",)),
            Part("customer_values", bars=("arr",)),
        ),
    ),
    Plan(
        "sop",
        "sop",
        (
            Part("sop_matrix", cross=Cross("scale", "satisfaction", "customers")),
            Part("sop_nps"),
            Part("csm_coverage", bars=("touch_rate",), page="workbench"),
            Part(
                "touch_rate",
                cross=Cross("csm", "month", "touch_rate", "month"),
                page="workbench",
            ),
        ),
    ),
)
# The headline numbers that the whole workbook knows by name, and the page each is of.
NAMED: Mapping[str, str] = MappingProxyType(
    {
        "contract_renewal_rate": "renewals",
        "logo_renewal_rate": "renewals",
        "net_renewal_rate": "renewals",
        "gross_renewal_rate": "renewals",
        "arr": "value",
        "arr_overdue": "week",
        "arr_due_30": "week",
        "arr_due_60": "week",
        "arr_due_90": "week",
        "customers_fell": "week",
        "touch_rate": "workbench",
        "nps": "sop",
    }
)
# What led to a number: the figure and the column that a line beside it follows.
PATHS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **{name: ("renewals_by_period", name) for name in NAMED if name.endswith("renewal_rate")},
        "arr": ("arr_periods", "closing"),
    }
)

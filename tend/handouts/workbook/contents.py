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
    values: tuple[str, ...]
    # By which number the columns are ordered; none: as they come.
    place: str = ""


@dataclass(frozen=True)
class Part:
    """One figure on a sheet."""

    figure: str
    # Of its columns these; none: all that its page has.
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


_STATES = ("at_risk", "average", "healthy", "unknown")
_MOVED = ("customer_name", "arr", "days_left", "csm", "way")
_SHEET_OF_DUE = Part(
    "week_due_list",
    (
        *("customer_name", "arr", "days_left", "end_date", "outcome_state", "stage", "last_touch"),
        *("csm", "tier", "outcome", "contract_id"),
    ),
    bars=("arr",),
    page="week",
)
_WEEK = (
    Part(
        "week_due",
        ("horizon", "contracts", "arr", *_STATES, "at_risk_arr", "contracts_change", "arr_change"),
        drawn=Native(
            "column", "horizon", tuple(Series(one, one) for one in _STATES), is_stacked=True
        ),
    ),
    Part(
        "week_uncovered",
        (
            *("csm", "customers", "untouched", "untouched_arr", "untouched_before"),
            *("without_csm", "without_csm_arr", "stuck", "stuck_arr"),
        ),
    ),
    Part("week_decide"),
    Part(
        "meeting_decisions",
        ("decision", "state", "owner", "due_on", "customer_name", "arr", "decided_on"),
    ),
    Part(
        "week_decide_list",
        (
            *("customer_name", "kind", "arr", "on_day", "days", "is_new", "csm"),
            *("loss_reason", "problem", "dataset", "about"),
        ),
        bars=("arr",),
    ),
    Part(
        "week_uncovered_list",
        (
            *("customer_name", "arr", "days_since_touch", "days_left", "outcome_state", "csm"),
            *("stage", "days_over", "because"),
        ),
        bars=("arr",),
    ),
)
_RENEWALS = (
    Part(
        "renewals_by_period",
        (
            *("segment", "renewed", "lost", "overdue", "due", "contract_renewal_rate"),
            *("logo_renewal_rate", "net_renewal_rate", "gross_renewal_rate", "on_time_rate"),
            *("due_arr", "renewed_arr"),
        ),
        drawn=Native(
            "line",
            "segment",
            (Series("net_renewal_rate", "context"), Series("contract_renewal_rate")),
            unfinished="open",
        ),
    ),
    Part(
        "renewals_by_segment",
        (
            *("segment", "renewed", "lost", "overdue", "due", "contract_renewal_rate"),
            *("rate_low", "rate_high", "net_renewal_rate", "gross_renewal_rate", "due_arr"),
            "renewed_arr",
        ),
        bars=("contract_renewal_rate",),
    ),
    Part(
        "renewals_matrix",
        cross=Cross("segment", "split", ("contract_renewal_rate",), "split_place"),
    ),
    Part(
        "loss_reasons",
        ("reason_group", "contracts", "customers", "arr", "arr_share", "reasons"),
        drawn=Native("bar", "reason_group", (Series("arr"),)),
    ),
    Part(
        "losses",
        (
            *("customer_name", "arr", "end_date", "loss_reason_group", "loss_reason"),
            *("won_back_month", "csm", "tier", "industry", "size", "contract_id"),
        ),
        bars=("arr",),
    ),
)
_MOVEMENT = (
    Part(
        "health_flows",
        ("month", "customers", "fallen", "fallen_arr", "risen", "mixed", *_STATES),
        drawn=Native("column", "month", (Series("fallen"), Series("risen", "context"))),
    ),
    Part(
        "week_fell_list",
        (*_MOVED, "last_touch", "is_into_risk", "is_ending", "tier"),
        bars=("arr",),
        page="week",
    ),
    Part("fallen", (*_MOVED, "why"), bars=("arr",)),
    Part("risen", (*_MOVED, "why"), bars=("arr",)),
)
_VALUE = (
    Part(
        "arr_periods",
        (
            *("period", "new", "expansion", "reactivation", "contraction", "churn", "net_new"),
            *("closing", "quick_ratio", "customers"),
        ),
        drawn=Native(
            "column",
            "period",
            (
                Series("new"),
                Series("expansion", "kin 0"),
                Series("reactivation", "kin 1"),
                Series("contraction", "unknown"),
                Series("churn", "context"),
            ),
            is_stacked=True,
            unfinished="is_open",
        ),
    ),
    Part("concentration_segments", bars=("arr",)),
    Part(
        "customer_values",
        (
            *("customer_name", "arr", "arr_share", "cumulative_share", "tier", "months"),
            *("contracted_to_date", "effort_share", "csm", "size", "industry"),
        ),
        bars=("arr",),
    ),
)
_SOP = (
    Part("sop_matrix", cross=Cross("scale", "satisfaction", ("customers", "arr"))),
    Part(
        "sop_nps", ("segment", "answers", "promoters", "passives", "detractors", "nps", "customers")
    ),
    Part("csm_coverage", bars=("touch_rate",), page="workbench"),
    Part("touch_rate", cross=Cross("csm", "month", ("touch_rate",), "month"), page="workbench"),
)
SHEETS = (
    Plan("week", "week", _WEEK),
    Plan("renewals", "renewals", _RENEWALS),
    Plan("due", "renewals", (_SHEET_OF_DUE,)),
    Plan("movement", "movement", _MOVEMENT),
    Plan("value", "value", _VALUE),
    Plan("sop", "sop", _SOP),
)
# The headline numbers that the whole workbook knows by name: the page each is of, and the figure
# that defines it where the number has no words of its own.
NAMED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "contract_renewal_rate": ("renewals", "renewals_headline"),
        "logo_renewal_rate": ("renewals", "renewals_headline"),
        "net_renewal_rate": ("renewals", "renewals_headline"),
        "gross_renewal_rate": ("renewals", "renewals_headline"),
        "arr": ("value", "tile_arr"),
        "arr_overdue": ("week", "week_due"),
        "arr_due_30": ("week", "week_due"),
        "arr_due_60": ("week", "week_due"),
        "arr_due_90": ("week", "week_due"),
        "customers_fell": ("week", "week_fell"),
        "touch_rate": ("workbench", "touch_rate"),
        "nps": ("sop", "sop_headline"),
    }
)
# What led to a number: the figure and the column that a line beside it follows.
PATHS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **{name: ("renewals_by_period", name) for name in NAMED if name.endswith("renewal_rate")},
        "arr": ("arr_periods", "closing"),
    }
)

"""The figures of Renewals: are we renewing, where not, what comes next, and where it waits."""

from tend.figures import looks
from tend.figures.figure import GROUP, SPLIT, Figure
from tend.figures.renewals import (
    cohort_charts,
    contract_charts,
    findings,
    overview_charts,
    renewal_charts,
    tiles,
)

_COUNTS = ("contract_renewal_rate", "renewed", "lost", "overdue", "due")
_RATES = ("logo_renewal_rate", "net_renewal_rate", "gross_renewal_rate", "on_time_rate")
_MONEY = ("due_arr", "renewed_arr", "kept_arr")
_WHOSE = ("csm", "tier", "industry", "size", "contract_type", "region", "contract_id")
_DUE = (
    *("customer_name", "days_left", "outcome_state", "stage", "last_touch", "arr"),
    *("csm", "outcome", "end_date", *_WHOSE[1:]),
)
_BEHIND = ("customer_name", "outcome", "arr", "successor_arr", "end_date", *_WHOSE)
_PROCESS = (
    *("stage", "customer_name", "arr", "days_in_stage", "limit_days", "end_date", "days_left"),
    *("outcome_state", "csm", "tier", "last_touch", "note", "contract_id"),
)
_LOST = (
    "customer_name",
    "end_date",
    "arr",
    "loss_reason_group",
    "loss_reason",
    "won_back_month",
    *_WHOSE,
    "won_back_arr",
)
_BACK = (
    *("customer_name", "month", "arr", "lost_arr", "lost_month", "months_away"),
    *("loss_reason", "csm", "industry", "size", "customer_id"),
)
ALL = (
    Figure("renewals_headline", "renewal_headline"),
    Figure(
        "renewals_by_period",
        "renewal_rates",
        chart=overview_charts.renewals_by_period,
        ask=looks.look_back,
        finding=findings.trend,
        columns=("segment", *_COUNTS, *_RATES, *_MONEY),
        behind=(("segment", GROUP),),
    ),
    Figure(
        "renewals_by_segment",
        "renewal_rates",
        chart=overview_charts.renewals_by_segment,
        finding=findings.segments,
        with_total=True,
        columns=("segment", *_COUNTS, "rate_low", "rate_high", *_RATES, *_MONEY),
        behind=(("segment", GROUP),),
    ),
    Figure(
        "renewals_matrix",
        "renewal_matrix",
        chart=renewal_charts.renewals_matrix,
        ask=looks.across,
        behind=(("segment", GROUP), ("split", SPLIT)),
    ),
    Figure("renewals_due", "renewals_due", ask=looks.soon, columns=_DUE),
    Figure("renewals_due_all", "renewals_due", ask=looks.whatever_the_window, columns=_DUE),
    Figure(
        "loss_reasons",
        "loss_reasons",
        ask=looks.as_a_whole,
        chart=overview_charts.loss_reasons,
        finding=findings.reasons,
        behind=(("reason_group", "reason_group"),),
    ),
    Figure(
        "renewals_change",
        "renewal_change",
        chart=renewal_charts.renewals_change,
        finding=findings.change,
        behind=(("segment", GROUP), ("split", SPLIT)),
        counts="decided",
        narrowed=(("is_decided", True),),
    ),
    Figure(
        "renewal_cohorts",
        "renewal_cohorts",
        chart=cohort_charts.renewal_cohorts,
        ask=looks.quarters_around,
        finding=findings.cohorts,
        behind=(("quarter", "quarter"), ("month_end", "known_on")),
    ),
    Figure(
        "losses_by_segment",
        "loss_reasons",
        chart=renewal_charts.losses_by_segment,
        behind=(("segment", GROUP), ("reason_group", "reason_group")),
    ),
    Figure(
        "losses",
        "losses",
        columns=_LOST,
    ),
    Figure(
        "win_backs",
        "win_backs",
        columns=_BACK,
    ),
    Figure("contracts_behind", "renewals", columns=_BEHIND),
    Figure(
        "process_board",
        "renewal_process",
        ask=looks.whatever_the_window,
        finding=findings.process,
        columns=_PROCESS,
        stands_on=("stages",),
    ),
    Figure(
        "process_funnel",
        "process_funnel",
        chart=contract_charts.process_funnel,
        behind=(("stage", "in_stage"),),
        counts="reached",
        stands_on=("stages",),
    ),
    *tiles.ALL,
)

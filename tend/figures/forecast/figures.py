"""The figures of the forecast: what is to come, and how earlier forecasts held."""

from tend.figures import looks
from tend.figures.figure import GROUP, Figure, tile
from tend.figures.forecast import charts, findings

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
    "call",
    "called_on",
    "stage",
    "end_date",
    "csm",
    "size",
    "contract_id",
)
ALL = (
    Figure(
        "forecast_months",
        "renewal_forecast_total",
        chart=charts.forecast_months,
        ask=looks.months_ahead,
        finding=findings.forecast,
        with_total=True,
        record=("forecast_check", findings.record),
        behind=(("segment", GROUP),),
        listed="forecast_list",
    ),
    Figure("forecast_total", "renewal_forecast_total", ask=looks.year_ahead),
    *(
        tile(
            f"forecast_{name}",
            "renewal_forecast_total",
            ask=looks.year_ahead,
            listed="forecast_list",
            narrowed=narrowed,
        )
        for name, narrowed in (("due", ()), ("expected", ()), ("called", (("is_called", True),)))
    ),
    Figure(
        "forecast_list",
        "renewal_forecast",
        ask=looks.year_ahead,
        columns=_CHANCES,
    ),
    Figure(
        "forecast_check",
        "forecast_check",
        chart=charts.forecast_check,
        ask=looks.whatever_the_window,
        finding=findings.check,
        behind=(("month", "month"), ("made_on", "open_on")),
    ),
    Figure(
        "forecast_calibration",
        "forecast_calibration",
        chart=charts.forecast_calibration,
        ask=looks.whatever_the_window,
        finding=findings.calibration,
        behind=(("chance_from", "chance_from"),),
        listed="foretold_contracts",
    ),
    Figure(
        "call_outcomes",
        "call_outcomes",
        chart=charts.call_outcomes,
        ask=looks.whatever_the_window,
        finding=findings.calls,
        behind=(("call", "call"),),
        listed="call_contracts",
    ),
    Figure(
        "call_contracts",
        "call_contracts",
        ask=looks.whatever_the_window,
        columns=(
            *("customer_name", "call", "chance", "outcome", "arr", "called_on", "end_date"),
            *("called_by", "note", "contract_id"),
        ),
    ),
    Figure(
        "call_record",
        "call_record",
        ask=looks.calls_by_csm,
        finding=findings.call_record,
        with_total=True,
        behind=(("segment", "said_by"),),
        listed="call_contracts",
        columns=(
            *(
                "segment",
                "sure_calls",
                "hits_call",
                "hits_model",
                "hit_rate_call",
                "hit_rate_model",
            ),
            *("calls_compared", "brier_call", "brier_model", "commit_contracts", "commit_renewed"),
            *("at_risk_contracts", "at_risk_renewed", "lost_contracts", "lost_renewed"),
        ),
    ),
    Figure(
        "foretold_contracts",
        "foretold_contracts",
        columns=(
            *("customer_name", "outcome", "chance", "score", "quadrant", "arr", "end_date"),
            *("outcome_score", "experience_score", "csm", "tier", "contract_id"),
        ),
    ),
)

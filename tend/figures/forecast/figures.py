"""The figures of the forecast: what is to come, and how earlier forecasts held."""

from tend.figures import looks
from tend.figures.figure import Figure
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
    ),
    Figure(
        "forecast_list",
        "renewal_forecast",
        ask=looks.whatever_the_window,
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
    ),
)

"""The figures of health: who moved where and why, and what the scores foretold."""

from tend.figures import looks
from tend.figures.figure import Figure
from tend.figures.health import charts, findings

_MOVED = ("customer_name", "arr", "days_left", "csm", "outcome_score", "experience_score")
ALL = (
    Figure("movement_headline", "movement_summary"),
    Figure("movement_grid", "movement_grid", finding=findings.movement),
    *(
        Figure(name, "movement_customers", columns=_MOVED, given=(("direction", way),))
        for name, way in (("fallen", "fall"), ("risen", "rise"), ("both_ways", "mixed"))
    ),
    Figure("movement_matrix", "movement_grid", chart=charts.movement_matrix),
    Figure(
        "health_flows",
        "health_flows",
        chart=charts.health_flows,
        ask=looks.months_before_end,
        finding=findings.flows,
    ),
    Figure(
        "usage_states",
        "usage_states",
        chart=charts.usage_states,
        ask=looks.months_before_end,
        finding=findings.usage,
        stands_on=("usage",),
    ),
    Figure(
        "health_backtest",
        "health_backtest",
        chart=charts.health_backtest,
        ask=looks.at_large,
        finding=findings.backtest,
    ),
    Figure(
        "health_calibration",
        "health_calibration",
        chart=charts.health_calibration,
        ask=looks.at_large,
        finding=findings.calibration,
    ),
)

"""The figures of health: who moved where and why, and what the scores foretold."""

from tend.figures import looks
from tend.figures.figure import WINDOW, Figure, tile
from tend.figures.health import charts, findings

_MOVED = ("customer_name", "arr", "days_left", "csm", "outcome_score", "experience_score")
# As its page lists who moved: which way, and why.
_WENT = ("customer_name", "arr", "way", "why", "days_left", "csm", *_MOVED[4:])
ALL = (
    Figure("movement_headline", "movement_summary"),
    *(
        tile(name, "movement_summary", listed="movement_members", narrowed=((how, what),))
        for name, how, what in (
            ("fallen", "direction", "fall"),
            ("risen", "direction", "rise"),
            *((trap, "stands", trap) for trap in ("at_risk", "pleased", "succeeding")),
        )
    ),
    Figure("movement_members", "movement_customers", columns=_MOVED),
    Figure(
        "usage_state_customers",
        "usage_state_customers",
        columns=(
            *("customer_name", "state", "arr", "active_share", "features_used", "csm", "tier"),
            "customer_id",
        ),
    ),
    Figure("movement_grid", "movement_grid", finding=findings.movement),
    *(
        Figure(name, "movement_customers", columns=_WENT, given=(("direction", way),))
        for name, way in (("fallen", "fall"), ("risen", "rise"), ("both_ways", "mixed"))
    ),
    Figure(
        "movement_matrix",
        "movement_grid",
        chart=charts.movement_matrix,
        behind=(("from_quadrant", "from_quadrant"), ("to_quadrant", "to_quadrant")),
        listed="movement_members",
        counts="customers",
    ),
    Figure(
        "health_flows",
        "health_flows",
        chart=charts.health_flows,
        ask=looks.months_before_end,
        finding=findings.flows,
        behind=(("month", WINDOW), ("way", "direction")),
        listed="movement_members",
        bars=(("rise", "risen"), ("fall", "fallen")),
    ),
    Figure(
        "usage_states",
        "usage_states",
        chart=charts.usage_states,
        ask=looks.months_before_end,
        finding=findings.usage,
        stands_on=("usage",),
        behind=(("month", "month_end"),),
        listed="usage_state_customers",
        counts="customers",
    ),
    Figure(
        "health_backtest",
        "health_backtest",
        chart=charts.health_backtest,
        ask=looks.at_large,
        finding=findings.backtest,
        behind=(("quadrant", "quadrant"),),
        listed="foretold_contracts",
    ),
    Figure(
        "health_calibration",
        "health_calibration",
        chart=charts.health_calibration,
        ask=looks.at_large,
        finding=findings.calibration,
        behind=(("fifth", "fifth"),),
        listed="foretold_contracts",
    ),
)

"""Tiles of SOP matrix and Workbench, and the lists they and the marks lead to."""

from tend.figures import looks
from tend.figures.figure import Figure, tile

_SATISFIED = "sop_members"
_LATE = ("overdue", "forgotten")


def _tasks(**narrowed: object) -> dict[str, object]:
    return {"listed": "tasks", "narrowed": tuple(narrowed.items())}


ALL = (
    tile("critical", "sop_summary", listed=_SATISFIED, narrowed=(("satisfaction", "critical"),)),
    tile("less_satisfied", "sop_summary", listed=_SATISFIED, narrowed=(("went", "fall"),)),
    tile("not_asked", "sop_summary", listed=_SATISFIED, narrowed=(("satisfaction", "not_asked"),)),
    tile(
        "nps",
        "sop_summary",
        listed="nps_respondents",
        narrowed=(("in_force", True),),
        ask=looks.at_large,
    ),
    tile("open_steps", "sop_summary", **_tasks(is_open=True, is_step=True)),
    tile("overdue", "workbench_summary", **_tasks(states=_LATE)),
    tile("open", "workbench_summary", **_tasks(is_open=True)),
    tile("renewals", "workbench_summary", listed="renewals_in_hand", narrowed=(("within", 90),)),
    tile("stuck", "workbench_summary", listed="renewals_in_hand", narrowed=(("is_stuck", True),)),
    tile("touch_rate", "workbench_summary", listed="touched_customers"),
    Figure(
        "sop_members",
        "sop_customers",
        columns=(
            *("customer_name", "satisfaction", "was", "arr", "nps_mean", "answered_on", "csm"),
            *("scale", "last_touch", "days_left", "account_manager", "customer_id"),
        ),
    ),
    Figure(
        "nps_respondents",
        "nps_respondents",
        columns=(
            *("customer_name", "respondent", "nps", "answered_on", "arr", "csm", "customer_id"),
        ),
    ),
    Figure(
        "touched_customers",
        "touched_customers",
        columns=(
            *("customer_name", "touches", "hours", "last_touch", "arr", "csm", "customer_id"),
        ),
        stands_on=("touches",),
    ),
)

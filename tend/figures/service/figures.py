"""The figures of satisfaction and service, and of what a CSM does next."""

from tend.figures import looks
from tend.figures.figure import GROUP, Figure
from tend.figures.service import charts, tiles

_IN_HAND = (
    "customer_name",
    "days_left",
    "stage",
    "days_in_stage",
    "limit_days",
    "arr",
    "outcome_state",
    "experience_state",
    "last_touch",
    "csm",
    "tier",
    "end_date",
    "contract_id",
)
_TO_SAVE = (
    "customer_name",
    "days_left",
    "arr",
    "loss_reason",
    "outcome_state",
    "last_touch",
    "csm",
    "status",
    "experience_state",
    "tier",
    "end_date",
    "contract_id",
)
_BY_POTENTIAL = (
    *("segment", "scale", "satisfaction", "customers", "arr", "nps", "answers"),
    *("open_steps", "overdue_steps"),
)
_FIRST = (
    *("customer_name", "priority", "because", "arr", "csm", "days_left", "days_since_touch"),
    *("outcome_state", "experience_state", "overdue_tasks", "stage", "days_in_stage", "end_date"),
)
_TASKS = (
    *("customer_name", "task", "state", "due_on", "owner", "cause", "note", "about", "step"),
    *("there_since", "done_on", "settled_on", "settled_by", "snoozed_until", "csm", "arr"),
)
_PROPOSED = ("customer_name", "cause", "due_on", "owner", "arr", "about", "began_on")
_TOUCHES = ("touches",)
ALL = (
    Figure("sop_headline", "sop_summary"),
    Figure("sop_matrix", "sop_matrix", ask=looks.as_a_whole),
    Figure(
        "sop_movement",
        "sop_movement",
        behind=(("scale", "scale"), ("was", "was"), ("satisfaction", "satisfaction")),
        listed="sop_members",
        counts="customers",
    ),
    Figure(
        "sop_potential",
        "sop_matrix",
        ask=looks.by_potential,
        columns=_BY_POTENTIAL,
        behind=(("segment", "potential"), ("scale", "scale"), ("satisfaction", "satisfaction")),
        listed="sop_members",
        counts="customers",
    ),
    Figure(
        "sop_nps",
        "nps",
        ask=looks.nps_by_size,
        stands_on=("surveys",),
        behind=(("segment", GROUP),),
        listed="nps_respondents",
        counts="answers",
    ),
    Figure("work_headline", "workbench_summary"),
    Figure("priorities", "priorities", columns=_FIRST, stands_on=_TOUCHES),
    Figure("tasks", "tasks", columns=_TASKS, given=(("states", None),)),
    Figure("proposals", "task_causes", columns=_PROPOSED),
    Figure("renewals_in_hand", "renewals_in_hand", columns=_IN_HAND, stands_on=("stages",)),
    Figure("renewals_to_save", "renewals_to_save", columns=_TO_SAVE),
    Figure("untouched", "untouched", stands_on=_TOUCHES),
    Figure(
        "touch_rate",
        "touch_rate",
        chart=charts.touch_rate,
        ask=looks.as_a_whole,
        stands_on=_TOUCHES,
        behind=(("csm", "csm_now"), ("month", "in_month")),
        listed="touched_customers",
        counts="customers",
    ),
    Figure(
        "csm_coverage",
        "csm_coverage",
        ask=looks.as_a_whole,
        stands_on=_TOUCHES,
        behind=(("segment", "csm_now"),),
        listed="touched_customers",
        counts="customers",
    ),
    *tiles.ALL,
)

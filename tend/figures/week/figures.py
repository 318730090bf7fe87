"""The figures of This week: a block each, and the list behind it."""

from tend.figures import looks
from tend.figures.figure import Figure

_DUE = (
    *("customer_name", "days_left", "outcome_state", "stage", "last_touch", "arr", "csm"),
    *("end_date", "tier", "outcome", "contract_id"),
)
_FELL = (
    *("customer_name", "arr", "way", "days_left", "last_touch", "csm"),
    *("is_into_risk", "is_ending", "end_date", "tier", "customer_id"),
)
_UNCOVERED = (
    *("customer_name", "because", "arr", "days_since_touch", "days_left", "outcome_state", "csm"),
    *("stage", "days_over", "customer_id"),
)
_DECIDE = (
    *("kind", "customer_name", "arr", "on_day", "days", "is_new", "csm"),
    *("loss_reason", "problem", "dataset", "about"),
)
_DECIDED = (
    *("decision", "kind", "state", "owner", "due_on", "customer_name", "decided_on"),
    *("state_on", "arr"),
)
ALL = (
    Figure("week_due", "week_due", listed="week_due_list"),
    Figure("week_due_list", "week_due_list", columns=_DUE),
    Figure("week_fell", "week_fell", listed="week_fell_list"),
    Figure("week_fell_list", "week_fell_list", columns=_FELL),
    Figure("week_uncovered", "week_uncovered", listed="week_uncovered_list"),
    Figure("week_uncovered_list", "week_uncovered_list", columns=_UNCOVERED),
    Figure("week_renewing", "renewal_rates", ask=looks.this_quarter),
    Figure("week_decide", "week_decide", listed="week_decide_list"),
    Figure("week_decide_list", "week_decide_list", columns=_DECIDE),
    Figure("meeting_decisions", "meeting_decisions", columns=_DECIDED),
)

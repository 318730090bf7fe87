"""The figures of customers."""

from tend.figures.customers.columns import MORE
from tend.figures.figure import Figure

# The states stand for the quadrant, and when a contract ends for its days.
_COLUMNS = (
    *("customer_name", "outcome_state", "experience_state", "arr", "days_left"),
    *("days_since_touch", "csm", "tier", *MORE),
)
ALL = (Figure("customers", "customers", columns=_COLUMNS),)

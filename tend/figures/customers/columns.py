"""The columns of the list of customers: those one decides by, and those a reader may add."""

# Always there, in this order: the first opens the customer, the state goes by its quadrant.
SHOWN = (
    *("customer_name", "quadrant", "arr", "path"),
    *("days_left", "days_since_touch", "csm", "tier"),
)
MORE = (
    *("outcome_score", "experience_score", "satisfaction", "nps_mean", "life_stage"),
    *("arr_share", "overdue_arr", "contracted_to_date", "months", "open_tasks", "overdue_tasks"),
    *("account_manager", "industry", "size", "region", "department", "source_channel"),
    "customer_id",
)
# A row of scores has no order.
SORTED = tuple(name for name in (*SHOWN, *MORE) if name != "path")

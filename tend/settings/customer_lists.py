"""A list of customers as somebody looks at it: who is on it, in which groups and order."""

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from tend.view import Filters

Standing = Literal["in_force", "former", "none", "all"]
Group = Literal["quadrant", "cell", "tier", "csm"]
# What one decides by is always there, in this order; of the others the reader picks.
Shown = Literal[
    "customer_name", "quadrant", "arr", "path", "days_left", "days_since_touch", "csm", "tier"
]
More = Literal[
    "outcome_score",
    "experience_score",
    "satisfaction",
    "nps_mean",
    "life_stage",
    "arr_share",
    "overdue_arr",
    "contracted_to_date",
    "months",
    "open_tasks",
    "overdue_tasks",
    "account_manager",
    "industry",
    "size",
    "region",
    "department",
    "source_channel",
    "customer_id",
]
STANDINGS, GROUPS = get_args(Standing), get_args(Group)
SHOWN, MORE = get_args(Shown), get_args(More)
# A row of scores has no order; the state of a customer goes by its quadrant.
SORTED = tuple(name for name in (*SHOWN, *MORE) if name != "path")
Name = Annotated[str, Field(min_length=1, max_length=80)]


class CustomerList(BaseModel):
    """How a list is looked at; frozen, so that another look is another value."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    standing: Standing = "in_force"
    by: Group | None = None
    sort: Shown | More = "arr"
    is_rising: bool = False
    more: tuple[More, ...] = ()
    filters: Filters = ()


PLAIN = CustomerList()

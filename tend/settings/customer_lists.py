"""A list of customers as somebody looks at it: who is on it, in which groups, order and columns."""

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from tend.view import Filters

Standing = Literal["in_force", "former", "none", "all"]
Group = Literal["quadrant", "cell", "tier", "csm"]
STANDINGS, GROUPS = get_args(Standing), get_args(Group)
Name = Annotated[str, Field(min_length=1, max_length=80)]


class CustomerList(BaseModel):
    """How a list is looked at; frozen, so that another look is another value."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    standing: Standing = "in_force"
    by: Group | None = None
    sort: str = "arr"
    is_rising: bool = False
    # Columns beside those that are always there.
    more: tuple[str, ...] = ()
    filters: Filters = ()


class Looks(BaseModel):
    """Settings that only say how pages are looked at: no number follows from them."""

    customer_lists: dict[Name, CustomerList] = Field(
        default_factory=dict,
        description="Saved lists of customers: filters, groups, order and columns, by their names.",
    )
    list_defaults: dict[Name, Name] = Field(
        default_factory=dict,
        description="Which saved list a reader begins with, by the reader's name.",
    )


PLAIN = CustomerList()
LOOKS = tuple(Looks.model_fields)

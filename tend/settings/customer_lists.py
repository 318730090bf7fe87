"""A list of customers as somebody looks at it: who is on it, in which groups, order and columns.

A saved one is the team's, seen by all, where whoever saved it may change all customers. One of
somebody else's is theirs: seen by them and by who sees all, changed by them and by who may.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from tend.language.errors import TendError
from tend.people.person import Person
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
    list_owners: dict[Name, Name] = Field(
        default_factory=dict,
        description="Which saved list is somebody's own: all others are the team's.",
    )
    list_defaults: dict[Name, Name] = Field(
        default_factory=dict,
        description="Which saved list a reader begins with, by the reader's name.",
    )


PLAIN = CustomerList()
LOOKS = tuple(Looks.model_fields)


def seen(looks: Looks, person: Person) -> Mapping[str, CustomerList]:
    """Give the saved lists that somebody sees."""
    return {
        name: one
        for name, one in looks.customer_lists.items()
        if person.sees_all or looks.list_owners.get(name) in (None, person.name)
    }


def only_seen(looks: Looks, person: Person) -> Mapping[str, object]:
    """Give what is said of lists as somebody sees it: with nobody else's list or beginning."""
    lists = seen(looks, person)
    owners = {name: one for name, one in looks.list_owners.items() if name in lists}
    begun = looks.list_defaults.items()
    return {
        "customer_lists": lists,
        "list_owners": owners,
        "list_defaults": {n: one for n, one in begun if person.sees_all or n == person.name},
    }


def may_change(looks: Looks, person: Person, name: str) -> bool:
    """Tell whether somebody may change the list of a name; one nobody has is whose wants it."""
    is_there = name in {*looks.customer_lists, *looks.list_owners}
    is_theirs = looks.list_owners.get(name) == person.name
    return person.edits.csms is None or is_theirs or not is_there


def check(before: Looks, after: Looks, person: Person) -> None:
    """Raise TendError where what is another's would be changed."""
    if person.edits.csms is None:
        return
    lists = _changed(before.customer_lists, after.customer_lists)
    for name in sorted(lists | _changed(before.list_owners, after.list_owners)):
        if not all(may_change(looks, person, name) for looks in (before, after)):
            raise TendError("not_own_list", name=name)
    if _changed(before.list_defaults, after.list_defaults) - {person.name}:
        raise TendError("not_allowed_edit")


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}

"""How the list of customers is looked at, as an address says it."""

from collections.abc import Mapping, Sequence

from tend.figures.customers.columns import MORE, SORTED
from tend.settings.customer_lists import GROUPS, PLAIN, STANDINGS, CustomerList

Params = dict[str, list[str]]
_FALLING = "-"


def read(params: Mapping[str, Sequence[str]]) -> CustomerList:
    """Understand an address; what it does not say, or says wrongly, stays as by default."""
    first = {key: values[0] for key, values in params.items()}
    sort = first.get("sort", "")
    column = sort.removeprefix(_FALLING)
    said: dict[str, object] = {
        "standing": _offered(first.get("standing"), STANDINGS),
        "by": _offered(first.get("by"), GROUPS),
        "sort": _offered(column, SORTED),
        "more": tuple(dict.fromkeys(name for name in params.get("more", ()) if name in MORE)),
    }
    if said["sort"]:
        said["is_rising"] = not sort.startswith(_FALLING)
    return CustomerList.model_validate({key: value for key, value in said.items() if value})


def written(listing: CustomerList) -> Params:
    """Write it as an address, where it is not the default."""
    params: Params = {}
    if listing.standing != PLAIN.standing:
        params["standing"] = [listing.standing]
    if listing.by:
        params["by"] = [listing.by]
    if (listing.sort, listing.is_rising) != (PLAIN.sort, PLAIN.is_rising):
        params["sort"] = [("" if listing.is_rising else _FALLING) + listing.sort]
    if listing.more:
        params["more"] = list(listing.more)
    return params


def _offered(name: str | None, offered: Sequence[str]) -> str | None:
    return name if name in offered else None

"""Tiles of Renewals: each leads to the members of its number, the losses first."""

from tend.figures import looks
from tend.figures.figure import Figure

_BY_CONTRACT = {
    "listed": "contracts_behind",
    "narrowed": (("is_decided", True), ("losses_first", True)),
}
_WHOSE = ("csm", "tier", "industry", "size", "customer_id")


def _tile(name: str, query: str, **how: object) -> Figure:
    """Give a tile; it has no marks, and is picked as a whole."""
    return Figure(f"tile_{name}", query, **how)  # type: ignore[arg-type]


# By the measure that a tile shows.
TILES = {
    "contract_renewal_rate": _tile("contracts", "renewal_headline", **_BY_CONTRACT),
    "logo_renewal_rate": _tile("customers", "renewal_headline", listed="renewal_customers"),
    "net_renewal_rate": _tile("amount", "renewal_headline", listed="renewal_customers"),
    "on_time_rate": _tile("on_time", "renewal_headline", **_BY_CONTRACT),
    "nrr": _tile("nrr", "retention_12m", listed="retention_customers", ask=looks.at_large),
    "grr": _tile("grr", "retention_12m", listed="retention_customers", ask=looks.at_large),
}
LISTS = (
    Figure(
        "renewal_customers",
        "renewal_customers",
        columns=(
            *("customer_name", "due_arr", "renewed_arr", "change_arr", "decided", "renewed"),
            *_WHOSE,
        ),
    ),
    Figure(
        "retention_customers",
        "retention_customers",
        ask=looks.at_large,
        columns=(
            *("customer_name", "opening_arr", "arr_now", "change_arr", "kept_arr", "overdue_arr"),
            *_WHOSE,
        ),
    ),
)
ALL = (*TILES.values(), *LISTS)

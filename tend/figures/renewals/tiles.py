"""Tiles of Renewals: each leads to the members of its number, the losses first."""

from tend.figures import looks
from tend.figures.figure import Figure, tile

_BY_CONTRACT = {
    "listed": "contracts_behind",
    "narrowed": (("is_decided", True), ("losses_first", True)),
}
_WHOSE = ("csm", "tier", "industry", "size", "customer_id")


# By the measure that a tile shows.
TILES = {
    "contract_renewal_rate": tile("contracts", "renewal_headline", **_BY_CONTRACT),
    "logo_renewal_rate": tile("customers", "renewal_headline", listed="renewal_customers"),
    "net_renewal_rate": tile("amount", "renewal_headline", listed="renewal_customers"),
    "on_time_rate": tile("on_time", "renewal_headline", **_BY_CONTRACT),
    "nrr": tile("nrr", "retention_12m", listed="retention_customers", ask=looks.at_large),
    "grr": tile("grr", "retention_12m", listed="retention_customers", ask=looks.at_large),
}
# Before anything has ended: who is in force.
EARLY = tuple(
    tile(
        name,
        "in_force",
        ask=looks.at_large,
        listed="customers_behind",
        narrowed=(("in_force", True),),
    )
    for name in ("in_force", "running")
)
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
ALL = (*TILES.values(), *EARLY, *LISTS)
